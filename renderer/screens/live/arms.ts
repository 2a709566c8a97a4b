import { armNames } from '#engine/chart/strategy-style.ts';
import type { Strategy } from '#engine/model/strategy.ts';
import { describeCode } from '#engine/model/winsock-error.ts';
import { atTime } from '../../kit/format.ts';
import { armPlan } from '../../events/arm-plan.ts';
import type { LiveArm, LiveSnapshot } from './live-snapshot.ts';

/** One arm as the screen shows it, begun or not. */
export interface ArmView {
  readonly index: number;
  readonly strategy: Strategy | null;
  /** `Port scalability`, or `Legacy (no option), arm 3`. */
  readonly name: string;
  /** `S`, or `L3`. */
  readonly short: string;
  readonly state: 'next' | 'running' | 'releasing' | 'done';
  /** The state in words, with the error it met. */
  readonly words: string;
  /** Null before it began. */
  readonly live: LiveArm | null;
}

/** The run's arms: those that began, and those its experiment has still before it. */
export function armViews(
  experiment: string,
  snapshot: LiveSnapshot | null,
  ended: boolean,
): ArmView[] {
  const plan = armPlan(experiment);
  const begun = new Map(snapshot?.arms.map((arm) => [arm.index, arm] as const));
  const most = Math.max(ended ? 0 : plan.length, ...begun.keys(), 0);
  const known = plan.map((arm, at) => ({ ...arm, index: at + 1 }));
  const names = armNames(known);
  return Array.from({ length: most }, (_, at): ArmView => {
    const index = at + 1;
    const live = begun.get(index) ?? null;
    const state = stateOf(live, ended, experiment);
    return {
      index,
      strategy: plan[at]?.strategy ?? null,
      name: names.get(index)?.name ?? `Arm ${index}`,
      short: names.get(index)?.short ?? String(index),
      state,
      words: wordsOf(live, state),
      live,
    };
  });
}

function stateOf(live: LiveArm | null, ended: boolean, experiment: string): ArmView['state'] {
  if (live === null) return 'next';
  if (live.end !== null || ended) return 'done';
  // In a sweep the peak is only where its measured part begins.
  return live.peak !== null && experiment === 'capacity' ? 'releasing' : 'running';
}

function wordsOf(live: LiveArm | null, state: ArmView['state']): string {
  if (live === null) return 'next';
  const error = live.firstError;
  const met =
    error === null ? '' : `, ${error.call} ${describeCode(error.code)} at ${atTime(error.t)}`;
  if (state === 'running') return `${live.phase === null ? 'binding' : 'sweeping'}${met}`;
  if (state === 'releasing') return `at its peak, then releasing${met}`;
  return `${live.end === null ? 'ended' : `done at ${atTime(live.end)}`}${met}`;
}
