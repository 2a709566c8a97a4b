import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  columnPath,
  columnShares,
  countPorts,
  pieceOf,
  placeBarLabels,
  WHOLE,
  xOf,
} from '#renderer/screens/host/port-bar-geometry.ts';

const whole = { ...WHOLE, width: 655.36 };

describe('a port’s place on the bar', () => {
  it('is in true scale over all 65,536 numbers', () => {
    expect(xOf(0, whole)).toBe(0);
    expect(xOf(49_152, whole)).toBeCloseTo(491.52);
    expect(xOf(65_536, whole)).toBeCloseTo(655.36);
  });

  it('is cut at the ends of an enlarged range', () => {
    const enlarged = { first: 49_152, count: 16_384, width: 1_638.4 };
    expect(pieceOf({ start: 49_000, count: 252 }, enlarged)).toEqual({ x: 0, width: 10 });
    expect(pieceOf({ start: 5_357, count: 1 }, enlarged)).toBeNull();
  });

  it('shows a single number, also the last one', () => {
    expect(pieceOf({ start: 5_357, count: 1 }, whole)?.width).toBe(2);
    const last = pieceOf({ start: 65_535, count: 1 }, whole);
    expect((last?.x ?? 0) + (last?.width ?? 0)).toBeCloseTo(655.36);
  });
});

describe('the shares of columns', () => {
  it('split a span over the columns it crosses', () => {
    const scale = { first: 0, count: 100, width: 100 };
    expect(columnShares([[5, 24]], scale, 10)).toEqual([0.5, 1, 0.5, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('add up to the numbers covered, whatever the columns', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60_000 }),
        fc.integer({ min: 1, max: 20_000 }),
        fc.uniqueArray(fc.integer({ min: 0, max: 65_535 }), { maxLength: 40 }),
        fc.integer({ min: 1, max: 1_500 }),
        (first, count, ports, columns) => {
          const shares = columnShares(
            ports.map((port) => [port, port] as const),
            { first, count, width: 100 },
            columns,
          );
          const covered = shares.reduce((sum, share) => sum + share * (count / columns), 0);
          const inside = ports.filter((port) => port >= first && port < first + count).length;
          expect(covered).toBeCloseTo(inside, 5);
        },
      ),
      { examples: [[47_435, 9_015, [48_607], 1_492]], numRuns: 1_000 },
    );
  });

  it('draw nothing where nothing is in use, and something where one number is', () => {
    expect(columnPath([0, 0], 2, 20, 18, 2)).toBe('');
    expect(columnPath([0.01], 2, 20, 18, 2)).toBe('M0 20v-2h2v2z');
  });
});

describe('counting a range', () => {
  const range = { start: 49_152, count: 16_384 };

  it('counts a number once, an exclusion before a use', () => {
    const exclusions = [
      { start: 50_000, count: 60 },
      { start: 50_050, count: 50 },
      { start: 80, count: 1 },
    ];
    expect(countPorts(range, exclusions, [[50_090, 50_109]])).toEqual({
      excluded: 100,
      inUse: 10,
      free: 16_384 - 110,
    });
  });

  it('leaves numbers outside the range alone', () => {
    expect(countPorts(range, [], [[0, 1_024]])).toEqual({ excluded: 0, inUse: 0, free: 16_384 });
  });
});

describe('labels under the bar', () => {
  it('stand in order, none on another, all inside', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 600, noNaN: true }), { maxLength: 30 }),
        (places) => {
          const labels = places.map((at, index) => ({ at, text: `label ${index}` }));
          const placed = placeBarLabels(labels, 600, (text) => text.length * 6);
          placed.forEach(({ x, text }, index) => {
            expect(x).toBeGreaterThanOrEqual(0);
            expect(x + text.length * 6).toBeLessThanOrEqual(600);
            const before = placed[index - 1];
            if (before !== undefined) {
              expect(x).toBeGreaterThanOrEqual(before.x + before.text.length * 6 + 12);
            }
          });
        },
      ),
    );
  });

  it('stand under what they name where there is room', () => {
    const [label] = placeBarLabels([{ at: 300, text: 'admin. 60' }], 600, () => 50);
    expect(label?.x).toBe(275);
  });
});
