import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MAX_PART_BYTES } from '#engine/api/contract.ts';
import { exportRun } from '#renderer/screens/runs/transfer/export-run.ts';
import { Cancelled } from '#renderer/screens/runs/transfer/import-file.ts';
import { TransferQueue, type Transfer } from '#renderer/screens/runs/transfer/transfer-queue.ts';
import {
  reasonWords,
  summaryWords,
  transferWords,
} from '#renderer/screens/runs/transfer/transfer-words.ts';
import { CONNECTIONS } from '#test/wire/connections.ts';
import { SMALL, recordedLab, type RecordedLab } from './recorded-lab.ts';

/** Large enough for several parts. */
const LARGE = { ...SMALL, exhaustive: true, maxSockets: 32_000, seed: 8 } as const;

describe.each(CONNECTIONS)('files over $name', (connection) => {
  let here: RecordedLab;
  let there: RecordedLab;
  let small: string;
  let large: string;

  beforeAll(async () => {
    here = await recordedLab(connection);
    there = await recordedLab(connection);
    small = await here.record(SMALL);
    large = await here.record(LARGE);
  });
  afterAll(async () => {
    await here.close();
    await there.close();
  });

  /** Runs of `here` as files, as the browser would save them. */
  async function saved(...runs: readonly string[]): Promise<File[]> {
    const files: File[] = [];
    const queue = new TransferQueue((file, name) => files.push(new File([file], name)));
    await queue.exportRuns(here.client, runs);
    expect(queue.transfers.map(({ state, reason }) => [state, reason])).toEqual(
      runs.map(() => ['done', '']),
    );
    return files;
  }

  test('a run goes out whole and comes in as the same run; the second time it is known', async () => {
    const files = await saved(small, large);
    expect(files.map(({ name }) => name)).toEqual([`${small}.labrun`, `${large}.labrun`]);
    expect(files[1]?.size).toBeGreaterThan(MAX_PART_BYTES);

    const queue = new TransferQueue(() => {});
    const seen: Transfer[][] = [];
    queue.subscribe(() => seen.push([...queue.transfers]));
    await queue.importFiles(there.client, files);
    expect(queue.transfers.map(({ state, run }) => [state, run])).toEqual([
      ['done', small],
      ['done', large],
    ]);
    for (const run of [small, large]) {
      expect(await there.client.call('run', { run })).toEqual(
        await here.client.call('run', { run }),
      );
    }
    // Its progress was told part by part, and never went back.
    const moved = seen.map((all) => all[1]?.moved ?? 0);
    expect(new Set(moved).size).toBeGreaterThan(2);
    expect(moved).toEqual(moved.toSorted((a, b) => a - b));
    expect(summaryWords(queue.transfers)).toBe('2 imported');
    // What ended is off the list when something new begins.
    await queue.importFiles(there.client, files);
    expect(queue.transfers.map(({ state, run }) => [state, run])).toEqual([
      ['known', small],
      ['known', large],
    ]);
    queue.clearEnded();
    expect(queue.transfers).toEqual([]);
  });

  test('a file that is refused is named with its reason, and holds up no other', async () => {
    const [good] = await saved(small);
    const cut = new File([await good!.slice(0, good!.size - 4_000).arrayBuffer()], 'cut.labrun');
    const folder = {
      name: 'a folder',
      size: 4_096,
      slice: () => ({ arrayBuffer: () => Promise.reject(new Error('NotReadableError')) }),
    };
    const queue = new TransferQueue(() => {});
    await queue.importFiles(there.client, [
      new File(['no run at all'], 'notes.labrun'),
      new File([], 'nothing.labrun'),
      cut,
      folder,
      good!,
    ]);
    expect(queue.transfers.map(({ name, state }) => [name, state])).toEqual([
      ['notes.labrun', 'refused'],
      ['nothing.labrun', 'refused'],
      ['cut.labrun', 'refused'],
      ['a folder', 'refused'],
      [`${small}.labrun`, 'known'],
    ]);
    for (const transfer of queue.transfers.slice(0, 4)) {
      expect(reasonWords(transfer)).not.toBe('');
      expect(reasonWords(transfer)).not.toContain(transfer.name);
      expect(transferWords(transfer)).toBe('refused');
    }
  });

  test('a cancelled upload leaves nothing, however often; what waits is not begun', async () => {
    const before = await there.ids();
    const [file] = await saved(large);
    // More than the service lets one screen have open at once.
    for (let time = 0; time < 6; time++) {
      const queue = new TransferQueue(() => {});
      queue.subscribe(() => {
        const [first] = queue.transfers;
        if (first !== undefined && first.moved > 0) queue.cancel(first.id);
      });
      const all = queue.importFiles(there.client, [file!, file!]);
      queue.cancel(queue.transfers[1]!.id);
      await all;
      expect(queue.transfers.map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
      expect(summaryWords(queue.transfers)).toBe('2 cancelled');
    }
    expect(await there.ids()).toEqual(before);
  });

  test('a cancelled export ends the stream, and another one goes out whole', async () => {
    const stop = new AbortController();
    const cancelled = exportRun(here.client, large, {
      signal: stop.signal,
      progress: () => stop.abort(),
    });
    await expect(cancelled).rejects.toBeInstanceOf(Cancelled);
    expect(await saved(small)).toHaveLength(1);
  });

  test('an unknown run is not exported, and says why', async () => {
    const queue = new TransferQueue(() => {
      throw new Error('nothing is to be saved');
    });
    await queue.exportRuns(here.client, ['no-such']);
    const [refused] = queue.transfers;
    expect(refused).toMatchObject({ state: 'refused', kind: 'export' });
    expect(refused?.reason).toContain('no-such');
  });
});
