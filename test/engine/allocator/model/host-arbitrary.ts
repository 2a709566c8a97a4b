import * as fc from 'fast-check';
import { DEFAULT_ASSUMPTIONS, listSwitches } from '#engine/profile/assumptions.ts';
import { namedProfile, PROFILE_NAMES, resolveProfile } from '#engine/profile/resolve-profile.ts';
import type { ResolvedProfile } from '#engine/profile/resolved-profile.ts';
import { DEFAULTS, type ReferenceHost } from '../reference/host.ts';

/** Small hosts: with some twenty numbers a pool every rule bites. */

/** Around a word boundary of the engine's bitmaps (50,016 = 32 x 1,563). */
export const LOW = 50_004;
export const SPAN = 40;

export const HOST_ADDRESSES = [
  { address: '10.0.0.1', adapter: 'a' },
  { address: '10.0.0.2', adapter: 'a' },
  { address: '10.0.0.3', adapter: 'b' },
  { address: 'fd00::1', adapter: 'a' },
  { address: 'fd00::2', adapter: 'a' },
] as const;

export const protocol = fc.constantFrom('tcp' as const, 'tcp' as const, 'udp' as const);
export const family = fc.constantFrom('ipv4' as const, 'ipv4' as const, 'ipv6' as const);
export const port = fc.integer({ min: LOW - 2, max: LOW + SPAN + 2 });

const range = fc.record({
  start: fc.integer({ min: LOW, max: LOW + 20 }),
  count: fc.integer({ min: 1, max: SPAN - 20 }),
});

const exclusion = fc.record({
  protocol,
  family,
  start: port,
  count: fc.integer({ min: 1, max: 5 }),
  administered: fc.boolean(),
});

const others = fc.record({
  protocol,
  address: fc.constantFrom('10.0.0.1', '10.0.0.2', '0.0.0.0', 'fd00::1', '127.0.0.9'),
  start: port,
  count: fc.integer({ min: 1, max: 4 }),
  kind: fc.constantFrom('legacy' as const, 'option' as const, 'explicit' as const),
  mode: fc.constantFrom('default' as const, 'reuse' as const, 'exclusive' as const),
});

const autoReuse = fc.oneof(
  fc.constant({ start: 0, count: 0 }),
  fc.record({
    start: fc.integer({ min: LOW - 4, max: LOW + SPAN }),
    count: fc.integer({ min: 1, max: 6 }),
  }),
);

/** Switches with a choice, that the reference knows. */
const SWITCHES = listSwitches(DEFAULT_ASSUMPTIONS).filter(
  ({ id, values }) => Object.hasOwn(DEFAULTS, id) && values.length > 1,
);

const oneSwitch = fc
  .constantFrom(...SWITCHES)
  .chain(({ id, values }) =>
    fc.record({ id: fc.constant<string>(id), value: fc.constantFrom(...values.slice(1)) }),
  );

/** Those of a profile that ships with the lab, all at once. */
const shipped = fc.constantFrom(...PROFILE_NAMES).map((name) =>
  listSwitches(namedProfile(name).assumptions)
    .filter(({ id, value, default: first }) => Object.hasOwn(DEFAULTS, id) && value !== first)
    .map(({ id, value }) => ({ id, value })),
);

const switches = fc
  .oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    {
      weight: 4,
      arbitrary: fc.uniqueArray(oneSwitch, {
        minLength: 1,
        maxLength: 6,
        selector: ({ id }) => id,
        comparator: 'SameValue',
      }),
    },
    { weight: 1, arbitrary: shipped },
  )
  .map((list) => Object.fromEntries(list.map(({ id, value }) => [id, value])));

export const hostArbitrary: fc.Arbitrary<ReferenceHost> = fc.record({
  ranges: fc.record({
    'tcp/ipv4': range,
    'tcp/ipv6': range,
    'udp/ipv4': range,
    'udp/ipv6': range,
  }),
  exclusions: fc.array(exclusion, { maxLength: 4 }),
  autoReuse,
  addresses: fc.constant(HOST_ADDRESSES),
  others: fc.array(others, { maxLength: 2 }),
  switches,
});

/** Which legal number the host picks: of no concern to the reference. */
export const pickArbitrary = fc.constantFrom<Readonly<Record<string, string>>>(
  {},
  {},
  { A19: 'random' },
  { A19: 'pack' },
  { A19: 'spread' },
  { A19: 'random', A20: 'pack' },
  { A20: 'spread' },
);

/** The host as a profile file says it. */
export function profileFileOf(
  host: ReferenceHost,
  picks: Readonly<Record<string, string>>,
): Record<string, unknown> {
  return {
    addresses: host.addresses,
    dynamicRanges: {
      tcp4: host.ranges['tcp/ipv4'],
      tcp6: host.ranges['tcp/ipv6'],
      udp4: host.ranges['udp/ipv4'],
      udp6: host.ranges['udp/ipv6'],
    },
    excludedRanges: host.exclusions,
    autoReuseRange: host.autoReuse,
    assumptions: { ...host.switches, ...picks },
    holders: host.others,
  };
}

export function profileOf(
  host: ReferenceHost,
  picks: Readonly<Record<string, string>> = {},
): ResolvedProfile {
  return resolveProfile(profileFileOf(host, picks));
}
