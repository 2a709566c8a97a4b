import type { Mode, UNSEEN } from './holder.ts';
import { PORTS } from './pool-layout.ts';

/** How many sockets hold one (address, port) in each mode, and unseen by explicit binds. */
export type ModeCounts = [byDefault: number, reuse: number, exclusive: number, unseen: number];

/**
 * Holders a bit can't tell: places with a socket in another mode than default, or with several.
 * Everything else is one default-mode holder and needs no entry, so that filling a pool costs bits
 * only.
 */
export class PlaceModes {
  readonly #places = new Map<number, ModeCounts>();
  /** How many places have an entry. */
  size = 0;

  at(slot: number, port: number): ModeCounts | undefined {
    return this.#places.get(slot * PORTS + port);
  }

  /** Whether a held place has one holder. */
  isAlone(slot: number, port: number): boolean {
    const counts = this.at(slot, port);
    return counts === undefined || counts[0] + counts[1] + counts[2] + counts[3] === 1;
  }

  /**
   * Not for the first holder of a place in default mode: that is what no entry means.
   * @param held whether somebody held the place before
   */
  add(slot: number, port: number, mode: Mode | typeof UNSEEN, held: boolean): void {
    const key = slot * PORTS + port;
    let counts = this.#places.get(key);
    if (counts === undefined) {
      counts = [held ? 1 : 0, 0, 0, 0];
      this.#places.set(key, counts);
      this.size++;
    }
    counts[mode]++;
  }

  /** @returns whether the place is empty now */
  remove(slot: number, port: number, mode: Mode | typeof UNSEEN): boolean {
    const key = slot * PORTS + port;
    const counts = this.#places.get(key);
    if (counts === undefined) return true;
    counts[mode]--;
    if (counts[0] + counts[1] + counts[2] + counts[3] > 0) return false;
    this.#places.delete(key);
    this.size--;
    return true;
  }
}
