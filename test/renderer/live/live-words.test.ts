import { describe, expect, test } from 'vitest';
import type { Activity } from '#engine/api/views.ts';
import { EventBatch } from '#engine/event/event-batch.ts';
import { MARK } from '#engine/event/mark.ts';
import { OP } from '#engine/event/op.ts';
import { armViews } from '#renderer/screens/live/arms.ts';
import { LiveModel } from '#renderer/screens/live/live-model.ts';
import {
  liveSentence,
  plain,
  secondsToReserve,
  spokenSummary,
  type LiveState,
} from '#renderer/screens/live/live-words.ts';

/** Steps of a run: marks, and ports filled or released on an address. */
type Step =
  | { readonly mark: number; readonly arm: number }
  | { readonly fill: number; readonly address: number; readonly arm: number }
  | { readonly release: number; readonly address: number; readonly arm: number };

function stateAfter(
  experiment: string,
  steps: readonly Step[],
  change?: Partial<LiveState>,
): LiveState {
  const model = new LiveModel({ addresses: ['10.0.0.1', '10.0.0.2'], timed: false });
  model.addAddresses(['', '10.0.0.1', '10.0.0.2']);
  const batch = new EventBatch(steps.length, steps.length);
  steps.forEach((step, at) => {
    batch.t[at] = at * 1_000;
    batch.arm[at] = step.arm;
    batch.op[at] = 'mark' in step ? OP.mark : 'fill' in step ? OP.fill : OP.release;
    batch.value[at] = 'mark' in step ? step.mark : 'fill' in step ? step.fill : step.release;
    if ('mark' in step) return;
    batch.address[at] = step.address;
    batch.port[at] = 50_000;
  });
  model.add(batch);
  const snapshot = model.snapshot();
  return {
    experiment,
    addresses: 2,
    snapshot,
    arms: armViews(experiment, snapshot, false),
    activity: null,
    stopping: false,
    ...change,
  };
}

const legacy: readonly Step[] = [
  { mark: MARK.armBegin, arm: 1 },
  { fill: 1_000, address: 1, arm: 1 },
];
const legacyDone: readonly Step[] = [
  ...legacy,
  { mark: MARK.armPeak, arm: 1 },
  { release: 1_000, address: 1, arm: 1 },
  { mark: MARK.armEnd, arm: 1 },
];
const optionBegun: readonly Step[] = [
  { mark: MARK.armBegin, arm: 2 },
  { fill: 1_000, address: 1, arm: 2 },
];

describe('the sentence of a live run', () => {
  const said = (steps: readonly Step[], change?: Partial<LiveState>): string =>
    plain(liveSentence(stateAfter('capacity', steps, change)));

  test('says what is held, and that it is without the option', () => {
    expect(said(legacy)).toBe('1,000 ports held on 2 addresses, without the option.');
  });

  test('compares only with an arm without the option that is over', () => {
    const more: Step = { fill: 500, address: 2, arm: 2 };
    expect(said([...legacyDone, ...optionBegun])).toBe(
      '1,000 ports held on 2 addresses, with the option.',
    );
    expect(said([...legacyDone, ...optionBegun, more])).toBe(
      '1,500 ports held on 2 addresses, 500 more than without the option.',
    );
    expect(said([...optionBegun, more])).toBe('1,500 ports held on 2 addresses, with the option.');
  });

  test('says that it stops, and what is still held', () => {
    expect(said(legacy, { stopping: true })).toBe('Stopping, releasing: 1,000 ports still held.');
  });

  test('says of a sweep how many numbers were given again', () => {
    const steps: Step[] = [...optionBegun, { fill: 3, address: 2, arm: 2 }];
    expect(plain(liveSentence(stateAfter('sweep', steps)))).toBe(
      'With the option 3 of 1,000 held numbers given again, in 3 binds on the second address.',
    );
  });

  test('says what the service says is held while the recording is still being read', () => {
    const activity = { held: 90_000, recorded: 100_000 } as Activity;
    expect(said(legacy, { activity })).toBe('90,000 ports held. What came before is being read.');
    expect(said(legacy, { activity: { ...activity, recorded: 1_001 } })).toBe(
      '1,000 ports held on 2 addresses, without the option.',
    );
  });

  test('has nothing to say before the first arm', () => {
    expect(said([])).toBe('Starting: nothing is bound yet.');
  });

  test('is spoken with what is left to others, where that is known', () => {
    const activity = { freeOnAll: 15_384, held: 1_000 } as Activity;
    expect(spokenSummary(stateAfter('capacity', legacy, { activity }))).toBe(
      '1,000 ports held on 2 addresses, without the option. 15,384 free on all addresses.',
    );
    const unknown = { ...activity, freeOnAll: null };
    expect(spokenSummary(stateAfter('capacity', legacy, { activity: unknown }))).toBe(
      '1,000 ports held on 2 addresses, without the option.',
    );
  });
});

describe('the time to the reserve', () => {
  const falling = [0, 500, 1_000, 1_500].map((atMs) => ({ atMs, free: 10_000 - atMs }));

  test('goes on as over the last readings', () => {
    expect(secondsToReserve(falling, 5_000)).toBeCloseTo(3.5);
  });

  test('is unknown before a second of readings, when nothing falls, and below the reserve', () => {
    expect(secondsToReserve(falling.slice(0, 2), 5_000)).toBeNull();
    expect(secondsToReserve([], 5_000)).toBeNull();
    expect(
      secondsToReserve(
        falling.toReversed().map((one, at) => ({ ...one, atMs: at * 500 })),
        5_000,
      ),
    ).toBeNull();
    expect(secondsToReserve(falling, 9_000)).toBeNull();
  });
});
