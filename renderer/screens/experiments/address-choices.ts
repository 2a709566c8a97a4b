import type { HostView } from '#engine/api/views.ts';
import type { Family } from '#engine/model/protocol.ts';

/** All of 127/8 can be bound without configuring it; the lab takes these where a host has too few. */
const STAND_INS = ['127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.5'] as const;

export interface AddressChoice {
  readonly address: string;
  /** Adapter name; '' where the group says it already. */
  readonly where: string;
  /** Why the lab doesn't take it by itself; '' where it does. */
  readonly note: string;
}

export interface AddressChoices {
  readonly usable: readonly AddressChoice[];
  readonly others: readonly AddressChoice[];
  readonly standIns: readonly AddressChoice[];
  /** What the lab would take by itself, no more than the experiment uses. */
  readonly byDefault: readonly string[];
}

/** The addresses of one family an admin may pick from. @param most the experiment uses no more */
export function addressChoices(
  { facts, usableAddresses }: HostView,
  family: Family,
  most: number | null,
): AddressChoices {
  const usable = new Set(usableAddresses[family]);
  const own = facts.addresses.filter((entry) => entry.family === family);
  const choices = own.map((entry): AddressChoice & { taken: boolean } => {
    const taken = usable.has(entry.address);
    return {
      taken,
      address: entry.address,
      where: entry.interface,
      note: taken ? '' : (entry.notDefaultBecause ?? notTaken(entry.loopback)),
    };
  });
  const known = new Set(own.map(({ address }) => address));
  const standIns = family === 'ipv4' ? STAND_INS.filter((address) => !known.has(address)) : [];
  const enough = usable.size >= 2 ? usableAddresses[family] : standIns;
  return {
    usable: choices.filter(({ taken }) => taken),
    others: choices.filter(({ taken }) => !taken),
    standIns: standIns.map((address) => ({ address, where: '', note: '' })),
    byDefault: enough.slice(0, most ?? enough.length),
  };
}

function notTaken(loopback: boolean): string {
  return loopback ? 'loopback' : 'not usable';
}
