import { describe, expect, test } from 'vitest';
import { Random } from '#engine/allocator/random.ts';
import { CLAIM_IDS } from '#engine/claim/claims.ts';
import { EventBatch } from '#engine/event/event-batch.ts';
import { OP } from '#engine/event/op.ts';
import { namedProfile } from '#engine/profile/resolve-profile.ts';
import { evidenceOf } from '#engine/replay/evidence.ts';
import { ModelTrack } from '#engine/replay/model-track.ts';
import { Moments } from '#engine/replay/moments.ts';
import { Replay } from '#engine/replay/replay.ts';
import { bindsOver, failuresIn, lastSecond, latencyIn } from '#engine/replay/statistics.ts';

const SEEDS = process.env['PORTLAB_DEEP'] === '1' ? 400 : 40;
const TEXTS = ['', '10.0.0.1', '10.0.0.2', '0.0.0.0', '::', 'not an address', '10.0.0.1'];
const isWildcard = (address: number): boolean => address === 3 || address === 4;

/** Rows a decoder lets through, though no lab ever wrote them. */
function hostileBatches(seed: number): EventBatch[] {
  const random = new Random(seed, 77);
  const odd = (usual: number, most: number): number =>
    random.below(3) === 0 ? random.below(most) : random.below(usual);
  return Array.from({ length: 4 }, () => {
    const length = 1 + random.below(200);
    const batch = new EventBatch(length, length);
    for (let at = 0; at < length; at++) {
      batch.op[at] = odd(Object.keys(OP).length + 1, 256);
      batch.t[at] = time(random);
      batch.dur[at] = odd(1_000, 4_294_967_296);
      batch.socket[at] = odd(30, 4_294_967_296);
      batch.address[at] = odd(TEXTS.length, 65_536);
      batch.port[at] = odd(40, 65_536) + (random.below(2) === 0 ? 50_000 : 0);
      batch.code[at] = random.below(3) === 0 ? odd(2, 65_536) : 0;
      batch.value[at] = odd(40, 4_294_967_296);
      batch.arm[at] = odd(3, 256);
    }
    return batch;
  });
}

function time(random: Random): number {
  const kind = random.below(20);
  if (kind === 0) return Number.MAX_SAFE_INTEGER - random.below(2);
  if (kind === 1) return -Number.MAX_SAFE_INTEGER + random.below(2);
  return random.next() * (kind < 10 ? 1 : 1_000);
}

const seeds = Array.from({ length: SEEDS }, (_, seed) => seed);

describe('a recording nobody made', () => {
  test('is replayed to any row all the same, whichever way one comes there', () => {
    for (const seed of seeds) {
      const batches = hostileBatches(seed);
      const replay = new Replay(isWildcard);
      for (const batch of batches) replay.append(batch);
      const random = new Random(seed);
      for (let n = 0; n < 20; n++) {
        const seq = random.below(replay.rows + 1) - 1;
        const told = describeState(replay, seq);
        const straight = new Replay(isWildcard);
        for (const batch of batches) straight.append(batch);
        straight.seek(-1);
        expect(told, `seed ${seed}, row ${seq}`).toEqual(describeState(straight, seq));
        const at = replay.events.seqAt(time(random));
        expect(at).toBeGreaterThanOrEqual(-1);
        expect(at).toBeLessThan(replay.rows);
      }
      expect(replay.timeline.points().held.length).toBeLessThanOrEqual(1_024);
    }
  });

  test('has moments, evidence and statistics that are numbers', () => {
    for (const seed of seeds) {
      const replay = new Replay(isWildcard);
      const moments = new Moments(isWildcard);
      for (const batch of hostileBatches(seed)) {
        replay.append(batch);
        moments.add(batch);
      }
      const { rows, events } = replay;
      for (const claim of CLAIM_IDS) {
        const shown = evidenceOf(
          claim,
          [{ index: 1, strategy: 'port-scalability' }],
          moments,
          replay,
        );
        if (shown !== null) expect(shown.t).toBe(events.t(shown.seq));
      }
      const { count, min, max } = bindsOver(events, { from: 0, to: events.end, buckets: 50 });
      for (const column of [count, min, max]) {
        expect([...column].every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
      }
      failuresIn(events, { from: 0, to: rows });
      latencyIn(events, { from: 0, to: rows, op: OP.bind });
      for (const seq of [0, rows >> 1, rows - 1]) {
        const { bindsPerSecond } = lastSecond(events, seq);
        expect(bindsPerSecond === null || bindsPerSecond >= 0).toBe(true);
      }
    }
  });

  test('is made again on a model as far as that goes', () => {
    for (const seed of seeds) {
      const track = new ModelTrack({
        profile: namedProfile('documented'),
        addresses: ['10.0.0.1', '10.0.0.2'],
        rangesGuessed: false,
        ownPicks: seed % 2 === 0,
        texts: TEXTS,
        real: seed % 3 === 0,
        isWildcard,
        mostCalls: 100_000,
      });
      for (const batch of hostileBatches(seed)) track.add(batch);
      track.end();
      for (let seq = -1; seq <= track.rows; seq++) {
        const at = track.rowAt(seq);
        expect(at).toBeLessThan(track.replay.rows);
        track.replay.seek(at);
      }
    }
  });
});

test('a row that isn’t there can’t be gone to', () => {
  const replay = new Replay(isWildcard);
  for (const batch of hostileBatches(1)) replay.append(batch);
  for (const seq of [-2, replay.rows, 0.5, Number.NaN, Infinity]) {
    expect(() => replay.seek(seq)).toThrow(RangeError);
  }
  expect(replay.seek(-1).calls).toBe(0);
});

function describeState(replay: Replay, seq: number): unknown {
  const state = replay.seek(seq);
  const { held, union, shared, overlap, bound, peakHeld } = state.holdings;
  const { calls, failed, arm, window, canary } = state;
  const ranges = TEXTS.map((_, address) => state.holdings.rangesOn(address));
  return {
    figures: [held, union, shared, overlap, bound, peakHeld, calls, failed, arm],
    window,
    canary,
    ranges,
  };
}
