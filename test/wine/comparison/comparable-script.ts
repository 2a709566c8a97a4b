import type { PortRange } from '#engine/model/port-range.ts';
import { Dice } from './dice.ts';
import { type Answer, modelAnswers } from './model-answers.ts';
import { randomScript } from './random-script.ts';
import type { RawStep } from './script-writer.ts';

export interface ComparableScript {
  readonly range: PortRange;
  readonly script: {
    readonly portlab: 'script/1';
    readonly title: string;
    readonly steps: readonly RawStep[];
  };
  /** What the model answers, a step each. */
  readonly model: readonly Answer[];
  /** Steps left out, because the two hosts can't be held to one answer. */
  readonly dropped: number;
}

/** Sizes of the ranges, in turn; even ones, because Linux gives a random one fewer of an odd count. */
const SIZES = [16, 32, 64] as const;
const APART = 64;
const FIRST = 33_000;

/**
 * A random script without the steps whose answers depend on which numbers a host picks.
 * @param index gives it a range of its own, so that no TIME_WAIT of one script meets another
 */
export async function comparableScript(seed: number, index: number): Promise<ComparableScript> {
  const range = { start: FIRST + index * APART, count: SIZES[index % SIZES.length] ?? APART };
  const all = randomScript(new Dice(seed), range, index);
  const title = `generated from seed ${seed}`;
  let steps = all;
  for (;;) {
    const script = { portlab: 'script/1', title, steps } as const;
    const model = await modelAnswers(script, range);
    const unsure = model.indexOf(null);
    if (unsure < 0) {
      const sure = model.filter((answer) => answer !== null);
      return { range, script, model: sure, dropped: all.length - steps.length };
    }
    steps = without(steps, unsure);
  }
}

/** The steps but one, and but those that use what it makes. */
function without(steps: readonly RawStep[], index: number): readonly RawStep[] {
  const made = steps[index]?.['as'];
  return steps.filter((step, at) => {
    if (at === index) return false;
    return made === undefined || (step['socket'] !== made && step['reservation'] !== made);
  });
}
