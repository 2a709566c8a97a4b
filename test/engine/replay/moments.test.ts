import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { join } from 'node:path';
import { CLAIM_IDS, type ClaimId } from '#engine/claim/claims.ts';
import { MARK } from '#engine/event/mark.ts';
import { OP } from '#engine/event/op.ts';
import { isWildcard } from '#engine/model/address.ts';
import { WSA } from '#engine/model/winsock-error.ts';
import { evidenceOf } from '#engine/replay/evidence.ts';
import { Moments } from '#engine/replay/moments.ts';
import { temporaryFolder } from '#test/data/sample-run.ts';
import { batchesOf, type EventRow } from '../analysis/event-rows.ts';
import type { KeptEvent } from './kept-events.ts';
import { runInLab, type LabRun } from './lab-runs.ts';
import { NaiveSearch, hasFailed } from './naive-search.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => folder.remove());

/** What each experiment must show in single rows; `full` is all of them in one run. */
const SHOWN: readonly (readonly [experiment: string, claims: readonly ClaimId[]])[] = [
  ['starvation', ['PS-4', 'PS-5', 'platform']],
  ['capacity', ['PS-1', 'platform']],
  ['sweep', ['PS-4', 'platform']],
  ['late-option', ['PS-6', 'platform']],
  ['wildcard-address', ['PS-7', 'platform']],
  ['option-conflict', ['PS-9', 'platform']],
  ['cross-process', ['PS-8', 'platform']],
  ['connect-reuse', ['prefer-unicast']],
  ['full', ['PS-1', 'PS-4', 'PS-5', 'PS-6', 'PS-7', 'PS-8', 'PS-9', 'platform', 'prefer-unicast']],
];

describe.each(SHOWN)('a recorded run of %s', (experiment, claims) => {
  let run: LabRun;
  let naive: NaiveSearch;
  beforeAll(async () => {
    run = await runInLab(join(folder.path, `${experiment}.labdb`), { experiment });
    naive = new NaiveSearch(run.rows, (address) => isWildcard(run.texts[address] ?? ''));
  }, 60_000);

  test('points to the rows on which its claims are seen first', () => {
    const found = Object.fromEntries(
      [...run.moments.evidence].map(([claim, { seq }]) => [claim, seq]),
    );
    const wanted = CLAIM_IDS.map((claim) => [claim, naive.first(claim)] as const);
    expect(found).toEqual(Object.fromEntries(wanted.filter(([, seq]) => seq >= 0)));
    for (const claim of claims) expect(Object.keys(found), claim).toContain(claim);
  });

  test('tells each moment’s own time', () => {
    const { arms, evidence, firstError } = run.moments;
    const parts = arms.flatMap(({ begin, peak, phase, end }) => [begin, peak, phase, end]);
    const all = [...evidence.values(), ...parts, firstError].filter((one) => one !== null);
    for (const { seq, t } of all) expect(t).toBe(run.rows[seq]!.t);
  });

  test('points to each arm’s marks and its first failed call', () => {
    const begins = run.rows.flatMap((row, seq) => (isMark(row, MARK.armBegin) ? [seq] : []));
    expect(run.moments.arms.map(({ begin }) => begin.seq)).toEqual(begins);
    run.moments.arms.forEach((arm, n) => {
      const own = run.rows.slice(0, begins[n + 1] ?? run.rows.length);
      const from = (wanted: (row: KeptEvent) => boolean): number | undefined => {
        const at = own.findIndex((row, seq) => seq > begins[n]! && wanted(row));
        return at < 0 ? undefined : at;
      };
      expect(arm.index).toBe(run.rows[begins[n]!]!.arm);
      expect(arm.peak?.seq).toBe(from((row) => isMark(row, MARK.armPeak)));
      expect(arm.phase?.seq).toBe(from((row) => isMark(row, MARK.phase)));
      expect(arm.end?.seq).toBe(from((row) => isMark(row, MARK.armEnd)));
      expect(arm.firstError?.seq).toBe(
        from((row) => row.arm === arm.index && row.op !== OP.canary && hasFailed(row)),
      );
    });
    expect(run.moments.firstError?.seq ?? -1).toBe(naive.firstFailed());
  });

  test('has something to show for every claim it settles', () => {
    const { arms, claims: settled } = run.document;
    const decided = settled.filter(({ outcome }) => /confirmed|refuted/.test(outcome));
    expect(decided.length).toBeGreaterThan(0);
    for (const { id } of decided) {
      const shown = evidenceOf(id as ClaimId, arms, run.moments, run.replay);
      expect(shown, id).not.toBeNull();
      expect(shown!.t).toBe(run.rows[shown!.seq]!.t);
      expect(shown!.says).toMatch(/^(the|first|own) /);
    }
  });
});

test('of several arms with the option the one that held most is where PS-3 is seen', async () => {
  const run = await runInLab(join(folder.path, 'several.labdb'), { experiment: 'full' });
  const { arms } = run.document;
  const options = arms.filter(({ strategy }) => strategy === 'port-scalability');
  expect(options.length).toBeGreaterThan(1);
  const shown = evidenceOf('PS-3', arms, run.moments, run.replay);
  expect(run.replay.seek(shown!.seq).holdings.peakHeld).toBe(3 * 300);
});

describe('what a whole arm says', () => {
  let run: LabRun;
  beforeAll(async () => {
    run = await runInLab(join(folder.path, 'arms.labdb'), { experiment: 'capacity' });
  });

  test('PS-2 is seen at the first number on two addresses', () => {
    const { arms } = run.document;
    const shown = evidenceOf('PS-2', arms, run.moments, run.replay);
    const option = run.moments.arms.find(
      ({ index }) => arms.find((arm) => arm.index === index)?.strategy === 'port-scalability',
    );
    const first = run.rows.findIndex(
      (_, seq) => seq >= option!.begin.seq && run.replay.seek(seq).holdings.overlap > 0,
    );
    expect(shown).toMatchObject({ seq: first, says: 'first number held on two addresses' });
  });

  test('PS-3 is seen where the arm with the option holds most', () => {
    const shown = evidenceOf('PS-3', run.document.arms, run.moments, run.replay);
    const { held, peakHeld } = run.replay.seek(shown!.seq).holdings;
    expect(held).toBe(peakHeld);
    expect(held).toBe(3 * 300);
  });
});

/** A run of rows written down. */
function momentsOf(rows: readonly EventRow[]): Moments {
  const moments = new Moments(() => false);
  for (const batch of batchesOf(rows, 2)) moments.add(batch);
  return moments;
}

test('the canary is no call of the run’s: what it fails is a moment of its own', () => {
  const moments = momentsOf([
    { op: 'mark', value: MARK.armBegin },
    { op: 'canary', code: WSA.WSAENOBUFS, t: 5 },
    { op: 'bind', socket: 1, address: 1, code: WSA.WSAEACCES, t: 7, port: 80 },
  ]);
  expect(moments.firstCanaryFailure).toEqual({ seq: 1, t: 5 });
  expect(moments.firstError).toEqual({ seq: 2, t: 7 });
  expect(moments.arms[0]?.firstError?.seq).toBe(2);
});

test('a connect under way has not failed', () => {
  const moments = momentsOf([
    { op: 'connect', socket: 1, address: 2, port: 443, code: WSA.WSAEWOULDBLOCK },
    { op: 'connect', socket: 1, address: 2, port: 443, code: WSA.WSAECONNREFUSED },
  ]);
  expect(moments.firstError?.seq).toBe(1);
});

test('nobody starves of a refusal that has to do with something else', () => {
  const rows: EventRow[] = [
    { op: 'mark', value: MARK.armBegin },
    { op: 'fillOf', value: 1 << 11 },
    { op: 'fill', socket: 1, address: 1, port: 50_000, value: 10 },
    { op: 'bind', socket: 20, address: 9, code: WSA.WSAEACCES },
    { op: 'bind', socket: 21, address: 2, port: 50_001, code: WSA.WSAEADDRINUSE },
    { op: 'connect', socket: 22, address: 2, port: 443, code: WSA.WSAECONNREFUSED },
  ];
  expect(momentsOf(rows).firstStarved).toBeNull();
  const starved = momentsOf([...rows, { op: 'bind', socket: 23, code: WSA.WSAENOBUFS, t: 9 }]);
  expect(starved.firstStarved).toEqual({ seq: 6, t: 9 });
});

test('announced windows are told, the last one open where the run broke off', () => {
  const { windows } = momentsOf([
    { op: 'mark', value: MARK.windowOpen, t: 1 },
    { op: 'mark', value: MARK.windowClose, t: 2 },
    { op: 'mark', value: MARK.windowOpen, t: 3 },
  ]);
  expect(windows).toEqual([
    { open: { seq: 0, t: 1 }, close: { seq: 1, t: 2 } },
    { open: { seq: 2, t: 3 }, close: null },
  ]);
});

function isMark({ op, value }: KeptEvent, mark: number): boolean {
  return op === OP.mark && value === mark;
}
