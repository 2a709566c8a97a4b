import { describe, expect, it } from 'vitest';
import { nextOrder, sortRows, type SortValue } from '#renderer/kit/sort-rows.ts';

const sorted = (values: SortValue[], direction: 'ascending' | 'descending'): SortValue[] =>
  sortRows(values, (value) => value, direction);

describe('sortRows', () => {
  it('orders figures as figures and text as people do', () => {
    expect(sorted([10, 9, 100], 'ascending')).toEqual([9, 10, 100]);
    expect(sorted(['run 10', 'Run 9', 'run 1'], 'ascending')).toEqual(['run 1', 'Run 9', 'run 10']);
    expect(sorted(['10.0.0.12', '10.0.0.2'], 'ascending')).toEqual(['10.0.0.2', '10.0.0.12']);
  });

  it('puts what has no value last, both ways', () => {
    expect(sorted([null, 2, 1], 'ascending')).toEqual([1, 2, null]);
    expect(sorted([null, 1, 2], 'descending')).toEqual([2, 1, null]);
  });

  it('leaves rows that compare equal in their order, and the list it was given alone', () => {
    const rows = [
      { id: 'a', ports: 1 },
      { id: 'b', ports: 1 },
      { id: 'c', ports: 2 },
    ];
    const result = sortRows(rows, ({ ports }) => ports, 'descending').map(({ id }) => id);
    expect(result).toEqual(['c', 'a', 'b']);
    expect(rows.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });
});

describe('nextOrder', () => {
  it('begins figures with the largest and text with A, then turns round', () => {
    const first = nextOrder(null, 'ports', true);
    expect(first).toEqual({ column: 'ports', direction: 'descending' });
    expect(nextOrder(first, 'ports', true).direction).toBe('ascending');
    expect(nextOrder(first, 'name', false)).toEqual({ column: 'name', direction: 'ascending' });
  });
});
