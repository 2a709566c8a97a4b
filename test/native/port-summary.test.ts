import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contains } from '#engine/model/port-range.ts';
import type { HeldPort } from '#native/host/port-holders.ts';
import { summarise } from '#native/host/port-summary.ts';

const RANGE = { start: 49_152, count: 16_384 };

function held(port: number, more: Partial<HeldPort> = {}): HeldPort {
  const remote = more.remote ?? null;
  const state = remote === null ? 'listening' : 'connected';
  return { port, pid: 4_312, state, local: `10.0.0.4:${port}`, remote, ...more };
}

/** `connections` to each of `endpoints` in turn, from one port each. */
function connections(...endpoints: readonly (readonly [remote: string, count: number])[]) {
  const remotes = endpoints.flatMap(([remote, count]) => Array<string>(count).fill(remote));
  return remotes.map((remote, i) => held(50_000 + i, { remote }));
}

describe('holders', () => {
  it('are counted by distinct numbers of the range, most first', () => {
    const { holders } = summarise(
      [
        held(443),
        held(50_000, { pid: 8 }),
        held(50_001),
        held(50_001, { local: '10.0.0.5:50001' }),
        held(50_002),
        held(50_002, { pid: 7 }),
      ],
      new Map([
        [4_312, 'w3wp.exe'],
        [7, 'lsass.exe'],
      ]),
      RANGE,
    );
    expect(holders).toEqual([
      { pid: 4_312, name: 'w3wp.exe', ports: 2, boundOnly: 0, remote: '' },
      { pid: 7, name: 'lsass.exe', ports: 1, boundOnly: 0, remote: '' },
      { pid: 8, name: '', ports: 1, boundOnly: 0, remote: '' },
    ]);
  });

  it('have no name where names are unknown, nor have sockets without a program', () => {
    const idle = new Map([[0, 'System Idle Process']]);
    const waiting = [held(50_000, { pid: 0, state: 'time-wait', remote: '10.0.9.9:443' })];
    expect(summarise(waiting, idle, RANGE).holders[0]?.name).toBe('');
    expect(summarise([held(50_000)], null, RANGE).holders[0]?.name).toBe('');
  });

  it('hold bound only what they neither listen nor connect on, whatever comes first', () => {
    const bound = { state: 'bound', local: '0.0.0.0:50000' } as const;
    const sockets = [
      held(50_000, bound),
      held(50_000, { remote: '10.0.9.9:443' }),
      held(50_001),
      held(50_001, bound),
      held(50_002, bound),
      held(50_002, bound),
      held(50_003, { state: 'unknown' }),
    ];
    for (const order of [sockets, sockets.toReversed()]) {
      expect(summarise(order, null, RANGE).holders[0]).toMatchObject({ ports: 4, boundOnly: 1 });
    }
  });

  it.each([
    ['the commonest', connections(['a:1', 2], ['b:2', 3], ['c:3', 1]), 'b:2'],
    ['the only one', connections(['a:1', 1]), 'a:1'],
    ['the number, where none is commonest', connections(['a:1', 3], ['b:2', 3]), '2 endpoints'],
    ['the one with more than a tenth', connections(['a:1', 2], ...singles(17)), 'a:1'],
    ['the number, at a tenth', connections(['a:1', 2], ...singles(18)), '19 endpoints'],
    ['a number people can read', connections(...singles(1_234)), '1,234 endpoints'],
    ['nothing without connections', [held(50_000)], ''],
  ])('connect mostly to %s', (_case, sockets, remote) => {
    expect(summarise(sockets, null, RANGE).holders[0]?.remote).toBe(remote);
  });

  it('are judged by their connections from the range alone', () => {
    const server = [1, 2, 3].map(() => held(443, { remote: '10.0.7.7:51000' }));
    const { holders } = summarise([...server, held(50_000, { remote: 'a:1' })], null, RANGE);
    expect(holders).toEqual([{ pid: 4_312, name: '', ports: 1, boundOnly: 0, remote: 'a:1' }]);
  });
});

function singles(count: number): [string, number][] {
  return Array.from({ length: count }, (_, i) => [`10.1.0.1:${i + 1}`, 1]);
}

describe('numbers in use', () => {
  it('are ranges, inside and outside, to the last port', () => {
    const ports = [65_535, 65_534, 50_001, 50_000, 50_000, 49_152, 49_151, 135, 1];
    const summary = summarise(
      ports.map((port) => held(port)),
      null,
      RANGE,
    );
    expect(summary.inUse).toEqual([
      [49_152, 49_152],
      [50_000, 50_001],
      [65_534, 65_535],
    ]);
    expect(summary.inUseOutside).toEqual([
      [1, 1],
      [135, 135],
      [49_151, 49_151],
    ]);
  });

  it('are all outside a range that is unknown or empty', () => {
    for (const range of [null, { start: 50_000, count: 0 }]) {
      expect(summarise([held(50_000)], null, range)).toEqual({
        holders: [],
        inUse: [],
        inUseOutside: [[50_000, 50_000]],
      });
    }
  });
});

it('adds up, whatever is held', () => {
  const port = fc.oneof(fc.integer({ min: 1, max: 65_535 }), fc.integer({ min: 990, max: 1_050 }));
  const socket: fc.Arbitrary<HeldPort> = fc.record({
    port,
    pid: fc.integer({ min: 0, max: 5 }),
    state: fc.constantFrom('listening', 'connected', 'time-wait', 'bound', 'unknown'),
    local: fc.constant(''),
    remote: fc.constantFrom(null, 'a:1', 'b:2', 'c:3'),
  });
  const range = fc.constantFrom(null, { start: 1_000, count: 40 }, { start: 60_000, count: 5_536 });
  fc.assert(
    fc.property(fc.array(socket, { maxLength: 200 }), range, (sockets, range) => {
      const { holders, inUse, inUseOutside } = summarise(sockets, null, range);
      const isIn = (port: number) => range !== null && contains(range, port);
      const numbers = [...new Set(sockets.map((each) => each.port))].toSorted((a, b) => a - b);
      expect(numbersOf(inUse)).toEqual(numbers.filter((number) => isIn(number)));
      expect(numbersOf(inUseOutside)).toEqual(numbers.filter((number) => !isIn(number)));
      for (const ranges of [inUse, inUseOutside]) {
        for (const [i, [from]] of ranges.entries()) {
          expect(from - (ranges[i - 1]?.[1] ?? -1), 'neighbours are one range').toBeGreaterThan(1);
        }
      }
      const inside = sockets.filter((each) => isIn(each.port));
      expect(new Set(holders.map(({ pid }) => pid))).toEqual(new Set(inside.map((s) => s.pid)));
      for (const [i, holder] of holders.entries()) {
        const own = inside.filter((each) => each.pid === holder.pid);
        const other = new Set(own.filter((s) => s.state !== 'bound').map((s) => s.port));
        expect(holder.ports).toBe(new Set(own.map((each) => each.port)).size);
        expect(holder.boundOnly).toBe(holder.ports - other.size);
        expect(holder.remote === '').toBe(own.every((each) => each.remote === null));
        expect(holder.ports).toBeLessThanOrEqual(holders[i - 1]?.ports ?? 65_535);
      }
    }),
    { numRuns: 500 },
  );
});

function numbersOf(ranges: readonly (readonly [from: number, to: number])[]): number[] {
  return ranges.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => from + i));
}
