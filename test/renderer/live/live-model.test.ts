import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EventBatch } from '#engine/event/event-batch.ts';
import { MARK } from '#engine/event/mark.ts';
import { OP } from '#engine/event/op.ts';
import { LiveModel } from '#renderer/screens/live/live-model.ts';
import { bruteForce } from './brute-force.ts';
import { randomRows, type Row } from './random-rows.ts';

const ADDRESSES = ['10.0.0.1', '10.0.0.2', '10.0.0.3'];
const TABLE = ['', ...ADDRESSES, '192.0.2.9'];

function modelOf(rows: readonly Row[], timed = true, batchRows = 7): LiveModel {
  const model = new LiveModel({ addresses: ADDRESSES, timed });
  model.addAddresses(TABLE);
  for (let from = 0; from < rows.length; from += batchRows) {
    model.add(batchOf(rows.slice(from, from + batchRows)));
  }
  return model;
}

function batchOf(rows: readonly Row[]): EventBatch {
  const batch = new EventBatch(rows.length, rows.length);
  rows.forEach((row, at) => {
    batch.t[at] = row.t;
    batch.dur[at] = row.dur;
    batch.socket[at] = row.socket;
    batch.value[at] = row.value;
    batch.address[at] = row.address;
    batch.port[at] = row.port;
    batch.code[at] = row.code;
    batch.op[at] = row.op;
    batch.arm[at] = row.arm;
  });
  return batch;
}

describe('a live model', () => {
  test('counts what a plain replay of the rows counts', () => {
    fc.assert(
      fc.property(randomRows(), (rows) => {
        const snapshot = modelOf(rows).snapshot();
        const expected = bruteForce(rows, ADDRESSES, TABLE);
        expect(snapshot.rows).toBe(rows.length);
        expect(snapshot.calls).toBe(expected.calls);
        expect(snapshot.held).toBe(expected.held);
        expect(snapshot.union).toBe(expected.union);
        expect([...snapshot.heldBy]).toEqual(expected.heldBy);
        expect(snapshot.heldElsewhere).toBe(expected.heldElsewhere);
        expect(
          snapshot.arms.map(({ index, bound, peakHeld, peakUnion, overlap, begin, end }) => ({
            index,
            bound,
            peakHeld,
            peakUnion,
            overlap,
            begin,
            end,
          })),
        ).toEqual(expected.arms);
      }),
      { numRuns: 150 },
    );
  });

  test('draws at every point of a curve what was held at that moment', () => {
    fc.assert(
      fc.property(randomRows(), (rows) => {
        const snapshot = modelOf(rows).snapshot();
        const { heldAt } = bruteForce(rows, ADDRESSES, TABLE);
        const unit = { s: 1e9, ms: 1e6, µs: 1e3 }[snapshot.unit];
        for (const { index, held } of snapshot.curves) {
          const arm = snapshot.arms.find((one) => one.index === index);
          const [first] = held;
          if (arm === undefined || first === undefined) throw new Error('an arm has no curve');
          const end = arm.end ?? snapshot.t;
          for (let at = 0; at < first.length; at += 2) {
            const t = (first[at] ?? 0) * unit;
            // Beginning, peak and end stand at their own instant, where several things may happen.
            if ([arm.begin, arm.peak, end].some((own) => own !== null && Math.abs(t - own) < 1)) {
              continue;
            }
            let below = 0;
            const expected = heldAt(Math.round(t));
            held.forEach((points, band) => {
              below += expected[band] ?? 0;
              expect(points[at + 1], `band ${band} at ${t} ns`).toBe(below);
            });
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  test('gives rates that add up to the binds there were', () => {
    fc.assert(
      fc.property(randomRows(), (rows) => {
        const snapshot = modelOf(rows).snapshot();
        const { instants } = bruteForce(rows, ADDRESSES, TABLE);
        const unit = { s: 1e9, ms: 1e6, µs: 1e3 }[snapshot.unit];
        for (const { rate } of snapshot.curves) {
          const [x0, , x1] = rate;
          if (x0 === undefined || x1 === undefined) continue;
          const span = Math.round((x1 - x0) * unit);
          for (let at = 0; at < rate.length; at += 2) {
            const from = Math.round((rate[at] ?? 0) * unit - span / 2);
            const binds = instants.filter(
              ({ t, step }) => step === 1 && t >= from && t < from + span,
            ).length;
            expect(((rate[at + 1] ?? 0) * span) / 1e9).toBeCloseTo(binds, 6);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  test('is the same however the rows are cut into batches', () => {
    fc.assert(
      fc.property(randomRows(), fc.integer({ min: 1, max: 50 }), (rows, cut) => {
        expect(modelOf(rows, true, cut).snapshot()).toEqual(modelOf(rows, true, 1).snapshot());
      }),
      { numRuns: 50 },
    );
  });

  test('has latencies of real sockets only', () => {
    const rows: Row[] = [
      row({ op: OP.mark, value: MARK.armBegin }),
      ...Array.from({ length: 100 }, (_, at) => [
        row({ op: OP.bind, t: at * 100_000, dur: (at + 1) * 100, socket: at, address: 1 }),
        row({
          op: OP.getsockname,
          t: at * 100_000 + 50_000,
          socket: at,
          address: 1,
          port: 5_000 + at,
        }),
      ]).flat(),
    ];
    const timed = modelOf(rows).snapshot();
    expect(timed.arms[0]?.latency).toMatchObject({ count: 100, max: 10_000 });
    expect(timed.curves[0]?.p99.length).toBeGreaterThan(0);
    const modelled = modelOf(rows, false).snapshot();
    expect(modelled.arms[0]?.latency).toBeNull();
    expect(modelled.curves[0]?.p99.length).toBe(0);
  });

  test('keeps the peak of an arm that is shorter than a bucket of a long run', () => {
    const rows = [
      row({ op: OP.mark, value: MARK.armBegin, t: 1_000 }),
      row({ op: OP.fill, t: 1_000, dur: 4_000, address: 1, port: 5_000, value: 100 }),
      row({ op: OP.mark, value: MARK.armPeak, t: 5_000 }),
      row({ op: OP.release, t: 5_000, dur: 4_000, address: 1, port: 5_000, value: 100 }),
      row({ op: OP.mark, value: MARK.armEnd, t: 9_000 }),
      row({ op: OP.mark, value: MARK.armBegin, arm: 2, t: 60e9 }),
    ];
    const [first] = modelOf(rows).snapshot().curves;
    expect(Math.max(...(first?.held[0] ?? []).filter((_, at) => at % 2 === 1))).toBe(100);
  });

  test('draws one long call as the slope it is, with enough points to see it', () => {
    const rows = [
      row({ op: OP.mark, value: MARK.armBegin }),
      row({ op: OP.fill, dur: 2e9, address: 1, port: 5_000, value: 5_000 }),
    ];
    const [curve] = modelOf(rows).snapshot().curves;
    const points = curve?.held[0] ?? new Float64Array();
    expect(points.length / 2).toBeGreaterThan(120);
    for (let at = 0; at < points.length; at += 2) {
      if (at > 0) expect(points[at]).toBeGreaterThan(points[at - 2] ?? 0);
      expect(Math.abs((points[at + 1] ?? 0) - (points[at] ?? 0) * 2_500)).toBeLessThanOrEqual(1);
    }
  });

  test('draws more than eight addresses as four groups', () => {
    const addresses = Array.from({ length: 10 }, (_, at) => `10.0.1.${at + 1}`);
    const model = new LiveModel({ addresses, timed: false });
    model.addAddresses(['', ...addresses]);
    expect(model.groups.map((group) => group.addresses.length)).toEqual([2, 3, 2, 3]);
    model.add(batchOf([row({ op: OP.fill, address: 10, port: 5_000, value: 3 })]));
    expect([...model.snapshot().heldBy]).toEqual([0, 0, 0, 3]);
  });
});

function row(part: Partial<Row>): Row {
  return {
    op: 0,
    t: 0,
    dur: 0,
    socket: 0,
    address: 0,
    port: 0,
    code: 0,
    value: 0,
    arm: 1,
    ...part,
  };
}
