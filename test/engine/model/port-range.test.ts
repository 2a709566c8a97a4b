import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { contains, usableCount, type PortRange } from '#engine/model/port-range.ts';

const range = fc
  .tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 200 }))
  .map(([start, count]): PortRange => ({ start, count }));

test('usable numbers are those of the range that no exclusion covers, overlaps counted once', () => {
  fc.assert(
    fc.property(range, fc.array(range, { maxLength: 6 }), (whole, exclusions) => {
      const numbers = new Set<number>();
      for (let port = 1; port <= 700; port++) if (contains(whole, port)) numbers.add(port);
      for (const excluded of exclusions) {
        for (let n = 0; n < excluded.count; n++) numbers.delete(excluded.start + n);
      }
      expect(usableCount(whole, exclusions)).toBe(numbers.size);
    }),
  );
});
