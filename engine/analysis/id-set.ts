/**
 * Socket numbers waiting for something, at most 65,536 of them: the oldest gives way. In a run a
 * socket waits for its next call or two, so what gives way is one that was forgotten.
 */
export class IdSet {
  static readonly capacity = 65_536;
  readonly #ids = new Set<number>();

  add(id: number): void {
    this.#ids.add(id);
    if (this.#ids.size <= IdSet.capacity) return;
    const [oldest] = this.#ids;
    if (oldest !== undefined) this.#ids.delete(oldest);
  }

  /** @returns whether it was there */
  take(id: number): boolean {
    return this.#ids.delete(id);
  }
}
