/**
 * A number with thousands separators and at most `digits` decimals: `16,384`, `0.4`.
 * The same on every host, whatever its locale.
 */
export function formatNumber(value: number, digits = 0): string {
  if (!Number.isFinite(value)) return '\u2013';
  const rounded = digits === 0 ? Math.round(value).toString() : trimZeros(value.toFixed(digits));
  // Beyond 1e21 toString turns to exponents, which have no thousands to separate.
  if (rounded.includes('e')) return rounded;
  const [whole = '0', fraction] = rounded.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const text = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  return text === '-0' ? '0' : text.replace('-', '\u2212');
}

function trimZeros(text: string): string {
  return text.replace(/\.?0+$/, '');
}

export interface TimeUnit {
  readonly name: 's' | 'ms' | '\u00b5s';
  readonly ns: number;
}

/** The unit in which a span of so many ns reads as a number of 1 to 4 digits. */
export function timeUnit(ns: number): TimeUnit {
  if (ns >= 1e9) return { name: 's', ns: 1e9 };
  if (ns >= 1e6) return { name: 'ms', ns: 1e6 };
  return { name: '\u00b5s', ns: 1e3 };
}
