import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callsInRow } from '#engine/event/op.ts';
import { eventWords } from '#engine/run/event-words.ts';
import { rowOf, type EventRow } from '#renderer/events/event-row.ts';
import { timeWords, tookWords } from '#renderer/events/event-times.ts';
import { toTsv } from '#renderer/screens/run/events/tsv.ts';
import { FULL, recordedView, type RecordedView } from '../run/recorded-view.ts';

describe('a row’s cells', () => {
  test('times do not lose the µs, however long the run', () => {
    expect(timeWords(0)).toBe('0.000');
    expect(timeWords(1_234_567)).toBe('1.235');
    expect(timeWords(3_600e9)).toBe('3,600,000.000');
    expect(tookWords(860)).toBe('0.9');
    expect(tookWords(2_627_500)).toBe('2,627.5');
  });

  test('a row’s number may be typed with separators, and must be one of the run', () => {
    expect(rowOf('1,204', 2_000)).toBe(1_204);
    expect(rowOf(' 12 345 ', 20_000)).toBe(12_345);
    expect(rowOf('0', 1)).toBe(0);
    for (const text of ['', '-1', '1e3', '2000', 'abc', '9'.repeat(30)]) {
      expect(rowOf(text, 2_000), text).toBeNull();
    }
  });
});

describe('the words of a run recorded for real', () => {
  let recorded: RecordedView;
  beforeAll(async () => {
    recorded = await recordedView(FULL);
  });
  afterAll(() => recorded.close());

  test('every row has a call and a meaning, and the calls add up', () => {
    const { rows, view } = recorded;
    let calls = 0;
    const unsaid: EventRow[] = [];
    for (const row of rows) {
      calls += callsInRow(row.op, row.value);
      const { call, error, meaning, address } = eventWords(row, view.addresses);
      const isSaid =
        meaning !== '' && !call.startsWith('op ') && (row.code === 0) === (error === '');
      if (!isSaid || address.startsWith('address ')) unsaid.push(row);
    }
    expect(unsaid).toEqual([]);
    expect(calls).toBe(view.document.run.eventCount);
  });

  test('as text for a spreadsheet, every row has every column, as recorded', () => {
    const { rows, view } = recorded;
    const some = rows.slice(16_380, 16_420);
    const [header, ...lines] = toTsv(some, view.addresses).trimEnd().split('\r\n');
    const names = header?.split('\t') ?? [];
    expect(lines.length).toBe(some.length);
    lines.forEach((line, at) => {
      const cells = line.split('\t');
      expect(cells.length).toBe(names.length);
      const cell = (name: string): string => cells[names.indexOf(name)] ?? '';
      const row = some[at]!;
      expect(Number(cell('row'))).toBe(row.seq);
      expect(Number(cell('t_ns'))).toBe(row.t);
      expect(Number(cell('code'))).toBe(row.code);
      expect(cell('address')).toBe(view.addresses[row.address]);
    });
  });
});
