import fc from 'fast-check';
import type { ReferenceHost } from './reference-model.ts';

/** Small hosts and call sequences for the model test: small ranges make every rule bite. */

export const ADDRESSES = ['10.0.0.1', '10.0.0.2', '10.0.0.3', 'fd00::1', 'fd00::2'] as const;
const TARGETS = [...ADDRESSES, '0.0.0.0', '::', '127.0.0.9', '10.9.9.9'] as const;
const OPTIONS = [
  'SO_REUSEADDR',
  'SO_EXCLUSIVEADDRUSE',
  'SO_RANDOMIZE_PORT',
  'SO_PORT_SCALABILITY',
  'SO_REUSE_UNICASTPORT',
  'IPV6_V6ONLY',
] as const;
const MODES = [[], ['SO_REUSEADDR'], ['SO_EXCLUSIVEADDRUSE']] as const;
/** Around a word boundary of the engine's bitmaps (50,016 = 32 x 1,563). */
const LOW = 50_004;
const SPAN = 40;

const protocol = fc.constantFrom('tcp' as const, 'tcp' as const, 'udp' as const);
const family = fc.constantFrom('ipv4' as const, 'ipv4' as const, 'ipv6' as const);
const range = fc.record({
  start: fc.integer({ min: LOW, max: LOW + 20 }),
  count: fc.integer({ min: 1, max: SPAN - 20 }),
});
const port = fc.integer({ min: LOW - 2, max: LOW + SPAN + 2 });

export const hostArbitrary: fc.Arbitrary<ReferenceHost> = fc.record({
  ranges: fc.record({
    'tcp/ipv4': range,
    'tcp/ipv6': range,
    'udp/ipv4': range,
    'udp/ipv6': range,
  }),
  exclusions: fc.array(
    fc.record({
      protocol,
      family,
      start: port,
      count: fc.integer({ min: 1, max: 5 }),
      administered: fc.boolean(),
    }),
    { maxLength: 4 },
  ),
  addresses: fc.constant(ADDRESSES),
});

const pick = fc.nat({ max: 1_000 });
const target = fc.constantFrom(...TARGETS);
const option = fc.constantFrom(...OPTIONS);

/** `pick` chooses among the sockets made so far. */
const callArbitrary = fc.oneof(
  { weight: 4, arbitrary: fc.record({ call: fc.constant('socket'), protocol, family }) },
  {
    weight: 3,
    arbitrary: fc.record({
      call: fc.constant('setsockopt'),
      pick,
      option,
      value: fc.constantFrom(0, 1, 1, 1, 7),
    }),
  },
  { weight: 6, arbitrary: fc.record({ call: fc.constant('bind'), pick, target }) },
  { weight: 4, arbitrary: fc.record({ call: fc.constant('explicit'), pick, target, port }) },
  {
    // A socket made and bound in one step, to one of few ports: conflicts are what this is for.
    weight: 4,
    arbitrary: fc.record({
      call: fc.constant('listener'),
      protocol: fc.constant('tcp' as const),
      family: fc.constantFrom('ipv4' as const, 'ipv4' as const, 'ipv6' as const),
      options: fc.constantFrom(...MODES),
      target: fc.constantFrom('0.0.0.0', '0.0.0.0', '10.0.0.1', '10.0.0.2', '::', 'fd00::1'),
      port: fc.integer({ min: LOW + 8, max: LOW + 10 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ call: fc.constant('connect'), pick }) },
  { weight: 2, arbitrary: fc.record({ call: fc.constant('close'), pick }) },
  {
    weight: 3,
    arbitrary: fc.record({
      call: fc.constant('fill'),
      protocol,
      targets: fc.array(fc.constantFrom(...ADDRESSES.slice(0, 3)), { minLength: 1, maxLength: 3 }),
      options: fc.uniqueArray(option, { maxLength: 2 }),
      count: fc.integer({ min: 1, max: 30 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      call: fc.constant('release'),
      pick,
      count: fc.integer({ min: 1, max: 40 }),
    }),
  },
);

export type Call = typeof callArbitrary extends fc.Arbitrary<infer T> ? T : never;

export const callsArbitrary: fc.Arbitrary<Call[]> = fc.array(callArbitrary, {
  minLength: 1,
  maxLength: 60,
  size: 'max',
});
