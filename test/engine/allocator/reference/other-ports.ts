import { explicitCode } from './explicit-ports.ts';
import { familyOf, isWildcard, numbersOf } from './host.ts';
import type { OtherPorts, Place } from './host.ts';
import type { Ledger } from './ledger.ts';
import { OTHERS } from './ledger.ts';
import { wildcardPorts } from './wildcard-ports.ts';

/** Gives the host's other applications their ports; a number that can't be had is skipped. */
export function occupy(ledger: Ledger): void {
  for (const other of ledger.host.others) {
    for (const port of numbersOf(other)) take(ledger, other, port);
  }
}

function take(ledger: Ledger, other: OtherPorts, port: number): void {
  const { protocol, address, mode } = other;
  if (!ledger.hasAddress(address)) return;
  const place: Place = { family: familyOf(address), address };
  const places = [place];
  const option = other.kind === 'option' && worksFor(ledger, other, place);
  const named = other.kind === 'explicit';
  const asker = { protocol, places, option, process: OTHERS };
  const free = named
    ? explicitCode(ledger, { protocol, places, mode, own: null }, port) === 0
    : wildcardPorts(ledger, asker).has(port);
  if (!free) return;
  const kind = named ? 'explicit' : option ? 'option' : 'legacy';
  const bare = { ...place, protocol, port, kind, mode } as const;
  ledger.put({ ...bare, process: OTHERS, hidden: false, dual: false, until: Infinity });
}

function worksFor({ switches }: Ledger, { protocol }: OtherPorts, place: Place): boolean {
  return (
    switches.A1 === 'honoured' &&
    (protocol === 'tcp' || switches.A12 === 'as-tcp') &&
    (place.family === 'ipv4' || switches.A13 === 'as-ipv4') &&
    (!isWildcard(place.address) || switches.A6 === 'as-option')
  );
}
