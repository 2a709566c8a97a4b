import type { PortRange } from '../model/port-range.ts';
import { lastPort } from '../model/port-range.ts';
import { thousands } from '../model/words.ts';

/** Figures in the planner's sentences. */

/** `20,000–28,191`. */
export function portsText(range: PortRange): string {
  return `${thousands(range.start)}–${thousands(lastPort(range))}`;
}

/** `5.6`, `0.75`, `1,234`: as many decimals as tell it from a whole number, two at most. */
export function quotient(value: number, by: number): string {
  const exact = value / by;
  if (Number.isInteger(exact) || exact >= 100) return thousands(exact);
  // Never the whole number it is not: 6.0004 addresses are not 6.
  const digits = Number(exact.toFixed(1)) === Math.round(exact) ? 2 : 1;
  return Number(exact.toFixed(digits)).toString();
}

/** `150`, `2.5`, `1,200`. */
export function amount(value: number): string {
  const [whole = '0', fraction] = String(value).split('.');
  return thousands(Number(whole)) + (fraction === undefined ? '' : `.${fraction}`);
}
