import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InstantPipe } from '#renderer/screens/replay/instant-pipe.ts';
import type { ModelFrame } from '#renderer/screens/replay/model-frame.ts';
import { PlayClock } from '#renderer/screens/replay/play-clock.ts';
import type { Instant, ReplayFrame } from '#renderer/screens/replay/replay-frame.ts';

/** Workers that answer when they are told to, and what was drawn. */
class Ends {
  asked: Instant | null = null;
  askedModel: ReplayFrame | null = null;
  frame: ReplayFrame | null = null;
  modelFrame: ModelFrame | null = null;
  withModel = false;
  /** How often the two tracks were drawn of different instants. */
  apart = 0;
  readonly pipe = new InstantPipe(
    { seq: -1 },
    {
      ask: (at) => {
        expect(this.asked, 'asked while it works').toBeNull();
        this.asked = at;
      },
      askModel: (of) => {
        expect(this.askedModel, 'asked the model while it works').toBeNull();
        this.askedModel = of;
      },
      draw: ({ frame, modelFrame }) => {
        if (frame !== undefined) this.frame = frame;
        if (modelFrame !== undefined) this.modelFrame = modelFrame;
        if (this.frame?.seq !== this.modelFrame?.seq) this.apart++;
      },
      due: () => {},
    },
  );

  answer(): void {
    const { asked } = this;
    if (asked === null) return;
    this.asked = null;
    const seq = 'seq' in asked ? asked.seq : Math.floor(asked.t / 10);
    this.pipe.answered(FRAME(seq), this.withModel);
  }

  answerModel(): void {
    const { askedModel } = this;
    if (askedModel === null) return;
    this.askedModel = null;
    this.pipe.modelAnswered(MODEL_FRAME(askedModel.seq), this.frame);
  }

  /** Until nothing is on its way. */
  drain(): void {
    for (let turn = 0; turn < 10; turn++) {
      this.pipe.send();
      this.answer();
      this.answerModel();
    }
  }
}

const FRAME = (seq: number): ReplayFrame => ({
  seq,
  t: seq * 10,
  held: 0,
  shared: 0,
  free: null,
  failed: 0,
  calls: 0,
  arm: 0,
  window: false,
  canary: { tries: 0, failed: 0 },
  bindsPerSecond: null,
  bindP95: null,
  row: null,
  holders: 0,
  around: [],
  map: null,
});
const MODEL_FRAME = (seq: number): ModelFrame => ({
  seq,
  covered: true,
  held: 0,
  shared: 0,
  free: null,
  failed: 0,
  answers: [],
  difference: null,
  before: 0,
});

const command = fc.oneof(
  fc.record({ kind: fc.constant('want' as const), seq: fc.integer({ min: 0, max: 99 }) }),
  fc.record({ kind: fc.constantFrom('send' as const, 'answer' as const, 'model' as const) }),
  fc.record({ kind: fc.constant('wait' as const), withModel: fc.boolean() }),
);

describe('instants on their way', () => {
  test('the newest is drawn in the end, on both tracks, whoever is slow', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
        const ends = new Ends();
        let newest = -1;
        for (const one of commands) {
          if (one.kind === 'want') {
            newest = one.seq;
            ends.pipe.want(one.seq % 2 === 0 ? { seq: one.seq } : { t: one.seq * 10 });
          } else if (one.kind === 'send') ends.pipe.send();
          else if (one.kind === 'answer') ends.answer();
          else if (one.kind === 'model') ends.answerModel();
          else if (one.kind === 'wait') ends.withModel = one.withModel;
        }
        ends.drain();
        expect([ends.frame?.seq, ends.modelFrame?.seq]).toEqual([newest, newest]);
        expect(ends.pipe.coming).toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  test('both tracks are drawn at once where the model keeps up', () => {
    const ends = new Ends();
    ends.drain();
    ends.withModel = true;
    ends.apart = 0;
    for (const seq of [5, 9, 2]) {
      ends.pipe.want({ seq });
      ends.pipe.send();
      ends.answer();
      ends.answerModel();
      expect(ends.frame?.seq).toBe(seq);
    }
    expect(ends.apart).toBe(0);
  });

  test('what was not sent can be forgotten, and steps are counted from what is coming', () => {
    const ends = new Ends();
    ends.drain();
    ends.pipe.want({ seq: 7 });
    expect(ends.pipe.coming).toEqual({ seq: 7 });
    ends.pipe.send();
    ends.pipe.want({ seq: 8 });
    expect(ends.pipe.coming).toEqual({ seq: 8 });
    ends.pipe.forget();
    expect(ends.pipe.coming).toEqual({ seq: 7 });
    ends.drain();
    expect(ends.frame?.seq).toBe(7);
  });

  test('it is played from the newest instant as soon as that is answered, drawn or not', () => {
    const ends = new Ends();
    ends.drain();
    ends.withModel = true;
    ends.pipe.want({ seq: 7 });
    expect(ends.pipe.latest(ends.frame)).toBeNull();
    ends.pipe.send();
    expect(ends.pipe.latest(ends.frame)).toBeNull();
    ends.answer();
    // The model has not told of it yet.
    expect(ends.frame?.seq).toBe(-1);
    expect(ends.pipe.latest(ends.frame)?.seq).toBe(7);
    ends.answerModel();
    expect(ends.frame?.seq).toBe(7);
    expect(ends.pipe.latest(ends.frame)?.seq).toBe(7);
  });

  test('a new beginning asks again for what was shown', () => {
    const ends = new Ends();
    ends.pipe.want({ seq: 4 });
    ends.pipe.send();
    // The worker is gone, with what it was asked.
    ends.asked = null;
    ends.askedModel = null;
    ends.pipe.reset({ seq: 3 });
    ends.drain();
    expect(ends.frame?.seq).toBe(3);
  });
});

describe('the clock', () => {
  test('goes on with the time that passed, by speed and unit, to the end', () => {
    const clock = new PlayClock();
    expect(clock.on(5, 1, 1e9, 1e12)).toBeNull();
    clock.set(2e9, 1_000);
    expect(clock.on(1_016, 1, 1e9, 1e12)).toBeCloseTo(2.016e9, -2);
    expect(clock.on(2_016, 10, 1e9, 1e12)).toBeCloseTo(12.016e9, -2);
    // An animation frame may be stamped before the click that began it.
    expect(clock.on(2_000, 10, 1e9, 1e12)).toBeCloseTo(12.016e9, -2);
    expect(clock.on(1e9, 1_000, 1e9, 20e9)).toBe(20e9);
    clock.clear();
    expect(clock.isSet).toBe(false);
  });
});
