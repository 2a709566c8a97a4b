import { formatNumber } from '#engine/chart/format.ts';

/** Since the run began, ms to the µs; the duration in µs. */
export function timeWords(ns: number): string {
  const text = (ns / 1e6).toFixed(3);
  const [whole = '', fraction = ''] = text.split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${fraction}`;
}

export function tookWords(ns: number): string {
  return formatNumber(ns / 1e3, 1);
}
