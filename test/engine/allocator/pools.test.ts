import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NULL_SINK } from '#engine/event/event-sink.ts';
import { resolveProfile } from '#engine/profile/resolve-profile.ts';
import { createSimulatedStack } from '#engine/stack/simulated-stack.ts';
import type { Draft } from './documented-world.ts';
import { bindIn, draftArbitrary, fillIn, worldOf } from './documented-world.ts';
import { OPTION } from './stack-under-test.ts';

const RUNS = process.env['PORTLAB_DEEP'] === '1' ? 2_000 : 100;
const NO_PORT = 10055;

/** What holds on every host of the documented profile. */
function always(check: (draft: Draft, chance: number) => void): void {
  fc.assert(fc.property(draftArbitrary, fc.nat(), check), { numRuns: RUNS });
}

describe('port pools, profile documented', () => {
  it('reproduces the 64 K x 4 headline: 64,511 ports without the option, 258,044 with it', () => {
    const profile = resolveProfile({ dynamicRanges: { tcp4: { start: 1025, count: 64_511 } } });
    const addresses = ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4'];
    for (const [options, expected] of [
      [[], 64_511],
      [[OPTION], 258_044],
    ] as const) {
      const stack = createSimulatedStack({ sink: NULL_SINK, profile, addresses, seed: 3 });
      const result = stack.fill({
        protocol: 'tcp',
        family: 'ipv4',
        addresses: addresses.map((address) => stack.intern(address)),
        from: 0,
        options,
        count: 1_000_000,
        budgetNs: 1e15,
      });
      expect(result.bound).toBe(expected);
      expect(result.refused?.code).toBe(NO_PORT);
    }
  });

  it('pools of different protocol or family never touch', () => {
    always((draft, chance) => {
      const full = worldOf(draft, { others: false });
      const kinds = [
        ['tcp', 'ipv4'],
        ['tcp', 'ipv6'],
        ['udp', 'ipv4'],
        ['udp', 'ipv6'],
      ] as const;
      const free = (): number[] =>
        kinds.map(([protocol, family]) => full.stack.freeOnAll(protocol, family));
      const before = free();
      fillIn(full, draft, full.names, chance % 2 === 0 ? [] : [OPTION]);
      const own = kinds.findIndex(
        ([protocol, family]) => protocol === draft.protocol && family === draft.family,
      );
      expect(free()).toEqual(before.map((count, i) => (i === own ? 0 : count)));
    });
  });

  it('a named port goes by the exclusions that cover it: only administered ones let it in', () => {
    always((draft, chance) => {
      const world = worldOf(draft, { others: false });
      const port = draft.start + (chance % draft.count);
      const covering = draft.exclusions.filter(
        ({ offset, count }) => port >= draft.start + offset && port < draft.start + offset + count,
      );
      const barred = covering.some(({ administered }) => !administered);
      const name = world.names[chance % world.names.length]!;
      expect(bindIn(world, draft, name, [], port)).toBe(barred ? -10013 : port);
      expect(world.usable.includes(port)).toBe(covering.length === 0);
    });
  });
});
