import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HeadroomLog } from '#data/headroom-log.ts';
import { readHeadroom, type HeadroomQuestion } from '#data/headroom-reader.ts';
import { createRecorder } from '#data/recorder.ts';
import { RunLibrary } from '#data/run-library.ts';
import { sampleHeadroom } from './sample-headroom.ts';
import { sampleDocument, temporaryFolder } from './sample-run.ts';

let folder: ReturnType<typeof temporaryFolder>;
let file = '';
beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder.path, 'lab.db');
});
afterEach(() => folder.remove());

const ALL: HeadroomQuestion = {
  hostname: 'documented',
  basis: 'modelled',
  profile: 'documented',
  since: '2026-01-01T00:00:00.000Z',
  most: 1_000,
};

/** One a minute. */
function minute(number: number): string {
  return new Date(Date.UTC(2026, 0, 2) + number * 60_000).toISOString();
}

function record(...samples: readonly ReturnType<typeof sampleHeadroom>[]): void {
  const log = new HeadroomLog(file);
  for (const sample of samples) log.add(sample);
  log.close();
}

test('what was noted is read back, oldest first, unknown figures as such', () => {
  const samples = [sampleHeadroom(minute(2)), sampleHeadroom(minute(1), 5, { top: null })];
  record(...samples);
  expect(readHeadroom(file, ALL)).toEqual({ samples: samples.toReversed(), recorded: 2 });
});

test('of one host, one basis and one profile only, and from then on', () => {
  record(
    sampleHeadroom(minute(1)),
    sampleHeadroom(minute(2), 900, { basis: 'wine', profile: null }),
    sampleHeadroom(minute(3), 900, { hostname: 'OTHER' }),
    sampleHeadroom(minute(4), 900, { profile: 'wine-8' }),
    sampleHeadroom(minute(5)),
  );
  const { samples } = readHeadroom(file, { ...ALL, since: minute(2) });
  expect(samples.map(({ at }) => at)).toEqual([minute(5)]);
  const wine = readHeadroom(file, { ...ALL, basis: 'wine', profile: null });
  expect(wine.samples.map(({ at }) => at)).toEqual([minute(2)]);
});

test('thinned out, every shortage stays to be seen', () => {
  record(
    ...Array.from({ length: 500 }, (_, at) => sampleHeadroom(minute(at), at % 97 === 42 ? 3 : 900)),
  );
  const { samples, recorded } = readHeadroom(file, { ...ALL, most: 50 });
  expect(recorded).toBe(500);
  expect(samples).toHaveLength(50);
  const short = samples.filter(({ pools }) => pools[0]?.freeOnAll === 3).map(({ at }) => at);
  expect(short).toEqual([42, 139, 236, 333, 430].map(minute));
  const times = samples.map(({ at }) => at);
  expect(times.toSorted()).toEqual(times);
});

test('without a database there is nothing, and none is made', () => {
  expect(readHeadroom(file, ALL)).toEqual({ samples: [], recorded: 0 });
});

test('a database from before there was a watch: nothing to read, then it is brought up to date', async () => {
  const recorder = await createRecorder({ file, document: sampleDocument('old') });
  await recorder.seal(sampleDocument('old', 'complete'));
  const old = new Database(file);
  old.exec('DROP VIEW headroom; DROP TABLE headroom_pool; DROP TABLE headroom_sample');
  old.pragma('user_version = 50');
  old.close();
  expect(readHeadroom(file, ALL)).toEqual({ samples: [], recorded: 0 });
  record(sampleHeadroom());
  expect(readHeadroom(file, ALL).recorded).toBe(1);
  const library = new RunLibrary(file);
  expect(library.verify('old').ok, 'its runs are as they were').toBe(true);
  library.close();
});
