import type { Activity } from '#engine/api/views.ts';
import { count, thousands } from '#engine/model/words.ts';
import type { ArmView } from './arms.ts';
import type { LiveSnapshot } from './live-snapshot.ts';

export interface LiveState {
  readonly experiment: string;
  readonly addresses: number;
  readonly snapshot: LiveSnapshot | null;
  readonly arms: readonly ArmView[];
  /** Null once the run is over, or when it goes on elsewhere. */
  readonly activity: Activity | null;
  readonly stopping: boolean;
}

/** The sentence that is the answer now, as parts; `strong` ones are the figures. */
export type Sentence = readonly { readonly text: string; readonly strong?: boolean }[];

export function liveSentence(state: LiveState): Sentence {
  const { snapshot, arms, activity, stopping, addresses } = state;
  if (stopping) {
    const held = activity?.held ?? snapshot?.held ?? 0;
    return [
      { text: 'Stopping, releasing: ' },
      { text: thousands(held), strong: true },
      { text: ` ${held === 1 ? 'port' : 'ports'} still held.` },
    ];
  }
  if (activity !== null && isBehind(state)) {
    return [
      { text: thousands(activity.held), strong: true },
      { text: ` ${activity.held === 1 ? 'port' : 'ports'} held. What came before is being read.` },
    ];
  }
  const arm = arms.findLast(({ live }) => live !== null);
  if (snapshot === null || arm === undefined) {
    return [{ text: 'Starting: nothing is bound yet.' }];
  }
  if (arm.state === 'done') {
    return [{ text: `${arm.name}: everything released.` }];
  }
  if (state.experiment === 'sweep') return sweepSentence(arm, snapshot);
  const held = snapshot.held;
  const begin: Sentence = [
    { text: thousands(held), strong: true },
    { text: ` ${held === 1 ? 'port' : 'ports'} held on ${count(addresses, 'address')}` },
  ];
  if (arm.strategy === 'legacy') return [...begin, { text: ', without the option.' }];
  const legacy = arms.find(({ strategy, state: at }) => strategy === 'legacy' && at === 'done');
  const more = held - (legacy?.live?.peakHeld ?? held);
  if (more <= 0)
    return [...begin, { text: arm.strategy === 'port-scalability' ? ', with the option.' : '.' }];
  return [
    ...begin,
    { text: ', ' },
    { text: thousands(more), strong: true },
    { text: ' more than without the option.' },
  ];
}

/** Much is recorded that this screen has not read yet: it was opened late, or can't keep up. */
export function isBehind({ activity, snapshot }: LiveState): boolean {
  // What is written between two of the service's reports is no lag.
  const recorded = activity?.recorded ?? 0;
  return recorded > 10_000 && (snapshot?.calls ?? 0) < recorded * 0.8;
}

/** A sweep takes few ports: what it finds are numbers given twice. */
function sweepSentence({ strategy, live }: ArmView, { heldBy }: LiveSnapshot): Sentence {
  const how = strategy === 'legacy' ? 'Without' : 'With';
  const overlap = live?.overlap ?? 0;
  const [heldOnFirst = 0] = heldBy;
  const [, sweptOnSecond = 0] = live?.boundBy ?? [];
  return [
    { text: `${how} the option ` },
    { text: thousands(overlap), strong: true },
    { text: ` of ${count(heldOnFirst, 'held number')} given again, in ` },
    { text: thousands(sweptOnSecond), strong: true },
    { text: ` ${sweptOnSecond === 1 ? 'bind' : 'binds'} on the second address.` },
  ];
}

export function plain(sentence: Sentence): string {
  return sentence.map(({ text }) => text).join('');
}

/** For who listens: the sentence, and what is left to other applications. */
export function spokenSummary(state: LiveState): string {
  const { activity } = state;
  const free =
    activity === null || activity.freeOnAll === null
      ? ''
      : ` ${thousands(activity.freeOnAll)} free on all addresses.`;
  return `${plain(liveSentence(state))}${free}`;
}

/**
 * When free numbers will have fallen to the reserve, if they go on as over the last seconds.
 * @param readings of the running arm, oldest first
 * @returns seconds; null where they do not fall, or too little is known
 */
export function secondsToReserve(
  readings: readonly { readonly atMs: number; readonly free: number }[],
  reserve: number,
): number | null {
  const [first, last] = [readings.at(0), readings.at(-1)];
  if (first === undefined || last === undefined || last.atMs - first.atMs < 1_000) return null;
  const perMs = (first.free - last.free) / (last.atMs - first.atMs);
  return perMs <= 0 || last.free <= reserve ? null : (last.free - reserve) / perMs / 1_000;
}
