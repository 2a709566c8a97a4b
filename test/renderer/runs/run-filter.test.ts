import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BASES, RUN_STATUSES } from '#engine/run/run-document.ts';
import { NO_FILTER, countBy, filterRuns, isFiltering } from '#renderer/screens/runs/run-filter.ts';
import { summary } from './summaries.ts';

const others = [summary(), summary({ id: '20260102-000000-bbbb', hostname: 'beta' })];

describe('searching runs', () => {
  test.each([
    ['title', { title: 'Proxy tier' }, 'PROXY'],
    ['a tag', { tags: ['weekly', 'edge'] }, 'edge'],
    ['host', { hostname: 'SAMPLE-1' }, 'sample'],
    ['experiment', { experiment: 'sweep' }, 'sweep'],
    ['verdict', { verdict: 'SO_PORT_SCALABILITY multiplies the ports.' }, 'multiplies'],
    ['id', { id: '20260203-040506-zzzz' }, '040506-zz'],
    ['profile', { profile: 'wide.json' }, 'wide'],
  ])('finds a run by its %s, whatever the case', (_, given, words) => {
    const wanted = summary(given);
    expect(filterRuns([...others, wanted], { ...NO_FILTER, words })).toEqual([wanted]);
  });

  test('needs every word, anywhere and in any order, and none across two fields', () => {
    const run = summary({ title: 'Proxy tier', hostname: 'gamma', tags: ['a', 'b'] });
    const found = (words: string): boolean =>
      filterRuns([run], { ...NO_FILTER, words }).length === 1;
    expect(found('  gamma   proxy ')).toBe(true);
    expect(found('proxy delta')).toBe(false);
    expect(found('tiercapacity')).toBe(false);
    expect(found('ab')).toBe(false);
  });

  test('without a filter gives the list itself', () => {
    expect(filterRuns(others, NO_FILTER)).toBe(others);
    expect(isFiltering({ ...NO_FILTER, words: '   ' })).toBe(false);
    expect(isFiltering({ ...NO_FILTER, statuses: ['failed'] })).toBe(true);
  });

  test('keeps the order and exactly what every filter lets through', () => {
    const runs = fc.array(
      fc
        .record({
          basis: fc.constantFrom(...BASES),
          status: fc.constantFrom(...RUN_STATUSES),
          title: fc.constantFrom(null, 'one', 'two'),
        })
        .map(summary),
      { maxLength: 40 },
    );
    const filter = fc.record({
      words: fc.constantFrom('', 'one', 'TWO', 'none of these'),
      bases: fc.subarray([...BASES]),
      statuses: fc.subarray([...RUN_STATUSES]),
    });
    fc.assert(
      fc.property(runs, filter, (list, by) => {
        const expected = list.filter(
          ({ basis, status, title }) =>
            (by.bases.length === 0 || by.bases.includes(basis)) &&
            (by.statuses.length === 0 || by.statuses.includes(status)) &&
            (by.words === '' || title === by.words.toLowerCase()),
        );
        expect(filterRuns(list, by)).toEqual(expected);
        const counts = countBy(list, ({ status }) => status);
        for (const status of RUN_STATUSES) {
          const left = filterRuns(list, { ...NO_FILTER, statuses: [status] });
          expect(left.length).toBe(counts.get(status) ?? 0);
        }
      }),
    );
  });
});
