import { expect, test } from 'vitest';
import type { PlanCheck } from '#engine/planner/check-plan.ts';
import { DOCUMENTED_PROFILE } from '#engine/profile/documented-profile.ts';
import { assumptionRows, assumptionsHint } from '#renderer/screens/planner/assumption-rows.ts';
import { checkWords } from '#renderer/screens/planner/check-words.ts';
import { fullAfter, spanWords } from '#renderer/screens/planner/plan-words.ts';
import { inWindow } from '#renderer/screens/planner/start-words.ts';

test('ports left: a number, or the span where it rests on how numbers are picked', () => {
  expect(spanWords({ min: 14_000, max: 14_000 })).toBe('14,000');
  expect(spanWords({ min: 3, max: 3_500 })).toBe('3 to 3,500');
});

test('the time until it is full, in the unit that reads easily', () => {
  expect(
    [null, 0.25, 93.4, 1_500, 12_600, 86_400 * 3].map((seconds) => fullAfter(seconds)),
  ).toEqual(['never', '0.3 s', '93 s', '25 min', '3.5 h', '3 days']);
});

test('a check says that it held, that it could not tell, or that it disagrees', () => {
  const check: PlanCheck = {
    strategy: 'port-scalability',
    addresses: 2,
    met: true,
    held: 900,
    capacity: 1_000,
    leftAtPeak: null,
    refusedAt: null,
    cutShort: null,
  };
  expect(checkWords(check, 63.6)).toEqual({ tone: 'ok', words: 'checked by simulation, 64 ms' });
  expect(checkWords({ ...check, met: false }, 64)).toEqual({
    tone: 'warn',
    words: 'the simulation disagrees: 900 of 1,000 were held, 64 ms',
  });
  const cutShort = 'only 900 sockets were simulated';
  expect(checkWords({ ...check, met: null, cutShort }, 1_200)).toEqual({
    tone: 'warn',
    words: 'check cut short, only 900 sockets were simulated: it held so far, 1.2 s',
  });
});

test('what is said to the console only is left out in a window', () => {
  expect(inWindow('start from a run (--from ID), or from a profile (--profile NAME)')).toBe(
    'start from a run, or from a profile',
  );
});

const measured = { basis: 'measured', run: 'run-1' } as const;

test('an assumption is measured only where Windows itself gave the value assumed', () => {
  const rows = assumptionRows(['A19', 'A20', 'A21', 'A26'], DOCUMENTED_PROFILE, [
    { id: 'A19', value: 'next-fit', ...measured },
    { id: 'A20', value: 'pack', ...measured },
    { id: 'A21', value: '120', basis: 'wine', run: 'run-2' },
  ]);
  expect(rows.map(({ id, value, answer }) => [id, value, answer?.value])).toEqual([
    ['A19', 'next-fit', 'next-fit'],
    ['A20', 'none', 'pack'],
    ['A21', '120', '120'],
    ['A26', 'kept-out', undefined],
  ]);
  expect(assumptionsHint(rows)).toBe('3 of 4 not measured');
  expect(assumptionsHint(rows.slice(0, 1))).toBe('all measured');
  expect(assumptionsHint(rows.slice(1))).toBe('none of it measured');
});

test('of several runs the newest of Windows counts, before a newer one of Wine', () => {
  const [row] = assumptionRows(['A19'], DOCUMENTED_PROFILE, [
    { id: 'A19', value: 'pack', basis: 'wine', run: 'newest' },
    { id: 'A19', value: 'random', basis: 'measured', run: 'newer' },
    { id: 'A19', value: 'spread', basis: 'measured', run: 'older' },
  ]);
  expect(row?.answer?.run).toBe('newer');
});
