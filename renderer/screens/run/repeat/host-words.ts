import type { HostFacts, OptionFacts } from '#engine/model/host-facts.ts';
import { POOLS, poolOf } from '#engine/model/protocol.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import { rangeWords } from '../run-words.ts';

const POOL_WORDS = {
  tcp4: 'TCP IPv4',
  tcp6: 'TCP IPv6',
  udp4: 'UDP IPv4',
  udp6: 'UDP IPv6',
} as const;

export interface PoolRow {
  readonly name: string;
  readonly range: string;
  /** Null where the range is unknown. */
  readonly count: number | null;
  readonly excluded: string;
}

export function poolRows({ dynamicRanges, excludedRanges }: HostFacts): readonly PoolRow[] {
  return POOLS.map((pool) => {
    const range = dynamicRanges[pool];
    const excluded = excludedRanges?.filter((one) => poolOf(one.protocol, one.family) === pool);
    return {
      name: POOL_WORDS[pool],
      range: range === null ? 'unknown' : rangeWords(range),
      count: range?.count ?? null,
      excluded:
        excluded === undefined
          ? 'unknown'
          : excluded.length === 0
            ? 'none'
            : excluded
                .map((one) => `${rangeWords(one)}${one.administered ? ', administered' : ''}`)
                .join('; '),
    };
  });
}

export interface AddressRow {
  readonly address: string;
  readonly adapter: string;
  readonly state: string;
  readonly used: string;
}

/**
 * The run's addresses first, then what else the machine had. A simulated run's addresses are the
 * modelled host's: they say nothing of the machine, and its own are left out.
 */
export function addressRows({ host, addresses, stack }: RunDocument['run']): readonly AddressRow[] {
  const known = new Map(host.addresses.map((entry) => [entry.address, entry]));
  const used = addresses.map((address): AddressRow => {
    const entry = stack === 'simulated' ? undefined : known.get(address);
    return {
      address,
      adapter: entry === undefined ? '–' : `${entry.interface} (${entry.ifIndex})`,
      state: stack === 'simulated' ? 'modelled' : (entry?.state ?? 'unknown'),
      used: 'yes',
    };
  });
  if (stack === 'simulated') return used;
  const others = host.addresses
    .filter(({ address }) => !addresses.includes(address))
    .map(({ address, interface: adapter, ifIndex, state, notDefaultBecause }) => ({
      address,
      adapter: `${adapter} (${ifIndex})`,
      state,
      used: notDefaultBecause === undefined ? 'no' : `no: ${notDefaultBecause}`,
    }));
  return [...used, ...others];
}

export type Answer = 'yes' | 'no' | 'unknown';

export function answerOf(value: boolean | null): Answer {
  return value === null ? 'unknown' : value ? 'yes' : 'no';
}

export function optionRows({
  options,
}: HostFacts): readonly (readonly [name: string, facts: OptionFacts])[] {
  return Object.entries(options);
}
