import { timeUnit, type TimeUnit } from './format.ts';

/** The unit all instants of a run are told in. */
export function unitOf(totalNs: number): TimeUnit {
  return timeUnit(totalNs);
}

/** `9.702 s`, `2.100 ms`: always three decimals, so that a running clock does not jump about. */
export function instantWords(ns: number, totalNs: number): string {
  const { name, ns: size } = unitOf(totalNs);
  return `${(ns / size).toFixed(3).replace(/\B(?=(\d{3})+\.)/g, ',')} ${name}`;
}
