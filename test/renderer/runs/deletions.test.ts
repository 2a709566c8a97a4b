import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Deletions, deletedWords, restoredWords } from '#renderer/screens/runs/deletions.ts';
import { CONNECTIONS } from '#test/wire/connections.ts';
import { SMALL, recordedLab, type RecordedLab } from './recorded-lab.ts';

describe('deleting runs', () => {
  let lab: RecordedLab;
  let runs: string[];

  beforeAll(async () => {
    lab = await recordedLab(CONNECTIONS[0]!);
    runs = [await lab.record(SMALL), await lab.record(SMALL), await lab.record(SMALL)];
  });
  afterAll(() => lab.close());

  test('takes them off the list, and step by step back onto it', async () => {
    const deletions = new Deletions(() => 0);
    const [first, second, third] = runs as [string, string, string];
    expect(await deletions.delete(lab.client, [first])).toBe(1);
    expect(await deletions.delete(lab.client, [second, third])).toBe(2);
    expect(await lab.ids()).toEqual([]);
    expect(deletedWords(deletions.steps)).toBe('2 runs deleted. 1 run before that.');

    const undone = await deletions.undo(lab.client);
    expect(restoredWords(undone)).toBe('2 runs back in the list.');
    expect((await lab.ids()).toSorted()).toEqual([second, third].toSorted());
    expect(deletedWords(deletions.steps)).toBe('1 run deleted.');
    await deletions.undo(lab.client);
    expect((await lab.ids()).toSorted()).toEqual(runs.toSorted());
    expect(deletions.steps).toEqual([]);
    expect(await deletions.undo(lab.client)).toEqual({ asked: 0, restored: 0 });
  });

  test('forgets a step when its time is over', async () => {
    let now = 0;
    const deletions = new Deletions(() => now);
    const [first, second] = runs as [string, string];
    await deletions.delete(lab.client, [first]);
    const [{ until } = { until: 0 }] = deletions.steps;
    expect(until).toBeGreaterThan(60_000);
    now = until + 1;
    await deletions.delete(lab.client, [second]);
    expect(deletions.steps.map((step) => step.runs)).toEqual([[second]]);
    await lab.client.call('undeleteRuns', { runs });
  });

  test('says how many could not come back, as when the lab ended meanwhile', async () => {
    const deletions = new Deletions(() => 0);
    await deletions.delete(lab.client, runs.slice(0, 1));
    await lab.client.call('undeleteRuns', { runs });
    const undone = await deletions.undo(lab.client);
    expect(undone).toEqual({ asked: 1, restored: 0 });
    expect(restoredWords(undone)).toContain('1 run could not be taken back');
  });

  test('deletes none where one of them can’t be', async () => {
    const deletions = new Deletions(() => 0);
    await expect(deletions.delete(lab.client, [runs[0]!, 'no-such'])).rejects.toMatchObject({
      kind: 'usage',
    });
    expect(deletions.steps).toEqual([]);
    expect((await lab.ids()).length).toBe(3);
  });
});
