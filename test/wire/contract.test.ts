import { setTimeout as sleep } from 'node:timers/promises';
import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { API_VERSION, type CallInput, type StreamPart } from '#engine/api/contract.ts';
import { decodeEvents } from '#engine/event/event-codec.ts';
import { callsInRow } from '#engine/event/op.ts';
import { HeadroomLog } from '#data/headroom-log.ts';
import { sampleHeadroom } from '#test/data/sample-headroom.ts';
import { CONNECTIONS, type Connected } from './connections.ts';
import { speak } from './raw-speaker.ts';
import { collect, openScreen, type Screen } from './screen.ts';

type Wish = CallInput<'startRun'>['wish'];

/** Two small arms on the model: some hundred events. */
const SMALL: Wish = {
  experiment: 'capacity',
  stack: 'simulated',
  addresses: ['10.0.0.1', '10.0.0.2'],
  maxSockets: 300,
  seed: 7,
};
/** Long enough to be looked at and stopped: paced, it would take minutes. */
const LONG: Wish = { ...SMALL, exhaustive: true, maxSockets: 40_000, parameters: { rate: '2000' } };

describe.each(CONNECTIONS)('the contract over $name', ({ connect }) => {
  let lab: Connected;
  let screen: Screen;

  beforeAll(async () => {
    lab = await connect();
    screen = await openScreen(lab);
  });
  afterAll(async () => {
    await lab.close();
  });

  async function runSmall(): Promise<string> {
    const { run } = await screen.client.call('startRun', { wish: SMALL });
    await screen.untilEnded(run);
    return run;
  }

  test('tells who it is, the host and the catalogue', async () => {
    const { facts, usableAddresses } = await screen.client.call('host', {});
    expect(facts.platform).toBe(process.platform);
    expect(usableAddresses.ipv4).toBeInstanceOf(Array);
    const { experiments } = await screen.client.call('experiments', {});
    expect(experiments.map(({ id }) => id)).toEqual(expect.arrayContaining(['sweep', 'capacity']));
    for (const { claims, parameters } of experiments) {
      expect(parameters).toHaveProperty('properties');
      for (const { says } of claims) expect(says).not.toBe('');
    }
    const { profiles } = await screen.client.call('profiles', {});
    expect(profiles[0]?.dynamicRanges.tcp4).toEqual({ start: 49_152, count: 16_384 });
  });

  test('the doctor looks at a modelled host, and at this one only on Windows', async () => {
    const view = await screen.client.call('doctor', { profile: 'windows-server-2022' });
    expect(view).toMatchObject({
      known: true,
      document: { basis: 'modelled', severity: 'well', profile: 'windows-server-2022' },
    });
    const here = await screen.client.call('doctor', {});
    expect(here.known).toBe(process.platform === 'win32');
    await expect(screen.client.call('doctor', { profile: 'nonsense' })).rejects.toThrow(
      /unknown profile/,
    );
  });

  test('a screen has headroom recorded until it says stop, again and again in its own time', async () => {
    const { client } = screen;
    const asked = { hours: 1, profile: 'windows-10' };
    if (process.platform !== 'win32') {
      await expect(client.call('startWatch', { everySeconds: 5 })).rejects.toThrow(/Windows/);
      expect((await client.call('watch', { profile: 'windows-10' })).watching).toBeNull();
    }
    await client.call('startWatch', { everySeconds: 30, profile: 'windows-10' });
    await client.call('startWatch', { everySeconds: 60, profile: 'windows-10' });
    const going = await client.call('watch', asked);
    expect(going).toMatchObject({ watching: { everySeconds: 60 }, problem: null });
    await client.call('stopWatch', { profile: 'windows-10' });
    const { samples, watching } = await client.call('watch', asked);
    // One look each: the next would have come in a minute.
    expect([samples.length, watching]).toEqual([2, null]);
    expect(samples[0]).toMatchObject({ basis: 'modelled', profile: 'windows-10' });
  });

  test('headroom over time is what watch recorded', async () => {
    const asked = { hours: 1, profile: 'documented' };
    expect(await screen.client.call('watch', asked)).toEqual({
      samples: [],
      recorded: 0,
      watching: null,
      problem: null,
    });
    const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
    const log = new HeadroomLog(lab.database);
    for (const minutes of [90, 30, 10]) log.add(sampleHeadroom(ago(minutes)));
    log.close();
    const { samples, recorded } = await screen.client.call('watch', asked);
    expect([samples.length, recorded]).toEqual([2, 2]);
    expect(await screen.client.call('watch', { ...asked, hours: 2, most: 2 })).toMatchObject({
      recorded: 3,
      samples: { length: 2 },
    });
  });

  test('a preview says what a run would take and takes nothing', async () => {
    const preview = await screen.client.call('preview', { wish: SMALL });
    expect(preview).toMatchObject({ basis: 'modelled', refusal: null, gate: null });
    expect(preview.plan.atOnce).toBeLessThanOrEqual(300);
    expect(preview.words.join(' ')).toContain('10.0.0.1, 10.0.0.2');
    const { activities } = await screen.client.call('activities', {});
    expect(activities).toEqual([]);
  });

  test('a run is started, told of, recorded and shown', async () => {
    const run = await runSmall();
    const { runs } = await screen.client.call('runs', {});
    expect(runs[0]).toMatchObject({ id: run, status: 'complete', basis: 'modelled' });
    const view = await screen.client.call('run', { run });
    expect(view.document.arms.map((arm) => arm.bound)).toEqual([300, 300]);
    expect(view.addresses).toEqual(['', '10.0.0.1', '10.0.0.2']);
    expect(screen.heard.runsChanged).toBeGreaterThan(0);
    // The last word is that nothing goes on.
    expect(screen.heard.activities.at(-1)).toEqual([]);
  });

  test('a recording can be read without its figures, and is the same', async () => {
    const run = await runSmall();
    const { series, ...recording } = await screen.client.call('run', { run });
    expect(series.arms).toHaveLength(2);
    expect(await screen.client.call('recording', { run })).toEqual(recording);
    await expect(screen.client.call('recording', { run: 'no-such' })).rejects.toMatchObject({
      kind: 'usage',
    });
  });

  test('its events come as a stream of recorded chunks, one for each credit', async () => {
    const run = await runSmall();
    const { document, rows } = await screen.client.call('run', { run });
    const { stream } = await screen.client.call('openEvents', { run, credits: 1 });
    const parts = await collect(screen.client, stream);
    expect(parts[0]?.addresses).toEqual(['', '10.0.0.1', '10.0.0.2']);
    let row = 0;
    let calls = 0;
    for (const part of parts) {
      expect(part.at).toBe(row);
      const batch = decoded(part);
      expect(batch.length).toBe(part.rows);
      for (let at = 0; at < batch.length; at++)
        calls += callsInRow(batch.op[at] ?? 0, batch.value[at] ?? 0);
      row += part.rows;
    }
    expect(row).toBe(rows);
    expect(calls).toBe(document.run.eventCount);
    const chunk = await screen.client.call('events', { run, row: rows - 1 });
    expect(chunk.first + chunk.rows).toBe(rows);
    await expect(screen.client.call('events', { run, row: rows })).rejects.toMatchObject({
      kind: 'usage',
    });
  });

  test('a run that goes on can be followed, and stops when told to', async () => {
    const { run } = await screen.client.call('startRun', { wish: LONG });
    await expect(screen.client.call('startRun', { wish: SMALL })).rejects.toMatchObject({
      kind: 'refused',
    });
    const { stream } = await screen.client.call('openEvents', { run, credits: 2 });
    const parts = collect(screen.client, stream);
    await until(() => (screen.heard.activities.at(-1)?.[0]?.held ?? 0) > 0);
    await expect(screen.client.call('deleteRuns', { runs: [run] })).rejects.toMatchObject({
      kind: 'refused',
    });
    const stopped = await screen.client.call('stopRun', { run });
    expect(stopped).toEqual({ run, status: 'cancelled' });
    // The stream ends by itself, with everything that was recorded.
    const { rows, document } = await screen.client.call('run', { run });
    expect(document.safety.openAfter).toBe(0);
    expect((await parts).reduce((sum, part) => sum + part.rows, 0)).toBe(rows);
    await expect(screen.client.call('stopRun', { run })).rejects.toMatchObject({ kind: 'usage' });
  });

  test('a stream sends no more than it was granted', async () => {
    const wish: Wish = { ...SMALL, exhaustive: true, maxSockets: 16_000 };
    const { run } = await screen.client.call('startRun', { wish });
    await screen.untilEnded(run);
    const { stream } = await screen.client.call('openEvents', { run, credits: 2 });
    let got = 0;
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let later = 0;
    const done = new Promise<void>((resolve) => {
      screen.client.consume(stream, {
        async part() {
          got++;
          await held;
          later++;
        },
        end: () => resolve(),
      });
    });
    // A busy screen gives no credit back; what it was granted waits for it, and no more comes.
    const watch = await watchParts(lab, run, 2);
    await until(() => watch.parts === 2 && got === 1);
    await sleep(150);
    expect(watch.parts).toBe(2);
    release();
    await done;
    expect(later).toBeGreaterThan(2);
  });

  test('a run exported and imported elsewhere is the same run', async () => {
    const run = await runSmall();
    const { stream, bytes, fileName } = await screen.client.call('openExport', { run, credits: 4 });
    expect(fileName).toBe(`${run}.labrun`);
    const parts = await collect(screen.client, stream);
    const file = Buffer.concat(parts.map((part) => part.body));
    expect(file.length).toBe(bytes);
    const before = await screen.client.call('run', { run });

    const other = await connect();
    try {
      const there = await openScreen(other);
      const upload = async (content: Uint8Array, name = fileName) => {
        const begun = await there.client.call('beginImport', { name, bytes: content.length });
        await there.client.call('importPart', { upload: begun.upload, body: content });
        return there.client.call('endImport', { upload: begun.upload });
      };
      expect(await upload(file)).toEqual({ run, known: false });
      expect(await upload(file)).toEqual({ run, known: true });
      expect(await there.client.call('run', { run })).toEqual(before);
      await expect(upload(Buffer.from('no run at all'), 'C:\\tmp\\bad.labrun')).rejects.toThrow(
        /^bad\.labrun: /,
      );
    } finally {
      await other.close();
    }
  });

  test('a deleted run is gone, and back when taken back', async () => {
    const run = await runSmall();
    const ids = async () => (await screen.client.call('runs', {})).runs.map(({ id }) => id);
    const { deleted } = await screen.client.call('deleteRuns', { runs: [run] });
    expect(deleted).toEqual([run]);
    expect(await ids()).not.toContain(run);
    expect(await screen.client.call('undeleteRuns', { runs: [run] })).toEqual({ restored: [run] });
    expect(await ids()).toContain(run);
  });

  test('runs stand side by side, in the order asked', async () => {
    const [one, two] = [await runSmall(), await runSmall()];
    const asked = [two, one];
    const { document, runs, claimTexts } = await screen.client.call('compare', { runs: asked });
    expect(document.runs).toEqual(asked);
    expect(runs.map((run) => run.document.run.id)).toEqual(asked);
    const [first] = runs;
    const alone = await screen.client.call('run', { run: two });
    expect(first).toEqual({ document: alone.document, series: alone.series });
    expect(claimTexts['PS-1']).toBeTruthy();
    for (const list of [[one], [one, one], [one, 'no-such'], Array<string>(9).fill(one)]) {
      await expect(screen.client.call('compare', { runs: list })).rejects.toMatchObject({
        kind: 'usage',
      });
    }
  });

  test('a report comes as a file', async () => {
    const run = await runSmall();
    for (const format of ['html', 'json', 'csv'] as const) {
      const { fileName, body } = await screen.client.call('report', { run, format });
      expect(fileName).toBe(`${run}.${format}`);
      expect(Buffer.from(body).toString('utf8')).toContain(run);
    }
  });

  test('bad questions are answered with what was wrong, and nothing else', async () => {
    const ask = screen.client.call as (name: string, input: unknown) => Promise<unknown>;
    const cases: [string, unknown, string][] = [
      ['run', { run: 'no-such' }, 'usage'],
      ['run', { run: 5 }, 'usage'],
      ['run', {}, 'usage'],
      ['run', null, 'usage'],
      ['runs', { extra: 1 }, 'usage'],
      ['toString', {}, 'usage'],
      ['constructor', {}, 'usage'],
      ['preview', { wish: { experiment: 'none' } }, 'usage'],
      ['preview', { wish: { ...SMALL, addresses: ['not an address'] } }, 'usage'],
      ['startRun', { wish: { ...SMALL, maxSockets: -1 } }, 'usage'],
      ['startRun', { wish: { ...SMALL, stack: 'winsock' } }, 'refused'],
      ['importPart', { upload: 99, body: 'text' }, 'usage'],
      ['openExport', { run: 'no-such', credits: 1 }, 'usage'],
    ];
    for (const [name, input, kind] of cases) {
      await expect(ask(name, input), `${name} ${JSON.stringify(input)}`).rejects.toMatchObject({
        name: 'LabError',
        kind,
      });
    }
    // The refused start left nothing behind.
    expect((await screen.client.call('activities', {})).activities).toEqual([]);
  });

  test('nobody is answered before hello, or with another version of the contract', async () => {
    const silent = await openScreen(lab, { hello: null });
    await expect(silent.client.call('runs', {})).rejects.toMatchObject({ kind: 'refused' });
    await expect(silent.client.call('hello', { api: 999 })).rejects.toMatchObject({
      kind: 'refused',
    });
    silent.client.close();
  });

  test('only the desktop’s main process may name files', async () => {
    const path = '/etc/passwd';
    await expect(screen.client.call('importFile', { path })).rejects.toMatchObject({
      kind: 'refused',
    });
  });
});

/** A stream nobody consumes: counts the parts that arrive. */
async function watchParts(lab: Connected, run: string, credits: number) {
  const seen = { parts: 0 };
  const wire = await lab.open();
  const screen = speak(wire, (part) => {
    if (part) seen.parts++;
  });
  const { token } = lab;
  await screen('hello', { api: API_VERSION, ...(token !== undefined && { token }) });
  await screen('openEvents', { run, credits });
  return seen;
}

function decoded({ body }: StreamPart) {
  const result = decodeEvents(inflateRawSync(body));
  if (!result.ok) throw new Error(result.problem);
  return result.batch;
}

async function until(happened: () => boolean): Promise<void> {
  for (let waited = 0; !happened(); waited++) {
    if (waited > 1_000) throw new Error('it did not happen within 10 s');
    await sleep(10);
  }
}
