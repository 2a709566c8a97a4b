import { describe, expect, test } from 'vitest';
import { OP } from '#engine/event/op.ts';
import type { Divergence } from '#engine/lockstep/divergence.ts';
import { WSA } from '#engine/model/winsock-error.ts';
import type { EventRow } from '#renderer/events/event-row.ts';
import { answerWords } from '#renderer/screens/replay/answer-words.ts';
import { armWords, callSentence, windowWords } from '#renderer/screens/replay/explanation.ts';
import { eventWords, typedInstant } from '#renderer/screens/replay/instant-words.ts';
import type { ModelAnswer, ModelFrame } from '#renderer/screens/replay/model-frame.ts';
import { RecordedTrack } from '#renderer/screens/replay/recorded-track.ts';
import { replaySentence, type SentenceState } from '#renderer/screens/replay/replay-words.ts';
import { factsOf } from '#renderer/screens/replay/run-facts.ts';
import { recordedFixture } from './recorded-fixture.ts';

const fixture = recordedFixture('simulated-starvation');
const { document, addresses } = fixture.recording;
const facts = factsOf(fixture.recording);
const track = new RecordedTrack();
track.addAddresses(addresses);
for (const batch of fixture.batches) track.add(batch);
track.setFacts(facts);
const overview = track.overview(true);

function state(seq: number, more: Partial<SentenceState> = {}): SentenceState {
  return {
    document,
    addresses,
    overview,
    frame: track.frame({ seq }, false),
    model: null,
    modelFrame: null,
    total: document.run.durationNs,
    ...more,
  };
}

function seqOf(wanted: (row: EventRow) => boolean): number {
  return fixture.rows.find(wanted)?.seq ?? -1;
}

describe('the sentence', () => {
  test('says what there is to see before the first event', () => {
    expect(replaySentence(state(-1))).toMatch(/^[\d,]+ events in [\d.]+ m?s of virtual time\.$/);
    expect(replaySentence(state(0, { frame: null }))).toBe('Reading the recording.');
  });

  test('says what a failed call met, and what is held then', () => {
    const seq = seqOf(({ op, code }) => op === OP.bind && code === WSA.WSAENOBUFS);
    expect(replaySentence(state(seq))).toMatch(
      /^At [\d.,]+ m?s bind fails with WSAENOBUFS \(10055\) on [\d.]+; 255 ports held\.$/,
    );
  });

  test('says when nothing is left to sockets without the option', () => {
    const full = seqOf(({ seq }) => track.frame({ seq }, false).free === 0);
    expect(replaySentence(state(full))).toMatch(
      /: 255 ports held, nothing free without the option\.$/,
    );
  });

  test('says where host and model part, and only there', () => {
    const seq = seqOf(({ op }) => op === OP.bind);
    const difference = differenceAt(seq, 'port 52180', 'not 52180: held on 10.0.0.1 by a listener');
    const modelFrame = { ...MODEL_FRAME, difference };
    expect(replaySentence(state(seq, { modelFrame }))).toContain(
      'the run and the model part: bind 10.0.0.2 : 0 gives port 52180, which the model forbids, held on 10.0.0.1 by a listener.',
    );
    expect(replaySentence(state(seq + 1, { modelFrame }))).not.toContain('part');
    const other = {
      ...MODEL_FRAME,
      difference: differenceAt(seq, 'success', 'WSAENOBUFS (10055)'),
    };
    expect(replaySentence(state(seq, { modelFrame: other }))).toContain(
      'bind 10.0.0.2 : 0 answers success, on the model WSAENOBUFS (10055).',
    );
  });
});

const MODEL_FRAME: ModelFrame = {
  seq: 0,
  covered: true,
  held: 0,
  shared: 0,
  free: null,
  failed: 0,
  answers: [],
  difference: null,
  before: 0,
};

function differenceAt(seq: number, host: string, model: string): Divergence {
  return {
    seq,
    t: 0,
    arm: 1,
    call: 'bind 10.0.0.2 : 0',
    host,
    model,
    kind: 'over-wildcard-address',
    text: 'numbers are given that a socket on the wildcard address holds',
    assumptions: ['A11'],
  };
}

describe('what goes on', () => {
  test('every recorded event means something', () => {
    for (const row of fixture.rows) {
      const { holders } = track.frame({ seq: row.seq }, false);
      const sentence = callSentence(row, addresses, { holders, timed: false });
      expect(sentence).toMatch(/^\S.*\.$/);
      expect(sentence).not.toMatch(/undefined|NaN|took/);
    }
  });

  test('a failed bind says why, a measured call how long it took', () => {
    const failed = fixture.rows.find(({ op, code }) => op === OP.bind && code !== 0);
    if (failed === undefined) throw new Error('no bind failed');
    expect(callSentence({ ...failed, dur: 11_300 }, addresses, { holders: 0, timed: true })).toBe(
      `bind ${addresses[failed.address]} : 0 failed: WSAENOBUFS (10055), no number was left for this socket. It took 11.3 µs.`,
    );
  });

  test('the arm, what it does and how far it is', () => {
    const phases = fixture.rows.map(({ seq }) => {
      const frame = track.frame({ seq }, false);
      return armWords(frame, overview, facts.arms);
    });
    expect(phases[0]).toBeNull();
    const told = [...new Set(phases.map((arm) => `${arm?.name}: ${arm?.phase}`))];
    expect(told).toContain('Arm 2, Port scalability: It is binding.');
    expect(told).toContain('Arm 2, Port scalability: It has released everything.');
    expect(phases.find((arm) => arm?.strategy === 'port-scalability')?.does).toContain(
      'SO_PORT_SCALABILITY',
    );
  });

  test('the announced window, and what the canary met', () => {
    const frame = track.frame({ seq: 0 }, false);
    const canary = { tries: 12, failed: 2 };
    expect(windowWords({ ...frame, window: true, canary })).toBe(
      'It is announced that sockets without the option may find no port now. The canary has tried 12 times, 2 times in vain.',
    );
    expect(windowWords({ ...frame, window: false, canary: { tries: 1, failed: 0 } })).toBe(
      'Sockets without the option must find ports now. The canary has tried 1 time, never in vain.',
    );
  });
});

describe('the model’s answer', () => {
  const row: EventRow = {
    seq: 4,
    t: 0,
    dur: 0,
    op: OP.getsockname,
    arm: 1,
    socket: 1,
    address: 1,
    port: 50_000,
    code: 0,
    value: 0,
  };
  const answer = (call: ModelAnswer['call'], more: Partial<ModelAnswer> = {}): ModelAnswer => ({
    seq: 4,
    call,
    covered: true,
    difference: null,
    ...more,
  });
  const ok = { code: 0, port: 50_000, value: 0 };

  test.each<[string, EventRow, ModelAnswer | undefined, string]>([
    ['the same', row, answer(ok), 'ok'],
    ['another number', row, answer({ ...ok, port: 50_007 }), 'ok, 50007'],
    ['an error', row, answer({ ...ok, code: 10_055 }), 'WSAENOBUFS (10055)'],
    ['the same error', { ...row, code: 10_055 }, answer({ ...ok, code: 10_055 }), 'the same'],
    ['success where it failed', { ...row, code: 10_055 }, answer(ok), 'ok'],
    ['no call', row, answer(null), 'no such call'],
    ['beyond its end', row, answer(null, { covered: false }), '–'],
    ['nothing to answer', { ...row, op: OP.mark }, answer(ok), ''],
    ['not come yet', row, undefined, ''],
  ])('%s', (_, of, given, text) => {
    expect(answerWords(of, given)).toEqual({ text, differs: false });
  });

  test('a difference in step with the host counts more', () => {
    const difference = differenceAt(4, 'port 1', 'not 1');
    expect(answerWords(row, answer(ok, { difference }))).toEqual({ text: 'not 1', differs: true });
  });
});

describe('an instant typed in', () => {
  test.each([
    ['9.7 s', { t: 9.7e9 }],
    ['2.1ms', { t: 2.1e6 }],
    ['1,500 µs', { t: 1.5e6 }],
    ['300 us', { t: 3e5 }],
    ['2 min', { t: 120e9 }],
    ['1,234', { seq: 1_233 }],
    ['#5', { seq: 4 }],
    ['event 12', { seq: 11 }],
    ['0', { seq: -1 }],
    ['2001', null],
    ['5 parsecs', null],
    ['-3', null],
    ['', null],
  ])('%s', (text, instant) => {
    expect(typedInstant(text, 2_000)).toEqual(instant);
  });

  test('events are counted from 1', () => {
    expect(eventWords(0, 465_704)).toBe('event 1 of 465,704');
    expect(eventWords(-1, 465_704)).toBe('event 0 of 465,704');
  });
});
