import type { Family, Place, Protocol } from './host.ts';
import { isWildcard, numbersOf, within } from './host.ts';
import type { Hold, Ledger } from './ledger.ts';

/** Who asks for a wildcard port, and where. */
export interface Asker {
  readonly protocol: Protocol;
  /** Two for a dual-stack socket: the number must be free in both spaces. */
  readonly places: readonly Place[];
  /** Through SO_PORT_SCALABILITY, where it works. */
  readonly option: boolean;
  readonly process: number;
}

/** The numbers a wildcard-port bind may get. */
export function wildcardPorts(ledger: Ledger, asker: Asker): Set<number> {
  return legal(ledger, asker, () => true);
}

/** An option-less socket gets none, and would get one if nobody held any through the option. */
export function isStarved(ledger: Ledger, asker: Asker): boolean {
  return !asker.option && legal(ledger, asker, (hold) => hold.kind !== 'option').size > 0;
}

function legal(ledger: Ledger, asker: Asker, counts: (hold: Hold) => boolean): Set<number> {
  const { protocol, option, process } = asker;
  const [first, ...more] = asker.places.map((place) => {
    const holds = ledger.holds(protocol, place.family).filter(counts);
    const bars = (hold: Hold): boolean =>
      option ? barsOption(ledger, hold, place, process) : barsOptionLess(ledger, hold, place);
    const free = usable(ledger, protocol, place.family, option).filter(
      (port) => !holds.some((hold) => hold.port === port && bars(hold)),
    );
    return new Set(free);
  });
  return new Set([...first!].filter((port) => more.every((set) => set.has(port))));
}

/** How many numbers are free on all addresses. */
export function freeOnAll(ledger: Ledger, protocol: Protocol, family: Family): number {
  const held = new Set(ledger.holds(protocol, family).map((hold) => hold.port));
  return usable(ledger, protocol, family, false).filter((port) => !held.has(port)).length;
}

/** The dynamic range without what is kept from wildcard-port binds, whoever holds what. */
function usable(ledger: Ledger, protocol: Protocol, family: Family, option: boolean): number[] {
  const { host, switches } = ledger;
  const skipsExclusions = option && switches.A29 === 'option-less';
  const keptOut = protocol === 'tcp' && switches.A26 === 'kept-out';
  return numbersOf(host.ranges[`${protocol}/${family}`]).filter(
    (port) =>
      (skipsExclusions || ledger.exclusionsAt(protocol, family, port).length === 0) &&
      ledger.blocksAt(protocol, family, port).length === 0 &&
      !(keptOut && within(host.autoReuse, port)),
  );
}

/** A socket without the option needs a number nobody holds on any address: that is the promise made. */
function barsOptionLess({ switches }: Ledger, hold: Hold, place: Place): boolean {
  if (hold.address === place.address) return true;
  // The wildcard address is all of them: a number held anywhere is held there.
  if (isWildcard(hold.address) || isWildcard(place.address)) return true;
  if (switches['PS-1'] === 'per-address') return false;
  if (switches['PS-1'] === 'per-address-tcp' && hold.protocol === 'tcp') return false;
  if (hold.kind === 'option' || hold.kind === 'auto-reuse') return switches.A3 === 'blocked';
  return hold.kind === 'legacy' || switches.A10 !== 'none';
}

/** With the option only what is held on the address itself, by wildcard-address and option-less sockets. */
function barsOption(ledger: Ledger, hold: Hold, place: Place, process: number): boolean {
  const { switches } = ledger;
  if (hold.address === place.address) return true;
  const foreign = switches.A4 === 'same-process-only' && hold.process !== process;
  const onWildcard = isWildcard(hold.address);
  switch (hold.kind) {
    case 'legacy':
      return onWildcard || switches.A2 === 'blocked';
    case 'option':
      // On the wildcard address only under A6.
      return onWildcard || foreign || ledger.asOne(hold.address, place.address);
    case 'explicit':
      if (!onWildcard) return switches.A10 === 'all';
      return switches.A11 === 'blocked' || hold.mode === 'exclusive';
    default:
      return onWildcard;
  }
}
