import { describe, expect, test } from 'vitest';
import { parseTimeWindow } from '#engine/experiment/time-window.ts';
import {
  createMemoryWatch,
  LEAST_AVAILABLE,
  MOST_POOL_GROWTH,
} from '#main/service/memory-watch.ts';
import { createSafetyWatch } from '#main/service/safety-watch.ts';
import type { HostMemory } from '#native/host/memory.ts';
import { openFfi } from '#native/ffi/open-ffi.ts';

const GB = 1024 ** 3;

/** A watch over memory as told, first the state before the run. */
function watch(...states: readonly Partial<HostMemory>[]): (string | null)[] {
  const left = states.map((state) => ({ availablePhysical: 8 * GB, nonPagedPool: GB, ...state }));
  // The ffi is asked nothing where the memory is told.
  const memory = createMemoryWatch(openFfi('koffi'), () => left.shift()!);
  return states.slice(1).map(() => memory.check());
}

describe('the memory watch', () => {
  test('lets a run go on while there is memory', () => {
    const states = [{}, { nonPagedPool: 1.2 * GB }, { availablePhysical: LEAST_AVAILABLE }];
    expect(watch(...states)).toEqual([null, null]);
    expect(watch({}, { nonPagedPool: GB + MOST_POOL_GROWTH })).toEqual([null]);
    // What others give back is no growth.
    expect(watch({ nonPagedPool: 4 * GB }, { nonPagedPool: GB })).toEqual([null]);
  });

  test('ends it when little physical memory is left', () => {
    const [ok, short] = watch({}, {}, { availablePhysical: 100 * 1024 ** 2 });
    expect(ok).toBeNull();
    expect(short).toMatch(/100 MB.*256 MB/);
  });

  test('ends it when the non-paged pool grows beyond what sockets explain', () => {
    expect(watch({}, { nonPagedPool: 2.5 * GB })[0]).toMatch(/pool.*1,536 MB.*1,024 MB/);
  });

  test('stops nothing for what is unknown', () => {
    const unknown = { availablePhysical: null, nonPagedPool: null };
    expect(watch(unknown, unknown, { nonPagedPool: 9 * GB })).toEqual([null, null]);
    expect(watch({}, unknown)).toEqual([null]);
  });
});

describe('the safety watch', () => {
  test('ends a run with the part of the day it may go on in, once it is looked', () => {
    let minute = 5 * 60 + 29;
    let ms = 0;
    const look = createSafetyWatch(
      { ffi: null, exhaustive: true, onlyBetween: parseTimeWindow('22:00-05:30') },
      () => new Date(2026, 0, 15, 0, minute),
      () => ms,
    );
    expect(look()).toBeNull();
    minute += 1;
    ms = 249;
    expect(look(), 'too soon for another look').toBeNull();
    ms = 250;
    expect(look()).toMatchObject({ id: 'window-closed', severity: 'warning' });
    ms = 500;
    expect(look()?.text).toContain('22:00-05:30');
  });

  test('has nothing to look at where no part of the day is named and no real socket made', () => {
    const look = createSafetyWatch({ ffi: null, exhaustive: true, onlyBetween: undefined });
    expect(look()).toBeNull();
  });
});
