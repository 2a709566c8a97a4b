import type { Family, Protocol } from './protocol.ts';

export const MAX_PORT = 65_535;

/** Ports `start` to `start + count - 1`. `count` 0 is an empty range (its start means nothing then). */
export interface PortRange {
  readonly start: number;
  readonly count: number;
}

/** A range the system keeps wildcard-port binds out of (`netsh int ipv4 show excludedportrange`). */
export interface ExcludedRange extends PortRange {
  readonly protocol: Protocol;
  readonly family: Family;
  /** Added by an administrator (`*` in netsh): explicit binds into it work. msquic issue 2891. */
  readonly administered: boolean;
}

/** Default since Windows Vista and Server 2008: 49152 to 65535. KB929851. */
export const DEFAULT_DYNAMIC_RANGE: PortRange = { start: 49_152, count: 16_384 };

export function lastPort(range: PortRange): number {
  return range.start + range.count - 1;
}

export function contains(range: PortRange, port: number): boolean {
  return port >= range.start && port < range.start + range.count;
}

/** How many numbers of `range` no exclusion covers; overlapping exclusions count once. */
export function usableCount(range: PortRange, exclusions: readonly PortRange[]): number {
  let usable = 0;
  for (let port = range.start; port < range.start + range.count; port++) {
    if (!exclusions.some((excluded) => contains(excluded, port))) usable++;
  }
  return usable;
}
