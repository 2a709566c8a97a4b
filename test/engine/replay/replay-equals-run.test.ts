import { afterAll, beforeAll, expect, test } from 'vitest';
import { join } from 'node:path';
import { Random } from '#engine/allocator/random.ts';
import { isWildcard } from '#engine/model/address.ts';
import { temporaryFolder } from '#test/data/sample-run.ts';
import { expectAsReference, lastBegun, randomInstants } from './instants.ts';
import { statesAfter } from './reference-state.ts';
import { randomRun, record, replayOf } from './recorded-run.ts';

const DEEP = process.env['PORTLAB_DEEP'] === '1';
const RUNS = DEEP ? 1_000 : 100;
const INSTANTS = 100;
/** Runs of one test: a failure names its run, and the suite may be stopped in between. */
const GROUP = 20;

let folder: ReturnType<typeof temporaryFolder>;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => folder.remove());

const groups = Array.from({ length: RUNS / GROUP }, (_, n) => n * GROUP);

test.each(groups)(
  'runs %i and on, recorded and read back, are at any instant what their events say',
  async (first) => {
    const file = join(folder.path, `runs-${first}.labdb`);
    for (let seed = first; seed < first + GROUP; seed++) {
      const { about, make } = randomRun(seed);
      const id = `run-${seed}`;
      const events = await record(file, id, make);
      const { replay, texts, calls } = replayOf(file, id);
      expect(replay.rows, about).toBe(events.length);
      expect(events.length, about).toBeGreaterThan(20);
      expect(replay.head.calls, about).toBe(calls);
      const addresses = {
        ids: texts.map((_, address) => address),
        isWildcard: (address: number) => isWildcard(texts[address] ?? ''),
      };
      const seqs = randomInstants(events, INSTANTS, new Random(seed, 1)).map((instant) => {
        if ('seq' in instant) return instant.seq;
        const seq = replay.events.seqAt(instant.t);
        expect(seq, `${about}, at ${instant.t} ns`).toBe(lastBegun(events, instant.t));
        return seq;
      });
      const expected = statesAfter(events, new Set(seqs), addresses);
      for (const seq of seqs) {
        expectAsReference(replay, seq, expected.get(seq)!, addresses, about);
      }
    }
  },
  120_000,
);
