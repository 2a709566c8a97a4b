import * as layout from './pool-layout.ts';

const BITMAP_WORDS = layout.BITMAP_WORDS;
const LEVEL_ONE_WORDS = BITMAP_WORDS / 32;

/** Position of the lowest set bit. @param word not 0 */
export function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}

/** How many bits are set. */
export function popCount(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** A mask of `length` ones from bit `from` on. @param length 1 to 32 - from */
export function onesFrom(from: number, length: number): number {
  return (-1 >>> (32 - length)) << from;
}

/** Notes in a summary that bitmap word `word` may have a clear bit. */
export function markMaybeFree(heap: Int32Array, summary: number, word: number): void {
  const one = summary + (word >>> 5);
  heap[one] = heap[one]! | (1 << word);
  const two = summary + LEVEL_ONE_WORDS + (word >>> 10);
  heap[two] = heap[two]! | (1 << (word >>> 5));
}

function markFull(heap: Int32Array, summary: number, word: number): void {
  const one = summary + (word >>> 5);
  const left = heap[one]! & ~(1 << word);
  heap[one] = left;
  if (left === 0) {
    const two = summary + LEVEL_ONE_WORDS + (word >>> 10);
    heap[two] = heap[two]! & ~(1 << (word >>> 5));
  }
}

/** The first word at or after `from` that a summary marks, or -1. */
function nextMarked(heap: Int32Array, summary: number, from: number): number {
  if (from >= BITMAP_WORDS) return -1;
  const one = from >>> 5;
  const bits = heap[summary + one]! & (-1 << from);
  if (bits !== 0) return (one << 5) + lowestBit(bits);
  for (let next = one + 1; next < LEVEL_ONE_WORDS; next = ((next >>> 5) + 1) << 5) {
    const words = heap[summary + LEVEL_ONE_WORDS + (next >>> 5)]! & (-1 << next);
    if (words !== 0) {
      const found = ((next >>> 5) << 5) + lowestBit(words);
      return (found << 5) + lowestBit(heap[summary + found]!);
    }
  }
  return -1;
}

/**
 * The next port after bitmap word `after`, and round to that word again, that is clear in the
 * bitmaps at `a`, `b` and `c`; 0 when there is none (port 0 is never clear). `summary` is of `a | b`;
 * words it marks that turn out full are unmarked, so that no word is looked at twice in vain.
 */
export function seekClear(
  heap: Int32Array,
  a: number,
  b: number,
  c: number,
  summary: number,
  after: number,
): number {
  for (let from = after + 1, lap = 0; lap < 2; from = 0, lap++) {
    for (let word = nextMarked(heap, summary, from); word >= 0;) {
      const full = heap[a + word]! | heap[b + word]!;
      const clear = ~(full | heap[c + word]!);
      if (clear !== 0) return (word << 5) + lowestBit(clear);
      if (full === -1) markFull(heap, summary, word);
      word = nextMarked(heap, summary, word + 1);
    }
  }
  return 0;
}
