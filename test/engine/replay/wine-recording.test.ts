import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Random } from '#engine/allocator/random.ts';
import { CLAIM_IDS } from '#engine/claim/claims.ts';
import { OP } from '#engine/event/op.ts';
import { ObservedSpan } from '#engine/lockstep/observed-span.ts';
import { modelBeside } from '#engine/lockstep/profile-beside.ts';
import { isWildcard } from '#engine/model/address.ts';
import { ModelTrack } from '#engine/replay/model-track.ts';
import { importRun } from '#data/run-import.ts';
import { temporaryFolder } from '#test/data/sample-run.ts';
import { expectAsReference, lastBegun, randomInstants } from './instants.ts';
import { readRun, type LabRun } from './lab-runs.ts';
import { NaiveSearch } from './naive-search.ts';
import { statesAfter } from './reference-state.ts';

/** A run on real sockets under Wine, recorded when format 1 was frozen: it replays where there is no Wine. */
const BUNDLE = join(
  import.meta.dirname,
  '..',
  '..',
  'fixtures',
  'format-1',
  'wine-starvation.labrun',
);

let folder: ReturnType<typeof temporaryFolder>;
let run: LabRun;
const isWild = (address: number): boolean => isWildcard(run.texts[address] ?? '');
beforeAll(() => {
  folder = temporaryFolder();
  const database = join(folder.path, 'wine.labdb');
  run = readRun(database, importRun(database, BUNDLE).id);
});
afterAll(() => folder.remove());

test('is at any instant what its events say', () => {
  expect(run.document.run.host.wine).toMatch(/^8\./);
  expect(run.rows.some(({ op }) => op === OP.canary)).toBe(true);
  const addresses = { ids: run.texts.map((_, id) => id), isWildcard: isWild };
  const seqs = randomInstants(run.rows, 300, new Random(3)).map((instant) => {
    if ('seq' in instant) return instant.seq;
    const seq = run.replay.events.seqAt(instant.t);
    expect(seq).toBe(lastBegun(run.rows, instant.t));
    return seq;
  });
  const states = statesAfter(run.rows, new Set(seqs), addresses);
  for (const seq of seqs) {
    expectAsReference(run.replay, seq, states.get(seq)!, addresses, 'the Wine run');
  }
});

test('shows where its claims are seen, the exhaustion codes of Wine among them', () => {
  const naive = new NaiveSearch(run.rows, isWild);
  const found = [...run.moments.evidence].map(([claim, { seq }]) => [claim, seq] as const);
  const wanted = CLAIM_IDS.map((claim) => [claim, naive.first(claim)] as const);
  expect(new Map(found)).toEqual(new Map(wanted.filter(([, seq]) => seq >= 0)));
  const { seq } = run.moments.firstStarved!;
  expect(run.rows[seq]!.code).toBe(10_048);
});

test.each([
  ['wine-8', 0],
  ['documented', 1],
])('beside profile %s parts from it in %i kinds of steps or more', (profile, least) => {
  const observed = new ObservedSpan();
  for (const batch of run.batches) observed.add(batch);
  const beside = modelBeside(run.document.run, { profile, switches: {} }, observed);
  expect(beside.rangesGuessed).toBe(true);
  const track = new ModelTrack({
    ...beside,
    texts: run.texts,
    real: true,
    isWildcard: isWild,
    mostCalls: Infinity,
  });
  for (const batch of run.batches) track.add(batch);
  track.end();
  expect(track.stopped).toBeNull();
  expect(track.rows).toBe(run.rows.length);
  if (least === 0) expect(track.kinds).toEqual([]);
  else expect(track.kinds.length).toBeGreaterThanOrEqual(least);
});
