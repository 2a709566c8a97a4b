import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NULL_SINK } from '#engine/event/event-sink.ts';
import { resolveProfile } from '#engine/profile/resolve-profile.ts';
import { createSimulatedStack } from '#engine/stack/simulated-stack.ts';
import { A, ANY, B, bindOne, fillUp, hostWith, OPTION, socketWith } from './stack-under-test.ts';

const RUNS = 60;
const poolSize = fc.integer({ min: 1, max: 200 });
const addressCount = fc.integer({ min: 1, max: 6 });

function host(count: number, addresses: number, seed: number) {
  const names = Array.from({ length: addresses }, (_, i) => `10.0.0.${i + 1}`);
  const profile = resolveProfile({ dynamicRanges: { tcp4: { start: 50_000, count } } });
  const stack = createSimulatedStack({ sink: NULL_SINK, profile, addresses: names, seed });
  return { stack, names };
}

describe('the rules of the SO_PORT_SCALABILITY page, profile documented', () => {
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
      expect(result.refused?.code).toBe(10055);
    }
  });

  it('PS-1: without the option all addresses together get one range', () => {
    fc.assert(
      fc.property(poolSize, addressCount, fc.nat(), (count, addresses, seed) => {
        const { stack, names } = host(count, addresses, seed);
        expect(fillUp(stack, names)).toMatchObject({ bound: count, code: 10055 });
      }),
      { numRuns: RUNS },
    );
  });

  it('PS-2 and PS-3: with it each address gets the range, the same numbers on all', () => {
    fc.assert(
      fc.property(poolSize, addressCount, fc.nat(), (count, addresses, seed) => {
        const { stack, names } = host(count, addresses, seed);
        expect(fillUp(stack, names, [OPTION])).toMatchObject({ bound: count * addresses });
        expect(stack.freeOnAll('tcp', 'ipv4')).toBe(0);
      }),
      { numRuns: RUNS },
    );
  });

  it('PS-4: a number held through the option is lost to option-less sockets on every address', () => {
    fc.assert(
      fc.property(poolSize, fc.nat(), (count, seed) => {
        const { stack, names } = host(count, 2, seed);
        const held = seed % (count + 1);
        for (let i = 0; i < held; i++) bindOne(stack, names[0]!, [OPTION]);
        expect(fillUp(stack, [names[1]!])).toMatchObject({ bound: count - held, code: 10055 });
      }),
      { numRuns: RUNS },
    );
  });

  it('PS-5: numbers all held on at least one address starve option-less sockets', () => {
    const stack = hostWith();
    for (let i = 0; i < 40; i++) bindOne(stack, i % 2 === 0 ? A : B, [OPTION]);
    const third = '10.0.0.3';
    expect(bindOne(stack, ANY)).toBe(-10055);
    expect(bindOne(stack, third)).toBe(-10055);
    expect(stack.connect(socketWith(stack), stack.intern('203.0.113.1'), 80)).toBe(10055);
    expect(fillUp(stack, [third], [OPTION]).bound).toBe(40);
  });

  it('PS-6: the option set after bind is accepted, reads back, and changes nothing', () => {
    const stack = hostWith();
    const late = Array.from({ length: 40 }, () => {
      const socket = socketWith(stack);
      expect(stack.bind(socket, stack.intern(A), 0)).toBe(0);
      expect(stack.setsockopt(socket, OPTION, 1)).toBe(0);
      expect(stack.getsockopt(socket, OPTION)).toBe(1);
      return socket;
    });
    expect(late).toHaveLength(40);
    expect(bindOne(stack, B, [OPTION])).toBe(-10055);
  });

  it('PS-7: on the wildcard address, or with a port named, the option changes nothing', () => {
    const stack = hostWith();
    expect(bindOne(stack, ANY, [OPTION])).toBeGreaterThan(0);
    expect(fillUp(stack, [A], [OPTION]).bound).toBe(39);
    expect(bindOne(stack, ANY, [OPTION])).toBe(-10055);
    expect(bindOne(stack, B, [OPTION], 50_000)).toBe(50_000);
    expect(fillUp(stack, [B], [OPTION]).bound).toBe(38);
  });

  it('PS-9: it does not go with SO_REUSE_UNICASTPORT: the second option fails, the first stays', () => {
    const stack = hostWith();
    const one = socketWith(stack, [OPTION]);
    expect(stack.setsockopt(one, 'SO_REUSE_UNICASTPORT', 1)).toBe(10022);
    expect(stack.getsockopt(one, OPTION)).toBe(1);
    const two = socketWith(stack, ['SO_REUSE_UNICASTPORT']);
    expect(stack.setsockopt(two, OPTION, 1)).toBe(10022);
    expect(stack.getsockopt(two, 'SO_REUSE_UNICASTPORT')).toBe(1);
    const udp = socketWith(stack, [OPTION], 'udp');
    expect(stack.setsockopt(udp, 'SO_REUSE_UNICASTPORT', 1)).toBe(0);
  });

  it('pools of different protocol or family never touch', () => {
    const stack = hostWith();
    expect(fillUp(stack, [A]).bound).toBe(40);
    expect(fillUp(stack, [A], [], 'udp').bound).toBe(40);
    expect(fillUp(stack, ['fd00::1']).bound).toBe(40);
  });

  it('wildcard-port binds keep out of both kinds of exclusion; overlapping ones count once', () => {
    const excludedRanges = [
      { protocol: 'tcp', start: 50_000, count: 10, administered: true },
      { protocol: 'tcp', start: 50_005, count: 10 },
      { protocol: 'udp', start: 50_000, count: 39 },
    ];
    const stack = hostWith({}, { excludedRanges });
    expect(stack.freeOnAll('tcp', 'ipv4')).toBe(25);
    expect(fillUp(stack, [A, B], [OPTION]).bound).toBe(50);
    expect(fillUp(stack, ['fd00::1']).bound, 'without family: both').toBe(25);
    expect(bindOne(stack, A, [], 50_002), 'administered: may be named').toBe(50_002);
    expect(bindOne(stack, A, [], 50_007), 'covered by another kind too').toBe(-10013);
    expect(bindOne(stack, A, [], 50_012)).toBe(-10013);
  });
});
