/** Counts what is on its way; whoever adds the last one allowed waits until one has left. */
export class Waiting {
  #count = 0;
  #go: (() => void) | null = null;

  async enter(most: number): Promise<void> {
    this.#count++;
    if (this.#count < most) return;
    await new Promise<void>((resolve) => {
      this.#go = resolve;
    });
  }

  leave(): void {
    this.#count--;
    this.release();
  }

  release(): void {
    this.#go?.();
    this.#go = null;
  }
}
