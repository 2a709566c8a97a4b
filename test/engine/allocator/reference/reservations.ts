import type { Family, Place, Protocol, Range } from './host.ts';
import { CODE, isWildcard, numbersOf } from './host.ts';
import type { Hold, Ledger } from './ledger.ts';

const LAST_PORT = 65_535;

/** The first port of the block that `reserve` gives, or a negated error. */
export function blockStart(
  ledger: Ledger,
  protocol: Protocol,
  family: Family,
  wanted: Range,
): number {
  const taken = new Set(ledger.holds(protocol, family).map((hold) => hold.port));
  const isFree = (start: number): boolean =>
    numbersOf({ start, count: wanted.count }).every(
      (port) =>
        !taken.has(port) &&
        ledger.exclusionsAt(protocol, family, port).length === 0 &&
        ledger.blocksAt(protocol, family, port).length === 0,
    );
  if (wanted.count < 1 || wanted.start + wanted.count - 1 > LAST_PORT) return -CODE.invalid;
  if (wanted.start > 0) return isFree(wanted.start) ? wanted.start : -CODE.inUse;
  const range = ledger.host.ranges[`${protocol}/${family}`];
  const starts = numbersOf({ start: range.start, count: range.count - wanted.count + 1 });
  return starts.find(isFree) ?? -CODE.noBuffers;
}

/** The number an associated socket gets from its block by a bind to port 0; 0 when there is none. */
export function reservedPort(
  ledger: Ledger,
  protocol: Protocol,
  places: readonly Place[],
  block: Range,
): number {
  const hostWide = ledger.switches.reservationScope === 'host-wide';
  const meets = (hold: Hold, place: Place): boolean =>
    hostWide ||
    isWildcard(place.address) ||
    isWildcard(hold.address) ||
    hold.address === place.address;
  const isFree = (port: number): boolean =>
    places.every((place) =>
      ledger
        .holds(protocol, place.family)
        .every((hold) => hold.port !== port || !meets(hold, place)),
    );
  return numbersOf(block).find(isFree) ?? 0;
}

/** A persistent block is one administered exclusion of the host, whole. */
export function isPersistentBlock(
  ledger: Ledger,
  protocol: Protocol,
  family: Family,
  { start, count }: Range,
): boolean {
  return ledger.host.exclusions.some(
    (range) =>
      range.administered &&
      range.protocol === protocol &&
      range.family === family &&
      range.start === start &&
      range.count === count,
  );
}
