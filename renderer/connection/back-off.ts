/** First wait, and the longest. */
const FIRST_MS = 500;
const LONGEST_MS = 15_000;

/** How long to wait after so many failures in a row before the next attempt. */
export function backOffMs(failures: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures, 10));
}
