/**
 * The 4-tuples of connections: a set of (local, remote), each an address number and a port in one
 * 32-bit word. Open addressing with linear probing in one Int32Array: 8 bytes a slot, at most 70 %
 * full, so 11 to 23 bytes a tuple. A removal closes the gap it leaves: no tombstones, no rebuilds.
 */
export class TupleTable {
  /** Pairs of words; a local word of 0 is an empty slot (address numbers start at 1). */
  #slots = new Int32Array(2 * FEWEST);
  #mask = FEWEST - 1;
  /** Tuples in the table. */
  size = 0;

  /** Bytes taken. */
  get bytes(): number {
    return this.#slots.byteLength;
  }

  has(local: number, remote: number): boolean {
    const slots = this.#slots;
    const mask = this.#mask;
    for (let at = hash(local, remote) & mask; ; at = (at + 1) & mask) {
      const held = slots[2 * at]!;
      if (held === 0) return false;
      if (held === (local | 0) && slots[2 * at + 1] === (remote | 0)) return true;
    }
  }

  /** @param local not 0. @returns false, and changes nothing, where the tuple is there already */
  add(local: number, remote: number): boolean {
    const slots = this.#slots;
    const mask = this.#mask;
    let at = hash(local, remote) & mask;
    for (;;) {
      const held = slots[2 * at]!;
      if (held === 0) break;
      if (held === (local | 0) && slots[2 * at + 1] === (remote | 0)) return false;
      at = (at + 1) & mask;
    }
    slots[2 * at] = local;
    slots[2 * at + 1] = remote;
    this.size++;
    if (this.size > 0.7 * (mask + 1)) this.#grow();
    return true;
  }

  /** @returns whether it was there */
  delete(local: number, remote: number): boolean {
    const slots = this.#slots;
    const mask = this.#mask;
    let gap = hash(local, remote) & mask;
    for (;;) {
      const held = slots[2 * gap]!;
      if (held === 0) return false;
      if (held === (local | 0) && slots[2 * gap + 1] === (remote | 0)) break;
      gap = (gap + 1) & mask;
    }
    // What follows without a gap moves up, unless that would put it before its own first slot.
    for (let at = (gap + 1) & mask; ; at = (at + 1) & mask) {
      const held = slots[2 * at]!;
      if (held === 0) break;
      const other = slots[2 * at + 1]!;
      const home = hash(held, other) & mask;
      if (((at - home) & mask) < ((at - gap) & mask)) continue;
      slots[2 * gap] = held;
      slots[2 * gap + 1] = other;
      gap = at;
    }
    slots[2 * gap] = 0;
    this.size--;
    return true;
  }

  #grow(): void {
    const old = this.#slots;
    const mask = 2 * this.#mask + 1;
    const slots = new Int32Array(2 * (mask + 1));
    for (let from = 0; from < old.length; from += 2) {
      const local = old[from]!;
      if (local === 0) continue;
      const remote = old[from + 1]!;
      let at = hash(local, remote) & mask;
      while (slots[2 * at] !== 0) at = (at + 1) & mask;
      slots[2 * at] = local;
      slots[2 * at + 1] = remote;
    }
    this.#slots = slots;
    this.#mask = mask;
  }
}

const FEWEST = 64;

/** Two rounds of multiply and fold: ports count up, so low bits alone would cluster. */
function hash(local: number, remote: number): number {
  let mixed = Math.imul(local, 0x9e3779b1) ^ Math.imul(remote, 0x85ebca77);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return mixed ^ (mixed >>> 13);
}
