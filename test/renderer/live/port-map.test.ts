import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EventBatch } from '#engine/event/event-batch.ts';
import { OP } from '#engine/event/op.ts';
import { LiveModel } from '#renderer/screens/live/live-model.ts';
import { mapPictures, mapRows } from '#renderer/ports/map-rows.ts';
import { NO_CELL, cellLevels, mapCells } from '#renderer/ports/port-map-cells.ts';
import { portAtX, xOfPort } from '#renderer/ports/port-map-draw.ts';
import { randomRows, type Row } from './random-rows.ts';

const ADDRESSES = ['10.0.0.1', '10.0.0.2', '10.0.0.3'];
const TABLE = ['', ...ADDRESSES, '192.0.2.9'];

function modelOf(rows: readonly Row[], addresses = ADDRESSES): LiveModel {
  const model = new LiveModel({ addresses, timed: false });
  model.addAddresses(TABLE);
  const batch = new EventBatch(rows.length, rows.length);
  rows.forEach((row, at) => {
    batch.t[at] = row.t;
    batch.value[at] = row.value;
    batch.address[at] = row.address;
    batch.port[at] = row.port;
    batch.code[at] = row.code;
    batch.op[at] = row.op;
    batch.arm[at] = row.arm;
  });
  model.add(batch);
  return model;
}

describe('the port map', () => {
  test('shows what is held, address by address, and on how many', () => {
    fc.assert(
      fc.property(randomRows(), (rows) => {
        const held = new Set<string>();
        for (const { op, address, port, code, value } of rows) {
          if (op === OP.mark && value === 1) held.clear();
          if (code !== 0) continue;
          const taking = op === OP.getsockname || op === OP.fill;
          const freeing = op === OP.close || op === OP.release;
          const count = op === OP.fill || op === OP.release ? value : 1;
          for (let number = port; number < port + count; number++) {
            if (taking) held.add(`${address} ${number}`);
            else if (freeing) held.delete(`${address} ${number}`);
          }
        }
        const map = modelOf(rows).portMap({ start: 4_990, count: 120 });
        for (let at = 0; at < 120; at++) {
          const on = [1, 2, 3, 4].map((address) => held.has(`${address} ${4_990 + at}`));
          expect(map.held.map((ports) => ports[at] === 1)).toEqual(on.slice(0, 3));
          expect(map.holders[at]).toBe(on.filter(Boolean).length);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('has one row for all where addresses are many, and one for what nobody holds', () => {
    const many = Array.from({ length: 20 }, (_, at) => `10.0.0.${at + 1}`);
    const row: Row = {
      op: OP.fill,
      t: 0,
      dur: 0,
      socket: 1,
      address: 2,
      port: 5_000,
      code: 0,
      value: 10,
      arm: 1,
    };
    const map = modelOf([row], many).portMap({ start: 5_000, count: 100 });
    const pictures = mapPictures(map, many.length);
    const rows = mapRows(map, pictures, many, { simulated: true, excluded: [] });
    expect(rows.map(({ name, words }) => `${name}: ${words}`)).toEqual([
      'On how many: of 20 addresses',
      'Free on all: 90 numbers',
    ]);
    // 100 numbers are four columns of 32: the tenth number is the tenth line's first cell.
    expect(rows.map(({ picture: { levels, most } }) => (levels[9 * 4] ?? 0) / most)).toEqual([
      1 / 20,
      0,
    ]);
    expect(rows.map(({ picture: { levels } }) => levels[10 * 4])).toEqual([0, 1]);
    // Other programs hold numbers on a real host, and no event says so.
    const excluded = [
      { start: 4_000, count: 1_005 },
      { start: 5_002, count: 18 },
    ];
    const real = mapRows(map, pictures, many, { simulated: false, excluded });
    expect(real.at(-1)?.words).toBe('80 numbers');
    expect(real.at(-1)?.name).toBe('Not held here');
  });

  test('draws each number in its cell, and nothing beyond the range', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 70_000 }),
        fc.integer({ min: 1, max: 1_000 }),
        fc.boolean(),
        (count, most, ofNone) => {
          const range = { start: 1_024, count };
          const values = Uint16Array.from({ length: count }, (_, at) => (at * 7_919) % (most + 1));
          const { columns, rows, each } = mapCells(range);
          const levels = cellLevels(values, range, most, ofNone);
          expect(levels).toHaveLength(columns * rows);
          for (let cell = 0; cell < columns * rows; cell += 97) {
            const own = [...values.subarray(cell * each, (cell + 1) * each)];
            const found = levels[(cell % rows) * columns + Math.floor(cell / rows)];
            if (own.length === 0) expect(found).toBe(NO_CELL);
            else {
              const there = own.map((value) => (ofNone ? Number(value === 0) * most : value));
              const share = there.reduce((sum, one) => sum + one, 0) / own.length;
              expect(found).toBe(Math.round(share * each));
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('finds a number again where it draws it', () => {
    const range = fc.integer({ min: 1, max: 64_000 }).chain((count) =>
      fc.record({
        count: fc.constant(count),
        start: fc.integer({ min: 1_024, max: 65_536 - count }),
      }),
    );
    fc.assert(
      fc.property(range, fc.double({ min: 0, max: 1, noNaN: true }), (pool, share) => {
        const port = pool.start + Math.min(pool.count - 1, Math.floor(share * pool.count));
        const found = portAtX(xOfPort(port, pool, 1_000), pool, 1_000);
        expect(found).toBeLessThanOrEqual(port);
        // The first of its column.
        expect(port - found).toBeLessThan(Math.ceil(pool.count / (512 * 32)) * 32);
      }),
    );
  });
});
