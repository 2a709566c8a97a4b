/** Figures in sentences: thousands separators, singular and plural. */

export function thousands(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** `1 port`, `16,384 ports`, `2 addresses`. */
export function count(value: number, noun: string): string {
  if (value === 1) return `1 ${noun}`;
  return `${thousands(value)} ${noun}${noun.endsWith('s') ? 'es' : 's'}`;
}

/** `2.5 ms`, `12 s`, `850 ns`: three significant figures at most. */
export function duration(ns: number): string {
  const units: readonly [number, string][] = [
    [1e9, 's'],
    [1e6, 'ms'],
    [1e3, 'µs'],
  ];
  for (const [size, unit] of units) {
    if (ns >= size) return `${Number((ns / size).toPrecision(3))} ${unit}`;
  }
  return `${Math.round(ns)} ns`;
}

export function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}
