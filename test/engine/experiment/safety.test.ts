import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_SOCKETS_UNKNOWN_RANGE, resolveLimits, roomLeft } from '#engine/experiment/safety.ts';
import { LabError } from '#engine/model/lab-error.ts';

const NOTHING_ASKED = {
  reserve: undefined,
  maxSockets: undefined,
  maxSeconds: undefined,
  exhaustive: false,
};

describe('limits', () => {
  test('keep 80 % of the range free unless asked otherwise', () => {
    const limits = resolveLimits(NOTHING_ASKED, 16_384, 16_000, false);
    expect(limits.reserve).toBe(13_108);
    expect(limits.freeOnAll).toBe(16_000);
  });

  test('refuse a reserve above what is free', () => {
    const wishes = { ...NOTHING_ASKED, reserve: { kind: 'number', ports: 1_001 } as const };
    expect(() => resolveLimits(wishes, 16_384, 1_000, false)).toThrow(LabError);
    expect(
      resolveLimits({ ...wishes, reserve: { kind: 'number', ports: 1_000 } }, 16_384, 1_000, false)
        .reserve,
    ).toBe(1_000);
  });

  test('with an unknown range a share is refused, and few sockets are the default', () => {
    const share = { ...NOTHING_ASKED, reserve: { kind: 'percent', percent: 50 } as const };
    expect(() => resolveLimits(share, null, null, false)).toThrow(/--max-sockets|unknown/);
    expect(resolveLimits(NOTHING_ASKED, null, null, false).maxSockets).toBe(
      MAX_SOCKETS_UNKNOWN_RANGE,
    );
  });
});

describe('room', () => {
  test('whatever numbers the host picks, taking the room never goes below the reserve', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 1, max: 600 }),
        fc.array(fc.boolean(), { maxLength: 400 }),
        (freeOnAll, reserve, maxSockets, isNewNumber) => {
          fc.pre(reserve <= freeOnAll);
          const limits = { exhaustive: false, reserve, freeOnAll, maxSockets, maxSeconds: 10 };
          let held = 0;
          let union = 0;
          for (const fresh of isNewNumber) {
            const room = roomLeft(limits, held, union, 0);
            if ('limit' in room) break;
            // The worst a host can do with the room it is given: every number a new one.
            expect(freeOnAll - (union + room.sockets)).toBeGreaterThanOrEqual(reserve);
            expect(held + room.sockets).toBeLessThanOrEqual(maxSockets);
            held++;
            if (fresh) union++;
          }
        },
      ),
    );
  });

  test('time, sockets and reserve each end it', () => {
    const limits = { exhaustive: false, reserve: 5, freeOnAll: 10, maxSockets: 100, maxSeconds: 1 };
    expect(roomLeft(limits, 0, 0, 1e9)).toEqual({ limit: 'max-seconds' });
    expect(roomLeft(limits, 100, 0, 0)).toEqual({ limit: 'max-sockets' });
    expect(roomLeft(limits, 5, 5, 0)).toEqual({ limit: 'reserve' });
    expect(roomLeft({ ...limits, exhaustive: true }, 5, 5, 0)).toEqual({ sockets: 95 });
  });
});
