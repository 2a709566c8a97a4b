import type { Place, Range } from './host.ts';
import { isWildcard, numbersOf, within } from './host.ts';
import type { Hold, Ledger } from './ledger.ts';

/** Where a connect goes from and to, before its local port is known. */
export interface Journey {
  /** Two for a dual-stack socket. */
  readonly places: readonly Place[];
  readonly local: string;
  readonly remote: string;
  readonly remotePort: number;
}

/**
 * The numbers in all of `ranges` a TCP connect may take by SO_REUSE_UNICASTPORT's rule: the 4-tuple must be
 * new, and nobody may hold the number where the socket is but others that came by it the same way.
 */
export function tuplePorts(
  ledger: Ledger,
  ranges: readonly Range[],
  journey: Journey,
): Set<number> {
  const { places, local, remote, remotePort } = journey;
  return new Set(
    numbersOf(ranges[0]!).filter(
      (port) =>
        ranges.every((range) => within(range, port)) &&
        !ledger.hasTuple(local, port, remote, remotePort) &&
        places.every((place) => isOpenTo(ledger, place, port)),
    ),
  );
}

function isOpenTo(ledger: Ledger, place: Place, port: number): boolean {
  const { family } = place;
  if (ledger.exclusionsAt('tcp', family, port).length > 0) return false;
  if (ledger.blocksAt('tcp', family, port).length > 0) return false;
  const stands = (hold: Hold): boolean =>
    isWildcard(place.address) || isWildcard(hold.address) || hold.address === place.address;
  return ledger
    .holds('tcp', family)
    .every((hold) => hold.port !== port || hold.kind === 'auto-reuse' || !stands(hold));
}
