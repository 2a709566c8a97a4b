import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RunFold } from '#engine/analysis/run-fold.ts';
import type { RunSeries } from '#engine/analysis/run-series.ts';
import { MARK } from '#engine/event/mark.ts';
import { batchesOf, type EventRow } from './event-rows.ts';

const ADDRESSES = ['', '10.0.0.1', '10.0.0.2', '10.0.0.3'];

function fold(rows: readonly EventRow[], size?: number): RunSeries {
  const run = new RunFold();
  for (const batch of batchesOf(rows, size)) run.add(batch);
  return run.series(ADDRESSES);
}

function onlyArm(rows: readonly EventRow[]): RunSeries['arms'][number] {
  const [arm] = fold(rows).arms;
  if (arm === undefined) throw new Error('no arm');
  return arm;
}

/** What a made-up program does; sockets are named by the order they were bound in. */
const action = fc.oneof(
  fc.record({
    kind: fc.constant('bind' as const),
    address: fc.integer({ min: 1, max: 3 }),
    dur: fc.integer({ min: 1, max: 90_000 }),
  }),
  fc.record({
    kind: fc.constant('refused' as const),
    address: fc.integer({ min: 1, max: 3 }),
    code: fc.constantFrom(10_055, 10_048),
  }),
  fc.record({ kind: fc.constant('close' as const), pick: fc.nat() }),
  fc.record({
    kind: fc.constant('fill' as const),
    address: fc.integer({ min: 1, max: 3 }),
    n: fc.integer({ min: 1, max: 4_096 }),
  }),
);

/** Rows of one arm, and what they amount to by plain bookkeeping. */
function play(
  actions: readonly (typeof action extends fc.Arbitrary<infer T> ? T : never)[],
  arm: number,
  begin: number,
) {
  const rows: EventRow[] = [{ op: 'mark', t: begin, value: MARK.armBegin, arm }];
  const open: { socket: number; address: number }[] = [];
  const bound = new Map<number, number>();
  const held = new Map<number, number>();
  const seen = { bound: 0, failed: 0, held: 0, peakHeld: 0, latencies: [] as number[] };
  let t = begin;
  let socket = 0;
  const take = (address: number, n: number): void => {
    bound.set(address, (bound.get(address) ?? 0) + n);
    held.set(address, (held.get(address) ?? 0) + n);
    seen.bound += n;
    seen.held += n;
    seen.peakHeld = Math.max(seen.peakHeld, seen.held);
  };
  for (const step of actions) {
    t += 500;
    if (step.kind === 'bind') {
      socket++;
      rows.push({ op: 'bind', t, dur: step.dur, socket, address: step.address, arm });
      t += step.dur;
      rows.push({
        op: 'getsockname',
        t,
        dur: 100,
        socket,
        address: step.address,
        port: 50_000 + socket,
        arm,
      });
      take(step.address, 1);
      seen.latencies.push(step.dur);
      open.push({ socket, address: step.address });
    } else if (step.kind === 'refused') {
      rows.push({
        op: 'bind',
        t,
        dur: 70,
        socket: ++socket,
        address: step.address,
        code: step.code,
        arm,
      });
      seen.failed++;
    } else if (step.kind === 'fill') {
      rows.push({
        op: 'fill',
        t,
        dur: step.n * 1_000,
        socket: socket + 1,
        address: step.address,
        port: 1,
        value: step.n,
        arm,
      });
      socket += step.n;
      take(step.address, step.n);
      t += step.n * 1_000;
    } else if (open.length > 0) {
      const [gone] = open.splice(step.pick % open.length, 1);
      if (gone === undefined) continue;
      rows.push({
        op: 'close',
        t,
        dur: 50,
        socket: gone.socket,
        address: gone.address,
        port: 50_000 + gone.socket,
        arm,
      });
      seen.held--;
    }
  }
  return { rows, seen, bound, end: t + 1_000 };
}

describe('RunFold', () => {
  it('comes to what plain bookkeeping comes to, arm by arm, however the rows are batched', () => {
    fc.assert(
      fc.property(
        fc.array(action, { maxLength: 120 }),
        fc.array(action, { maxLength: 60 }),
        fc.integer({ min: 1, max: 50 }),
        (first, second, size) => {
          const one = play(first, 1, 1_000);
          const two = play(second, 2, one.end);
          const series = fold([...one.rows, ...two.rows], size);
          expect(series).toEqual(fold([...one.rows, ...two.rows]));
          for (const [arm, told] of [
            [series.arms[0], one],
            [series.arms[1], two],
          ] as const) {
            expect(arm?.bound).toBe(told.seen.bound);
            expect(arm?.failedBinds).toBe(told.seen.failed);
            expect(arm?.peakHeld).toBe(told.seen.peakHeld);
            expect(arm?.latency?.count ?? 0).toBe(told.seen.latencies.length);
            expect(arm?.latency?.max ?? 0).toBe(Math.max(0, ...told.seen.latencies));
            expect(
              Object.fromEntries(
                arm?.perAddress.map((entry) => [entry.address, entry.bound]) ?? [],
              ),
            ).toEqual(Object.fromEntries([...told.bound].map(([id, n]) => [ADDRESSES[id], n])));
            expect(arm?.binds.at(-1)?.bound).toBe(told.seen.bound);
            expect(arm?.binds.length).toBeLessThanOrEqual(401);
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('names the first call that found no port, with what was held then', () => {
    const arm = onlyArm([
      { op: 'bind', t: 10, socket: 1, address: 1 },
      { op: 'getsockname', t: 20, socket: 1, address: 1, port: 50_000 },
      { op: 'getsockopt', t: 30, socket: 2, port: 0x3006, code: 10_042 },
      { op: 'bind', t: 40, socket: 2, address: 2, code: 10_055 },
      { op: 'bind', t: 50, socket: 3, address: 1, code: 10_048 },
    ]);
    expect(arm.firstError).toEqual({
      call: 'bind',
      code: 10_055,
      address: '10.0.0.2',
      t: 40,
      held: 1,
    });
  });

  it('takes a connect in progress for no error', () => {
    const arm = onlyArm([{ op: 'connect', t: 5, socket: 1, address: 3, port: 443, code: 10_035 }]);
    expect(arm.firstError).toBeNull();
  });

  it('counts a port once, however often its name is asked', () => {
    const asked = { op: 'getsockname', socket: 1, address: 1, port: 50_000 } as const;
    const arm = onlyArm([
      { op: 'bind', t: 1, socket: 1, address: 1 },
      { ...asked, t: 2 },
      { ...asked, t: 9 },
    ]);
    expect(arm.bound).toBe(1);
    expect(arm.peakHeld).toBe(1);
  });

  it('counts a deferred port when it is named at last', () => {
    const arm = onlyArm([
      { op: 'bind', t: 1, socket: 1, address: 1 },
      { op: 'getsockname', t: 2, socket: 1, address: 1, port: 0 },
      { op: 'connect', t: 3, socket: 1, address: 3, port: 443 },
      { op: 'getsockname', t: 4, socket: 1, address: 1, port: 50_001 },
    ]);
    expect(arm.bound).toBe(1);
    expect(arm.binds).toEqual([
      { t: 1, bound: 0 },
      { t: 4, bound: 1 },
    ]);
  });

  it('frees nothing when a socket closes that bound nothing', () => {
    const arm = onlyArm([
      { op: 'fill', t: 1, dur: 10, socket: 1, address: 1, port: 50_000, value: 5 },
      { op: 'accept', t: 20, socket: 9, address: 1, port: 8_080, value: 8 },
      { op: 'close', t: 30, socket: 9, address: 1, port: 8_080 },
      { op: 'fill', t: 40, dur: 10, socket: 10, address: 1, port: 50_010, value: 5 },
    ]);
    expect(arm.peakHeld).toBe(10);
  });

  it('spreads a fill over the time it took', () => {
    const arm = onlyArm([
      { op: 'mark', t: 0, value: MARK.armBegin },
      { op: 'fill', t: 0, dur: 4_000_000, socket: 1, address: 1, port: 50_000, value: 1_000 },
    ]);
    const half = arm.binds.find((point) => point.t >= 2_000_000);
    expect(half?.bound).toBeGreaterThanOrEqual(490);
    expect(half?.bound).toBeLessThanOrEqual(510);
    expect(arm.bindsPerSecond).toBe(250_000);
    expect(arm.latency).toBeNull();
  });

  it('passes over what belongs to no arm', () => {
    expect(fold([{ op: 'bind', socket: 1, address: 1, arm: 0 }]).arms).toEqual([]);
  });

  it('measures latency against the ports held just before', () => {
    const rows: EventRow[] = [];
    for (let socket = 1; socket <= 200; socket++) {
      const t = socket * 1_000;
      rows.push({ op: 'bind', t, dur: socket <= 100 ? 100 : 200, socket, address: 1 });
      rows.push({ op: 'getsockname', t: t + 500, socket, address: 1, port: 50_000 + socket });
    }
    const points = onlyArm(rows).latencyByLevel;
    expect(points[0]).toMatchObject({ from: 0, p50: 100 });
    expect(points.at(-1)).toMatchObject({ to: 199, max: 200, p50: 200 });
  });

  it('counts a port that connect chose, with or without a bind before, once it is named', () => {
    const arm = onlyArm([
      { op: 'socket', socket: 1 },
      { op: 'connect', socket: 1, address: 2, port: 443 },
      { op: 'getsockname', socket: 1, address: 1, port: 40_000 },
      { op: 'socket', socket: 2 },
      { op: 'bind', socket: 2, address: 1 },
      { op: 'getsockname', socket: 2, address: 1, port: 0 },
      { op: 'connect', socket: 2, address: 2, port: 443 },
      { op: 'getsockname', socket: 2, address: 1, port: 40_001 },
      { op: 'socket', socket: 3 },
      { op: 'connect', socket: 3, address: 2, port: 443 },
      { op: 'close', socket: 3, address: 1, port: 40_002 },
      { op: 'close', socket: 1, address: 1, port: 40_000 },
    ]);
    expect(arm).toMatchObject({ bound: 2, peakHeld: 2 });
    expect(arm.perAddress).toEqual([{ address: '10.0.0.1', bound: 2, peakHeld: 2 }]);
  });
});
