import { assert, asyncProperty, constantFrom, nat } from 'fast-check';
import { expect, test } from 'vitest';
import { LabError } from '#engine/model/lab-error.ts';
import { parseJsonc } from '#engine/script/jsonc.ts';
import { parseScript } from '#engine/script/parse-script.ts';
import type { ScriptOutcome } from '#engine/script/script.ts';
import { simulateScript } from '#engine/script/simulate-script.ts';
import { answerWords, missWords, stepWords } from '#engine/script/step-words.ts';
import { mutated } from './script-mutations.ts';
import { SHIPPED } from './shipped-scenarios.ts';

const MUTATIONS = process.env['PORTLAB_DEEP'] === undefined ? 500 : 10_000;

/** No mutation comes near it: what takes longer hangs. */
const LONGEST_MS = 5_000;

const SOURCES = new Map(
  SHIPPED.map(({ name, text }) => [name, { text, content: parseJsonc(text).value }]),
);

async function refusedOrRun(text: string, seed: number): Promise<ScriptOutcome | LabError> {
  try {
    const script = parseScript(text);
    const outcome = await simulateScript(script, { seed, maxSeconds: 2 });
    for (const result of outcome.steps) {
      const step = script.steps[result.index]!;
      expect(`${stepWords(step)} ${answerWords(result)} ${missWords(step, result)}`).not.toMatch(
        /undefined|\[object|NaN/,
      );
    }
    return outcome;
  } catch (error) {
    if (error instanceof LabError) return error;
    throw error;
  }
}

test(
  'a mutated scenario is refused in words, or runs to its end, and in time',
  { timeout: 20 * 60_000 },
  async () => {
    let ran = 0;
    await assert(
      asyncProperty(
        constantFrom(...SOURCES.keys()),
        nat({ max: 4_294_967_295 }),
        async (name, seed) => {
          const { text, content } = SOURCES.get(name)!;
          const began = performance.now();
          const answer = await refusedOrRun(mutated(text, content, seed), seed);
          expect(performance.now() - began).toBeLessThan(LONGEST_MS);
          if (answer instanceof LabError) {
            expect(answer.kind).toMatch(/^(usage|refused)$/);
            expect(answer.message).not.toMatch(/undefined|\[object|NaN|\n/);
            expect(answer.hint).not.toBe('');
          } else {
            ran++;
            expect(answer.ended).toMatch(/^(done|max-seconds)$/);
          }
        },
      ),
      {
        numRuns: MUTATIONS,
        // A field left out whose value has more than one form.
        examples: [['unicast-reuse.jsonc', 2_354_367_562]],
      },
    );
    // Both kinds are met, or the mutations say little.
    expect(ran).toBeGreaterThan(MUTATIONS / 20);
    expect(ran).toBeLessThan(MUTATIONS * 0.9);
  },
);
