import { beforeAll, expect, it } from 'vitest';
import { type AssumptionId, DEFAULT_ASSUMPTIONS } from '#engine/profile/assumptions.ts';
import { namedProfile } from '#engine/profile/resolve-profile.ts';
import type { ScriptOutcome } from '#engine/script/script.ts';
import { type ComparableScript, comparableScript } from './comparison/comparable-script.ts';
import {
  type Answer,
  answerText,
  answers,
  answersOf,
  modelAnswers,
} from './comparison/model-answers.ts';
import { type ShippedScenario, shippedScenarios } from './comparison/shipped-scenarios.ts';
import { describeWine } from './lane.ts';
import { scriptsInWine } from './scripts-in-wine.ts';

const TEST_MS = 300_000;
const GENERATED = process.env['PORTLAB_DEEP'] === '1' ? 200 : 40;
/** Each run compares other scripts; PORTLAB_SEED repeats those of one that failed. */
const SEED = Number(process.env['PORTLAB_SEED'] ?? Date.now() % 1_000_000_000);

/** A script both hosts have run. */
interface Compared {
  readonly name: string;
  readonly steps: readonly unknown[];
  readonly model: readonly (Answer | null)[];
  readonly wine: ScriptOutcome;
}

/** Steps on which Wine and the model differ, in words. Answers the model is not sure of don't count. */
function differences({ name, steps, model, wine }: Compared): string[] {
  const answered = answers(wine.steps);
  const wrong = model.findIndex((expected, index) => {
    const answer = answered[index];
    if (answer === undefined) return true;
    return expected !== null && answerText(expected) !== answerText(answer);
  });
  const expected = model[wrong];
  if (wrong < 0 || expected === undefined) return [];
  const answer = answered[wrong];
  const wineSays = answer === undefined ? `nothing (${wine.ended})` : answerText(answer);
  const modelSays = expected === null ? 'anything' : answerText(expected);
  const until = steps.slice(0, wrong + 1).map((step) => JSON.stringify(step));
  return [`${name}, step ${wrong}: Wine ${wineSays}, model ${modelSays}\n${until.join('\n')}`];
}

describeWine('the model as Wine 8, against Wine', () => {
  let shipped: readonly ShippedScenario[] = [];
  let generated: readonly ComparableScript[] = [];
  let comparedShipped: readonly Compared[] = [];
  let comparedGenerated: readonly Compared[] = [];

  beforeAll(async () => {
    shipped = shippedScenarios();
    generated = await Promise.all(
      Array.from({ length: GENERATED }, (_, index) => comparableScript(SEED + index, index)),
    );
    const outcomes = await scriptsInWine([...shipped, ...generated]);
    const outcome = (index: number): ScriptOutcome => {
      const found = outcomes[index];
      if (found === undefined) throw new Error(`no outcome of script ${index}`);
      return found;
    };
    comparedShipped = await Promise.all(
      shipped.map(async ({ name, script, range }, index) => ({
        name,
        steps: (script as { steps: unknown[] }).steps,
        model: await modelAnswers(script, range),
        wine: outcome(index),
      })),
    );
    comparedGenerated = generated.map(({ script, model }, index) => ({
      name: `${script.title} (PORTLAB_SEED=${SEED})`,
      steps: script.steps,
      model,
      wine: outcome(shipped.length + index),
    }));
  }, TEST_MS);

  it('agrees step by step on the shipped scenarios', () => {
    expect(shipped.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'exclusivity',
        'late-option',
        'starvation',
        'two-address',
        'unicast-reuse',
        'wildcard-address',
      ]),
    );
    expect(comparedShipped.flatMap(differences)).toEqual([]);
    // Which number a socket picked decides none of their answers.
    expect(
      comparedShipped.flatMap(({ model }) => model.filter((answer) => answer === null)),
    ).toEqual([]);
  });

  it(`agrees step by step on ${GENERATED} generated scripts`, () => {
    expect(comparedGenerated.flatMap(differences)).toEqual([]);
  });

  it('does so over scripts in which much happens, and much is refused', () => {
    const seen = new Set<string>();
    let steps = 0;
    let dropped = 0;
    for (const { script, model, dropped: some } of generated) {
      script.steps.forEach(({ op }, index) => seen.add(`${op} ${model[index]?.code}`));
      steps += script.steps.length;
      dropped += some;
    }
    expect([...seen]).toEqual(expect.arrayContaining(MUST_HAPPEN));
    expect(steps).toBeGreaterThan(20 * GENERATED);
    expect(dropped).toBeLessThan(steps / 50);
  });

  it('would not do so if one of Wine’s switches were as documented', async () => {
    const unseen: string[] = [];
    for (const id of WINES_OWN) {
      const assumptions = { [id]: DEFAULT_ASSUMPTIONS[id] };
      const differ = await Promise.all(
        generated.map(async ({ script, range, model }) => {
          const other = await answersOf(script, range, assumptions);
          return model.some((answer, at) => answerText(answer) !== answerText(other[at] ?? answer));
        }),
      );
      if (!differ.includes(true)) unseen.push(id);
    }
    expect(unseen).toEqual([]);
  });
});

const WINE = namedProfile('wine-8').assumptions;
/**
 * The switches wine-8 has of its own. But A15: where the option is ignored nobody starves by it. And
 * A21: no script waits for a TIME_WAIT to end, so any number of seconds gives the same.
 */
const WINES_OWN = (Object.keys(WINE) as AssumptionId[]).filter(
  (id) => WINE[id] !== DEFAULT_ASSUMPTIONS[id] && id !== 'A15' && id !== 'A21',
);

/** Calls and their codes that any number of scripts as small as this must have shown. */
const MUST_HAPPEN = [
  'accept 0',
  'associate 10045',
  'bind 0',
  'bind 10013',
  'bind 10022',
  'bind 10045',
  'bind 10048',
  'close 0',
  'connect 0',
  'connect 10049',
  'connect 10056',
  'fill 0',
  'fill 10048',
  'getsockopt 10042',
  'listen 0',
  'reserve 10045',
  'setsockopt 0',
];
