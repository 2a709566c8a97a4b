import type { PortRange } from '#engine/model/port-range.ts';
import { resolveProfile } from '#engine/profile/resolve-profile.ts';
import { checkScript } from '#engine/script/parse-script.ts';
import type { StepResult } from '#engine/script/script.ts';
import { simulateScript } from '#engine/script/simulate-script.ts';
import { ADDRESSES } from './random-script.ts';

/** What two hosts can agree on: which number a socket got is each host's own affair. */
export type Answer = Pick<StepResult, 'ok' | 'code' | 'bound'>;

export function answers(steps: readonly StepResult[]): Answer[] {
  return steps.map(({ ok, code, bound }) => ({ ok, code, bound }));
}

export const answerText = ({ ok, code, bound }: Answer): string =>
  `${ok ? 'ok' : 'fails'} ${code}${bound === null ? '' : `, ${bound} bound`}`;

/** Orders of picking: in turn, and by chance. */
const PICKS = [
  { A19: 'next-fit', seed: 1 },
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((seed) => ({ A19: 'random', seed })),
];

/**
 * What the simulated stack answers as Wine 8, with that port range for everything.
 * @param assumptions switches set otherwise than Wine's
 */
export async function answersOf(
  script: unknown,
  range: PortRange,
  assumptions: Readonly<Record<string, string>>,
  seed = 1,
): Promise<Answer[]> {
  const profile = resolveProfile({
    base: 'wine-8',
    addresses: ADDRESSES,
    dynamicRanges: { tcp4: range, tcp6: range, udp4: range, udp6: range },
    assumptions,
  });
  const { steps } = await simulateScript(checkScript(script), { seed, profile });
  return answers(steps);
}

/**
 * What the model answers to a script's steps, whichever numbers it picks.
 * @returns an answer a step; null where it depends on the numbers picked, so that no host can be
 *   held to it
 */
export async function modelAnswers(script: unknown, range: PortRange): Promise<(Answer | null)[]> {
  const [first = [], ...others] = await Promise.all(
    PICKS.map(({ A19, seed }) => answersOf(script, range, { A19 }, seed)),
  );
  return first.map((answer, index) => {
    const text = answerText(answer);
    const same = others.every((other) => answerText(other[index] ?? answer) === text);
    return same ? answer : null;
  });
}
