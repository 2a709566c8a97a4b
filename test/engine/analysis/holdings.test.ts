import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Holdings } from '#engine/analysis/holdings.ts';
import { OP } from '#engine/event/op.ts';

const WILDCARD = 4;

/** A bind or close of one port, or of a few consecutive ones, on one of three addresses or the wildcard. */
const step = fc.record({
  take: fc.boolean(),
  many: fc.boolean(),
  address: fc.integer({ min: 1, max: 4 }),
  port: fc.integer({ min: 1, max: 12 }),
  count: fc.integer({ min: 1, max: 4 }),
  fails: fc.boolean(),
});

test('what is held agrees with sets kept by hand, after every event', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const holdings = new Holdings((address) => address === WILDCARD);
      const sets = new Map([1, 2, 3, 4].map((address) => [address, new Set<number>()]));
      const overlapped = new Set<number>();
      let peak = 0;
      let saved = { save: holdings.save(), held: 0, ports: [] as number[] };
      for (const { take, many, address, port, count, fails } of steps) {
        const single = take ? OP.getsockname : OP.close;
        const several = take ? OP.fill : OP.release;
        holdings.observe(
          many ? several : single,
          address,
          port,
          fails ? 10_055 : 0,
          many ? count : 0,
        );
        if (!fails) {
          for (let n = port; n < port + (many ? count : 1); n++) {
            if (take) sets.get(address)?.add(n);
            else sets.get(address)?.delete(n);
          }
        }
        const all = [...sets.values()];
        const held = all.reduce((sum, set) => sum + set.size, 0);
        const union = new Set(all.flatMap((set) => [...set]));
        for (const n of union) {
          const specific = [1, 2, 3].filter((id) => sets.get(id)?.has(n)).length;
          if (specific >= 2) overlapped.add(n);
        }
        peak = Math.max(peak, held);
        expect(holdings.held).toBe(held);
        expect(holdings.union).toBe(union.size);
        expect(holdings.overlap).toBe(overlapped.size);
        expect(holdings.heldOn(address)).toBe(sets.get(address)?.size);
        expect(holdings.shared).toBe(
          [...union].filter((n) => [1, 2, 3].filter((id) => sets.get(id)?.has(n)).length >= 2)
            .length,
        );
        expect(holdings.holdersOf(port)).toBe(all.filter((set) => set.has(port)).length);
        if (address === WILDCARD) {
          saved = { save: holdings.save(), held, ports: [...(sets.get(2) ?? [])] };
        }
      }
      expect(holdings.peakHeld).toBeLessThanOrEqual(peak + 4);
      const ranges = holdings
        .rangesOn(1)
        .flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, n) => from + n));
      expect(new Set(ranges)).toEqual(sets.get(1));
      holdings.restore(saved.save);
      expect(holdings.held).toBe(saved.held);
      const ports = holdings
        .rangesOn(2)
        .flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, n) => from + n));
      expect(new Set(ports)).toEqual(new Set(saved.ports));
      expect(holdings.save()).toEqual(saved.save);
    }),
  );
});

test('a number on two specific addresses at once overlaps once, also when freed and taken again', () => {
  const holdings = new Holdings();
  for (const op of [OP.getsockname, OP.close, OP.getsockname, OP.close]) {
    holdings.observe(op, 2, 50_000, 0, 0);
    if (op === OP.getsockname) holdings.observe(OP.getsockname, 1, 50_000, 0, 0);
  }
  expect(holdings.overlap).toBe(1);
});

test('one address holding many numbers overlaps nothing', () => {
  const holdings = new Holdings();
  holdings.observe(OP.fill, 1, 49_152, 0, 1_000);
  holdings.observe(OP.fill, 2, 50_152, 0, 1_000);
  expect(holdings.overlap).toBe(0);
  expect(holdings.union).toBe(2_000);
  expect(holdings.peakHeld).toBe(2_000);
});

test('a reset forgets everything', () => {
  const holdings = new Holdings();
  holdings.observe(OP.fill, 1, 49_152, 0, 10);
  holdings.observe(OP.fill, 2, 49_152, 0, 10);
  holdings.reset();
  expect([
    holdings.held,
    holdings.union,
    holdings.overlap,
    holdings.bound,
    holdings.peakHeld,
  ]).toEqual([0, 0, 0, 0, 0]);
  expect(holdings.rangesOn(1)).toEqual([]);
});
