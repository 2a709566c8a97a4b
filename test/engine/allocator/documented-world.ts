import * as fc from 'fast-check';
import { NULL_SINK } from '#engine/event/event-sink.ts';
import type { Family, Protocol } from '#engine/model/protocol.ts';
import type { SocketOption } from '#engine/model/socket-option.ts';
import { resolveProfile } from '#engine/profile/resolve-profile.ts';
import { createSimulatedStack, type SimulatedStack } from '#engine/stack/simulated-stack.ts';

/** Hosts for the documented rules: any range, any addresses, exclusions, other applications, seed. */

interface Other {
  readonly at: number;
  readonly offset: number;
  readonly kind: 'legacy' | 'option' | 'explicit';
}

export interface Draft {
  readonly protocol: Protocol;
  readonly family: Family;
  readonly start: number;
  readonly count: number;
  readonly addresses: number;
  readonly exclusions: readonly {
    readonly offset: number;
    readonly count: number;
    readonly administered: boolean;
  }[];
  readonly others: readonly Other[];
  readonly pickOrder: string;
  readonly seed: number;
}

export const draftArbitrary: fc.Arbitrary<Draft> = fc.record({
  protocol: fc.constantFrom('tcp', 'udp'),
  family: fc.constantFrom('ipv4', 'ipv6'),
  start: fc.integer({ min: 1_025, max: 60_000 }),
  count: fc.integer({ min: 1, max: 200 }),
  addresses: fc.integer({ min: 1, max: 6 }),
  exclusions: fc.array(
    fc.record({
      offset: fc.integer({ min: -10, max: 200 }),
      count: fc.integer({ min: 1, max: 60 }),
      administered: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
  others: fc.array(
    fc.record({
      at: fc.nat({ max: 6 }),
      offset: fc.nat({ max: 199 }),
      kind: fc.constantFrom('legacy', 'option', 'explicit'),
    }),
    { maxLength: 6 },
  ),
  pickOrder: fc.constantFrom('next-fit', 'random', 'pack', 'spread'),
  seed: fc.nat(),
});

/** A draft made real. */
export interface World {
  readonly stack: SimulatedStack;
  /** Specific addresses. */
  readonly names: readonly string[];
  readonly wildcard: string;
  /** The range without exclusions. */
  readonly usable: readonly number[];
  /** What other applications got. */
  readonly others: readonly {
    readonly address: string;
    readonly port: number;
    readonly kind: string;
  }[];
}

export function worldOf(draft: Draft, { others: isShared = true } = {}): World {
  const { protocol, family, start, count, seed } = draft;
  const v6 = family === 'ipv6';
  const names = Array.from({ length: draft.addresses }, (_, i) =>
    v6 ? `fd00::${(i + 1).toString(16)}` : `10.0.0.${i + 1}`,
  );
  const wildcard = v6 ? '::' : '0.0.0.0';
  const excludedRanges = draft.exclusions.map(({ offset, ...range }) => ({
    protocol,
    family,
    start: start + offset,
    ...range,
  }));
  const profile = resolveProfile({
    dynamicRanges: { [`${protocol}${v6 ? '6' : '4'}`]: { start, count } },
    excludedRanges,
    assumptions: { A19: draft.pickOrder },
  });
  const stack = createSimulatedStack({ sink: NULL_SINK, profile, addresses: names, seed });
  const excluded = (port: number): boolean =>
    excludedRanges.some((range) => port >= range.start && port < range.start + range.count);
  const usable = Array.from({ length: count }, (_, i) => start + i).filter(
    (port) => !excluded(port),
  );
  const others = isShared ? draft.others : [];
  const held = others
    .map(({ at, offset, kind }) => ({
      address: [...names, wildcard][at % (names.length + 1)]!,
      port: usable[offset % Math.max(1, usable.length)] ?? 0,
      kind,
    }))
    .filter(({ port }) => port !== 0)
    .filter((other) => stack.occupy({ protocol, ...other }) === 0);
  return { stack, names, wildcard, usable, others: held };
}

/** A socket of the draft's kind, with these options set to 1. */
export function socketIn(
  { stack }: World,
  { protocol, family }: Draft,
  options: readonly SocketOption[] = [],
): number {
  const socket = stack.socket(protocol, family);
  for (const option of options) {
    const code = stack.setsockopt(socket, option, 1);
    if (code !== 0) throw new Error(`${option}: ${code}`);
  }
  return socket;
}

/** One wildcard-port bind: the port, or the negated error. */
export function bindIn(
  world: World,
  draft: Draft,
  address: string,
  options: readonly SocketOption[] = [],
  port = 0,
): number {
  const { stack } = world;
  const socket = socketIn(world, draft, options);
  const code = stack.bind(socket, stack.intern(address), port);
  return code === 0 ? stack.getsockname(socket) : -code;
}

/** Binds on these addresses in turn until the host refuses. @returns the ports, and the code at the end */
export function fillIn(
  { stack }: World,
  { protocol, family }: Draft,
  addresses: readonly string[],
  options: readonly SocketOption[] = [],
): { ports: number[]; code: number } {
  const { first, bound, refused } = stack.fill({
    protocol,
    family,
    addresses: addresses.map((address) => stack.intern(address)),
    from: 0,
    options,
    count: 10_000,
    budgetNs: 1e15,
  });
  const ports = Array.from({ length: bound }, (_, i) => stack.getsockname(first + i));
  return { ports, code: refused?.code ?? 0 };
}

export function sorted(ports: Iterable<number>): number[] {
  return [...ports].sort((one, two) => one - two);
}
