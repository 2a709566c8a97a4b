import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { join } from 'node:path';
import { OP } from '#engine/event/op.ts';
import { ObservedSpan } from '#engine/lockstep/observed-span.ts';
import { modelBeside, OWN_PROFILE, type ModelWish } from '#engine/lockstep/profile-beside.ts';
import { isWildcard } from '#engine/model/address.ts';
import { ModelTrack } from '#engine/replay/model-track.ts';
import { temporaryFolder } from '#test/data/sample-run.ts';
import { batchesOf } from '../analysis/event-rows.ts';
import { runInLab, type LabRun } from './lab-runs.ts';

const RANGE = 300;
const ADDRESSES = 3;

let folder: ReturnType<typeof temporaryFolder>;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => folder.remove());

/** A run's calls made on a model by rules of one's choice. */
function trackOf(
  { document, texts, batches }: Pick<LabRun, 'document' | 'texts' | 'batches'>,
  wish: Partial<ModelWish> = {},
  mostCalls = Infinity,
): ModelTrack {
  const observed = new ObservedSpan();
  for (const batch of batches) observed.add(batch);
  const track = new ModelTrack({
    ...modelBeside(document.run, { profile: OWN_PROFILE, switches: {}, ...wish }, observed),
    texts,
    real: document.run.stack === 'winsock',
    isWildcard: (address) => isWildcard(texts[address] ?? ''),
    mostCalls,
  });
  for (const batch of batches) track.add(batch);
  track.end();
  return track;
}

/** What is held in a recording and on its model's track, when an arm stands at its peak. */
function atPeaks(run: LabRun, track: ModelTrack): { recorded: unknown; model: unknown }[] {
  const ids = run.texts.map((_, id) => id);
  const told = (replay: LabRun['replay'], seq: number): unknown => {
    const { held, bound, union, overlap } = replay.seek(seq).holdings;
    const { holdings } = replay.seek(seq);
    return { held, bound, union, overlap, heldOn: ids.map((id) => holdings.heldOn(id)) };
  };
  return run.moments.arms
    .flatMap(({ peak }) => peak ?? [])
    .map(({ seq }) => ({
      recorded: told(run.replay, seq),
      model: told(track.replay, track.rowAt(seq)),
    }));
}

describe.each(['capacity', 'starvation', 'exclusivity', 'time-wait', 'mixed-load', 'full'])(
  'a simulated run of %s beside its own rules',
  (experiment) => {
    let run: LabRun;
    let track: ModelTrack;
    beforeAll(async () => {
      run = await runInLab(join(folder.path, `${experiment}.labdb`), { experiment });
      track = trackOf(run);
    }, 60_000);

    test('differs nowhere, to its end', () => {
      expect(track.differences).toEqual([]);
      expect(track.kinds).toEqual([]);
      expect(track.stopped).toBeNull();
      expect(track.rows).toBe(run.rows.length);
    });

    test('holds the same at the peak of every arm', () => {
      const peaks = atPeaks(run, track);
      expect(peaks.length).toBeGreaterThan(0);
      for (const { recorded, model } of peaks) expect(model).toEqual(recorded);
    });

    test('is the run, row by row', () => {
      expect(track.replay.rows).toBe(run.rows.length);
      run.rows.forEach((recorded, seq) => {
        if (track.rowAt(seq) !== seq || track.rowOf(seq) !== seq) expect.fail(`row ${seq}`);
        const { op, t, arm, socket, address, port, code, value } = track.replay.events.row(seq)!;
        const model = { op, t, dur: recorded.dur, socket, address, port, code, value, arm };
        if (JSON.stringify(model) !== JSON.stringify(recorded)) expect(model).toEqual(recorded);
      });
    });
  },
);

describe('a simulated run of capacity', () => {
  let run: LabRun;
  const peaksOf = (wish: Partial<ModelWish>): number[] => {
    const track = trackOf(run, wish);
    return run.moments.arms.map(
      ({ end }) => track.replay.seek(track.rowAt(end!.seq)).holdings.peakHeld,
    );
  };
  beforeAll(async () => {
    run = await runInLab(join(folder.path, 'rules.labdb'), { experiment: 'capacity' });
  });

  test('holds the range once without the option, and once an address with it', () => {
    expect(peaksOf({})).toEqual([RANGE, ADDRESSES * RANGE]);
  });

  test('holds no more than the range where the option does nothing (PS-2)', () => {
    const wish = { switches: { 'PS-2': 'ignored' } };
    expect(peaksOf(wish)).toEqual([RANGE, RANGE]);
    const { differences, kinds } = trackOf(run, wish);
    expect(differences.length).toBeGreaterThan(0);
    expect(differences.map(({ seq }) => seq)).toEqual(
      differences.map(({ seq }) => seq).toSorted((a, b) => a - b),
    );
    const option = run.moments.arms[1]!;
    for (const { seq, t, arm } of differences) {
      expect(seq).toBeGreaterThan(option.begin.seq);
      expect({ t, arm }).toEqual({ t: run.rows[seq]!.t, arm: option.index });
    }
    expect(kinds.flatMap(({ assumptions }) => assumptions)).toContain('A1');
  });

  test('is none at all where the option is refused', () => {
    const { differences } = trackOf(run, { switches: { 'PS-2': 'refused' } });
    expect(differences.length).toBeGreaterThan(0);
  });

  test('gets a whole range an address without the option, where the cap is per address (PS-1)', () => {
    const wish = { switches: { 'PS-1': 'per-address' } };
    // The host went no further than its range: what was never asked for is not held.
    expect(peaksOf(wish)).toEqual([RANGE, ADDRESSES * RANGE]);
    expect(trackOf(run, wish).differences.length).toBeGreaterThan(0);
  });

  test('goes by any shipped profile on the run’s own host', () => {
    expect(peaksOf({ profile: 'windows-server-2008r2-unpatched' })[1]).toBeLessThanOrEqual(
      ADDRESSES * RANGE,
    );
    const wine = trackOf(run, { profile: 'wine-8' });
    expect(wine.differences.length).toBeGreaterThan(0);
  });

  test('has no second track beyond the calls it may make', () => {
    const track = trackOf(run, {}, 400);
    expect(track.stopped).toMatch(/first 400 calls/);
    expect(track.rows).toBeLessThanOrEqual(run.rows.length);
  });
});

describe('a simulated run of starvation', () => {
  let run: LabRun;
  beforeAll(async () => {
    run = await runInLab(join(folder.path, 'starving.labdb'), { experiment: 'starvation' });
  });

  test.each([
    ['A3', 'allowed'],
    ['PS-4', 'allowed'],
  ])('starves nobody where option ports block nobody else (%s)', (id, value) => {
    const track = trackOf(run, { switches: { [id]: value } });
    const { seq } = run.moments.firstStarved!;
    expect(run.rows[seq]!.code).not.toBe(0);
    expect(track.replay.events.row(track.rowOf(seq))).toMatchObject({
      op: run.rows[seq]!.op,
      code: 0,
    });
    expect(track.differences.map((one) => one.seq)).toContain(seq);
    const own = trackOf(run);
    expect(own.replay.events.row(own.rowOf(seq))?.code).toBe(run.rows[seq]!.code);
  });
});

describe('the model’s row for a recorded one', () => {
  let run: LabRun;
  let track: ModelTrack;
  beforeAll(async () => {
    run = await runInLab(join(folder.path, 'rows.labdb'), { experiment: 'capacity' });
    track = trackOf(run, { switches: { 'PS-2': 'ignored' } });
  });

  test('is the last it had made by then, and the first it made of it', () => {
    let before = -1;
    run.rows.forEach((recorded, seq) => {
      const at = track.rowAt(seq);
      const of = track.rowOf(seq);
      expect(at).toBeGreaterThanOrEqual(before);
      expect(of).toBe(at > before ? before + 1 : -1);
      if (of >= 0) {
        const { t, arm } = track.replay.events.row(of)!;
        expect({ t, arm }).toEqual({ t: recorded.t, arm: recorded.arm });
      }
      before = at;
    });
    expect(track.replay.rows).toBe(before + 1);
    expect(before).not.toBe(run.rows.length - 1);
  });

  test('is none before the first, and the last beyond the end', () => {
    const last = track.replay.rows - 1;
    expect([track.rowAt(-1), track.rowOf(-1)]).toEqual([-1, -1]);
    expect([track.rowAt(run.rows.length), track.rowOf(run.rows.length)]).toEqual([last, -1]);
  });
});

test('a recording that tells of ports beyond the last is followed up to there', () => {
  const rows = [
    { op: 'fill', socket: 1, address: 1, port: 50_000, value: 10, t: 1 },
    { op: 'fill', socket: 20, address: 1, port: 65_530, value: 10, t: 2 },
    { op: 'fill', socket: 40, address: 1, port: 50_100, value: 10, t: 3 },
  ] as const;
  const track = handMade(batchesOf(rows));
  expect(track.rows).toBe(1);
  expect(track.stopped).toMatch(/ports there are none of/);
  expect(track.rowAt(2)).toBe(0);
  expect(track.rowOf(1)).toBe(-1);
});

test('a release of more sockets than there are ports ends the track, and takes no time', () => {
  const rows = [
    { op: 'fill', socket: 1, address: 1, port: 50_000, value: 10, t: 1 },
    { op: 'release', socket: 1, address: 1, port: 50_000, value: 4_294_967_295, t: 2 },
  ] as const;
  const began = performance.now();
  expect(handMade(batchesOf(rows)).rows).toBe(1);
  expect(performance.now() - began).toBeLessThan(10_000);
});

test('rows the model has nothing to say to have none of its own', () => {
  const canary = { op: 'canary', t: 2 } as const;
  const track = handMade(batchesOf([{ op: 'mark', value: 1, t: 1 }, canary, canary]));
  expect([0, 1, 2].map((seq) => [track.rowAt(seq), track.rowOf(seq)])).toEqual([
    [0, 0],
    [0, -1],
    [0, -1],
  ]);
  expect(track.replay.events.row(0)?.op).toBe(OP.mark);
});

function handMade(batches: LabRun['batches']): ModelTrack {
  const run = {
    stack: 'simulated',
    profile: {
      name: 'documented',
      resolved: { addresses: [{ address: '10.0.0.1', adapter: 'a' }] },
    },
    addresses: ['10.0.0.1'],
  };
  return trackOf({
    document: { run } as unknown as LabRun['document'],
    texts: ['', '10.0.0.1'],
    batches,
  });
}
