import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EventBatch } from '#engine/event/event-batch.ts';
import { scanErrors } from '#renderer/screens/run/events/error-scan.ts';
import { eventAt, type EventRow } from '#renderer/events/event-row.ts';
import { FoundRows } from '#renderer/screens/run/events/found-rows.ts';
import { FULL, recordedView, type RecordedView } from './recorded-view.ts';

const NEVER = new AbortController().signal;

function all(found: FoundRows): EventRow[] {
  return Array.from({ length: found.length }, (_, at) => found.get(at)!);
}

describe('looking for failed calls in a run recorded for real', () => {
  let recorded: RecordedView;
  let failed: EventRow[];
  beforeAll(async () => {
    recorded = await recordedView(FULL);
    failed = recorded.rows.filter(({ code }) => code !== 0);
  });
  afterAll(() => recorded.close());

  const request = () => ({
    run: recorded.run,
    from: 0,
    to: recorded.view.rows,
    found: new FoundRows(),
    signal: NEVER,
    progress: () => {},
  });

  test('finds all of them, and no other', async () => {
    expect(failed.length).toBeGreaterThan(0);
    const wanted = request();
    const seen: number[] = [];
    const end = await scanErrors(recorded.client, {
      ...wanted,
      progress: (row) => seen.push(row),
    });
    expect(end).toBe(recorded.view.rows);
    expect(seen.at(-1)).toBe(recorded.view.rows);
    expect(all(wanted.found)).toEqual(failed);
    const times = [...wanted.found.codes.values()].reduce((a, b) => a + b, 0);
    expect(times).toBe(failed.length);
  });

  test('stops when told to, and goes on where it was', async () => {
    const wanted = request();
    const stop = new AbortController();
    const first = await scanErrors(recorded.client, {
      ...wanted,
      signal: stop.signal,
      progress: () => stop.abort(),
    });
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(recorded.view.rows);
    const end = await scanErrors(recorded.client, { ...wanted, from: first });
    expect(end).toBe(recorded.view.rows);
    expect(all(wanted.found)).toEqual(failed);
  });

  test('looks no further than asked: a run may still go on', async () => {
    const [one] = failed as [EventRow];
    const wanted = request();
    const end = await scanErrors(recorded.client, { ...wanted, to: one.seq + 1 });
    expect(end).toBe(one.seq + 1);
    expect(all(wanted.found)).toEqual([one]);
  });

  test('finds no more than it may keep, and can be asked for what comes after', async () => {
    const wanted = { ...request(), found: new FoundRows(2) };
    const end = await scanErrors(recorded.client, wanted);
    expect(wanted.found.isFull).toBe(true);
    expect(end).toBe(failed[1]!.seq + 1);
    expect(await scanErrors(recorded.client, { ...wanted, from: end })).toBe(end);
    const rest = request();
    await scanErrors(recorded.client, { ...rest, from: end });
    expect(all(rest.found)).toEqual(failed.slice(2));
  });

  test('an unknown run is an error, not an empty list', async () => {
    const wanted = { ...request(), run: 'no-such' };
    await expect(scanErrors(recorded.client, wanted)).rejects.toMatchObject({ kind: 'usage' });
  });
});

describe('rows that were found', () => {
  test('keep every column, beyond any capacity they began with', () => {
    const found = new FoundRows();
    const batch = new EventBatch(3_000, 3_000);
    for (let at = 0; at < 3_000; at++) {
      batch.t[at] = at * 2 ** 33;
      batch.socket[at] = at * 7;
      batch.code[at] = 10_000 + (at % 3);
      batch.op[at] = at % 250;
      found.add(batch, at, at * 1e6);
    }
    expect(found.length).toBe(3_000);
    for (const at of [0, 1_023, 1_024, 2_999]) {
      expect(found.get(at)).toEqual(eventAt(batch, at, at * 1e6));
    }
    expect(found.get(3_000)).toBeUndefined();
    expect([0, 1, 1e6, 1e6 + 1, 3e9].map((seq) => found.placeOf(seq))).toEqual([0, 1, 1, 2, 3_000]);
  });
});
