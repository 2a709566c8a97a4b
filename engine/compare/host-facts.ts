import type { HostFacts } from '../model/host-facts.ts';
import { POOLS, poolOf, type Family, type Pool, type Protocol } from '../model/protocol.ts';
import { recordedSwitches } from '../profile/recorded-switches.ts';
import type { RunHead } from '../run/run-document.ts';
import type { FactValue } from './compare-document.ts';
import { factsIn, fieldOf, plainValue, rangeWords, type Fact } from './fact.ts';

const POOL_WORDS: Readonly<Record<Pool, string>> = {
  tcp4: 'TCP IPv4',
  tcp6: 'TCP IPv6',
  udp4: 'UDP IPv4',
  udp6: 'UDP IPv6',
};

/** Longer lists tell nothing at a glance. */
const MOST_EXCLUDED = 8;

/**
 * The host the figures are of: the machine for real sockets, for a simulated run the modelled host.
 * The machine that did the simulation is nothing to it, so what only a machine has is unknown then.
 */
export function hostFacts({ stack, host, profile }: RunHead): Fact[] {
  const modelled = stack === 'simulated';
  const source: unknown = modelled ? profile?.resolved : host;
  const real = <T extends FactValue>(value: T): T | null => (modelled ? null : value);
  const excluded = fieldOf(source, 'excludedRanges');
  return factsIn('host', [
    ['hostname', 'Machine', real(host.hostname)],
    ['os.name', 'System', real(host.os.name)],
    ['os.build', 'Build', real(host.os.build)],
    ['os.productType', 'Product type', real(host.os.productType)],
    ['wine', 'Wine', real(host.wine)],
    ['roles', 'Protected roles', real(rolesOf(host))],
    ...POOLS.map(
      (pool) =>
        [
          `dynamicRanges.${pool}`,
          `Dynamic range, ${POOL_WORDS[pool]}`,
          rangeWords(fieldOf(fieldOf(source, 'dynamicRanges'), pool)),
        ] as const,
    ),
    ...POOLS.map(
      (pool) =>
        [
          `excludedRanges.${pool}`,
          `Excluded, ${POOL_WORDS[pool]}`,
          excludedWords(excluded, pool),
        ] as const,
    ),
    ['autoReuseRange', 'Auto-reuse range', rangeWords(fieldOf(source, 'autoReuseRange'))],
    ...Object.entries(host.options).flatMap(([option, facts]) =>
      (['documented', 'settable', 'readable', 'honoured'] as const).map(
        (what) => [`${option}.${what}`, `${option}: ${what}`, real(known(facts[what]))] as const,
      ),
    ),
  ]);
}

/** The switches of a simulated run's profile, and what else sets its modelled host apart. */
export function profileFacts({ profile }: RunHead): Fact[] {
  if (profile === null) return [];
  const { resolved } = profile;
  return factsIn('profile', [
    ...recordedSwitches(profile).map(
      ({ id, about, value }) => [id, about === null ? id : `${id}: ${about}`, value] as const,
    ),
    ...(
      [
        ['holders', 'Ports other applications hold'],
        ['churn', 'Applications that come and go'],
        ['bindMatrix', 'Measured table of bind conflicts'],
      ] as const
    ).map(([name, words]) => [name, words, othersOf(fieldOf(resolved, name))] as const),
  ]);
}

function rolesOf({ roles }: HostFacts): string | null {
  if (roles === null || roles === undefined) return null;
  return roles.length === 0 ? 'none' : roles.join(', ');
}

/** `unknown` is no answer that could differ from one. */
function known(value: boolean | null | 'yes' | 'no' | 'unknown'): FactValue {
  if (value === 'unknown') return null;
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : value;
}

function excludedWords(excluded: unknown, pool: Pool): string | null {
  if (!Array.isArray(excluded)) return null;
  const own = (excluded as unknown[]).filter(
    (range) =>
      poolOf(fieldOf(range, 'protocol') as Protocol, fieldOf(range, 'family') as Family) === pool,
  );
  if (own.length === 0) return 'none';
  const words = own
    .slice(0, MOST_EXCLUDED)
    .map(
      (range) =>
        `${rangeWords(range) ?? '?'}${fieldOf(range, 'administered') === true ? ', administered' : ''}`,
    );
  const more = own.length - words.length;
  return [...words, ...(more > 0 ? [`${more} more`] : [])].join('; ');
}

function othersOf(value: unknown): FactValue {
  return Array.isArray(value) && value.length === 0 ? null : plainValue(value);
}
