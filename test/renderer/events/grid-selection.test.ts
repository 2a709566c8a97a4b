import { describe, expect, test } from 'vitest';
import {
  rangeOf,
  selectionAfterClick,
  selectionAfterKey,
  type GridSelection,
} from '#renderer/events/grid-selection.ts';

const ROWS = 100;
const PAGE = 10;
const key = (name: string, held: 'shift' | 'ctrl' | '' = '') => ({
  key: name,
  shiftKey: held === 'shift',
  ctrlKey: held === 'ctrl',
});
const at = (current: number, anchor = current): GridSelection => ({ anchor, current });

describe('choosing rows', () => {
  test.each([
    ['the first arrow begins at the top', null, key('ArrowDown'), at(0)],
    ['down', at(5), key('ArrowDown'), at(6)],
    ['up at the top stays', at(0), key('ArrowUp'), at(0)],
    ['down at the end stays', at(99), key('ArrowDown'), at(99)],
    ['a page', at(5), key('PageDown'), at(15)],
    ['a page back over the top', at(5), key('PageUp'), at(0)],
    ['to the end', at(5), key('End'), at(99)],
    ['to the top', at(5), key('Home'), at(0)],
    ['Shift widens', at(5), key('ArrowDown', 'shift'), at(6, 5)],
    ['Shift narrows again', at(8, 5), key('ArrowUp', 'shift'), at(7, 5)],
    ['Shift to the end', at(5), key('End', 'shift'), at(99, 5)],
    ['without Shift the range is over', at(8, 5), key('ArrowDown'), at(9)],
    ['all', at(5), key('a', 'ctrl'), at(99, 0)],
  ])('%s', (_, from, pressed, expected) => {
    expect(selectionAfterKey(from, pressed, ROWS, PAGE)).toEqual(expected);
  });

  test('other keys and empty lists mean nothing', () => {
    expect(selectionAfterKey(at(5), key('x'), ROWS, PAGE)).toBeNull();
    expect(selectionAfterKey(null, key('ArrowDown'), 0, PAGE)).toBeNull();
  });

  test('a click chooses one row, with Shift all up to it, in either direction', () => {
    expect(selectionAfterClick(at(5), 9, false)).toEqual(at(9));
    expect(rangeOf(selectionAfterClick(at(5), 9, true))).toEqual({ from: 5, to: 10 });
    expect(rangeOf(selectionAfterClick(at(5), 2, true))).toEqual({ from: 2, to: 6 });
    expect(rangeOf(selectionAfterClick(null, 2, true))).toEqual({ from: 2, to: 3 });
  });
});
