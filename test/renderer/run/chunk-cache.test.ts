import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EventBatch } from '#engine/event/event-batch.ts';
import { LabError } from '#engine/model/lab-error.ts';
import { ChunkCache, type DecodedChunk } from '#renderer/screens/run/events/chunk-cache.ts';
import { FULL, recordedView, type RecordedView } from './recorded-view.ts';

/** A run of so many chunks; a row's port is its number. */
function chunksOf(sizes: readonly number[]): { chunks: DecodedChunk[]; rows: number } {
  const chunks: DecodedChunk[] = [];
  let rows = 0;
  for (const size of sizes) {
    const batch = new EventBatch(size, size);
    for (let at = 0; at < size; at++) batch.port[at] = rows + at;
    chunks.push({ first: rows, batch });
    rows += size;
  }
  return { chunks, rows };
}

function loaderOf(chunks: readonly DecodedChunk[]) {
  const asked: number[] = [];
  const load = async (row: number): Promise<DecodedChunk> => {
    asked.push(row);
    await Promise.resolve();
    const found = chunks.find(({ first, batch }) => first <= row && row < first + batch.length);
    if (found === undefined) throw new Error(`no row ${row}`);
    return found;
  };
  return { asked, load };
}

/** Until nothing more is fetched. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

describe('the cache of decoded chunks', () => {
  test('gives the rows in view, whatever the chunks and however one scrolls', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 120 }),
        fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(50)), {
          minLength: 1,
          maxLength: 12,
        }),
        async (sizes, looks) => {
          const { chunks, rows } = chunksOf(sizes);
          const { load } = loaderOf(chunks);
          const cache = new ChunkCache(rows, load);
          for (const [share, height] of looks) {
            const from = Math.floor(share * (rows - 1));
            const to = Math.min(rows, from + height + 1);
            cache.want(from, to);
            await settled();
            for (let row = from; row < to; row++) {
              expect(cache.get(row)).toMatchObject({ seq: row, port: row & 0xffff });
            }
            expect(cache.error).toBeNull();
            // What is in view, a neighbour on either side, and what is kept anyway.
            expect(cache.size).toBeLessThanOrEqual(Math.max(24, height + 3));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('fetches what lies on either side, and nothing twice', async () => {
    const { chunks, rows } = chunksOf([10, 10, 10, 10, 10]);
    const { asked, load } = loaderOf(chunks);
    const cache = new ChunkCache(rows, load);
    cache.want(22, 28);
    await settled();
    expect(asked).toEqual([22, 30, 19]);
    cache.want(25, 35);
    await settled();
    expect(asked).toEqual([22, 30, 19, 40]);
    cache.want(22, 28);
    await settled();
    expect(asked.length).toBe(4);
  });

  test('never asks for what was only passed on the way', async () => {
    const { chunks, rows } = chunksOf(Array.from({ length: 200 }, () => 10));
    const { asked, load } = loaderOf(chunks);
    const cache = new ChunkCache(rows, load);
    for (let row = 0; row < 1_500; row += 10) cache.want(row, row + 5);
    await settled();
    expect(cache.get(1_490)).toBeDefined();
    expect(asked.length).toBeLessThan(6);
  });

  test('says why rows could not be had, and gets them when asked again', async () => {
    const { chunks, rows } = chunksOf([10, 10]);
    const { load } = loaderOf(chunks);
    let broken = true;
    const cache = new ChunkCache(rows, (row) =>
      broken
        ? Promise.reject(new LabError('failed', 'the connection ended', 'connect again'))
        : load(row),
    );
    cache.want(0, 10);
    await settled();
    expect(cache.error?.message).toBe('the connection ended');
    expect(cache.get(0)).toBeUndefined();
    broken = false;
    cache.want(0, 10);
    await settled();
    expect(cache.error).toBeNull();
    expect(cache.get(9)?.port).toBe(9);
  });

  test('does not ask for ever where the service gives other rows', async () => {
    const { chunks, rows } = chunksOf([10, 10]);
    let asked = 0;
    const cache = new ChunkCache(rows, async () => {
      asked++;
      return chunks[0]!;
    });
    cache.want(12, 15);
    await settled();
    expect(asked).toBe(1);
    expect(cache.error?.message).toContain('row 12');
  });
});

describe('the cache on a run recorded for real', () => {
  let recorded: RecordedView;
  beforeAll(async () => {
    recorded = await recordedView(FULL);
  });
  afterAll(() => recorded.close());

  test('gives every row as it was recorded, to the last', async () => {
    const { rows, view, load } = recorded;
    expect(rows.length).toBe(view.rows);
    expect(rows.length).toBeGreaterThan(50_000);
    const cache = new ChunkCache(view.rows, load);
    expect(await cache.read(0, view.rows + 10)).toEqual(rows);
    cache.want(view.rows - 20, view.rows);
    await expect.poll(() => cache.get(view.rows - 1)).toEqual(rows.at(-1));
  });
});
