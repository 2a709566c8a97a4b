import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseScript } from '#engine/script/parse-script.ts';
import { simulateScript } from '#engine/script/simulate-script.ts';
import { FOUND } from './model/found.ts';
import { assertAlike, play, scriptOf, sequenceArbitrary, type Twist } from './model/sequence.ts';

const DEEP = process.env['PORTLAB_DEEP'] === '1';
const TIMEOUT_MS = DEEP ? 900_000 : 120_000;

/** The host under test, and only that one, has another value of a switch. */
function twisted(switches: Readonly<Record<string, string>>): Twist {
  return ({ host, ...rest }) => ({
    ...rest,
    host: { ...host, switches: { ...host.switches, ...switches } },
  });
}

/** The error of a run in which the host under test differs. */
function complaint(twist: Twist): string {
  try {
    assertAlike(2_000, { twist, parameters: { seed: 7 } });
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}

describe('a simulated host against a naive model of the rules', () => {
  it(
    'answers every call of random sequences alike, on random hosts with random assumptions',
    () => {
      assertAlike(DEEP ? 10_000 : 1_000);
    },
    TIMEOUT_MS,
  );

  for (const { name, sequence } of FOUND) {
    it(`does so where random sequences once found it different: ${name}`, () => {
      expect(play(sequence).difference).toBeNull();
    });
  }
});

describe('what a difference between host and model is told as', () => {
  it('the harness notices a host whose option ports do not bar option-less sockets, and prints a script', async () => {
    const message = complaint(twisted({ A3: 'allowed' }));
    expect(message).toMatch(/fast-check: seed 7, path \d/);
    const [, seed] = /portlab script FILE --stack simulated --seed (\d+)\n/.exec(message)!;
    const script = parseScript(message.slice(message.indexOf('{"portlab"')));
    expect(script.profile?.assumptions).toMatchObject({ A3: 'allowed' });
    // Shrunk to what shows it: a fill or a socket with its option and bind, and one asked after it.
    expect(script.steps.length).toBeLessThan(10);
    const { ended } = await simulateScript(script, { seed: Number(seed) });
    expect(ended).toBe('done');
  });

  it.each([
    { why: 'answers a wrong code', switches: { tupleInUse: '10049' } },
    {
      why: 'grants binds to named ports it must refuse',
      switches: { timeWaitScope: 'wildcard-port' },
    },
    { why: 'refuses binds to named ports it must grant', switches: { A7: 'blocked' } },
    { why: 'forgets TIME_WAIT', switches: { A21: '0' } },
  ])('a script shows the failed step of a host that $why', async ({ switches }) => {
    const message = complaint(twisted(switches));
    const [, seed] = /--seed (\d+)\n/.exec(message)!;
    const script = parseScript(message.slice(message.indexOf('{"portlab"')));
    const { steps } = await simulateScript(script, { seed: Number(seed) });
    const failed = steps.filter(({ expectation }) => expectation === 'failed');
    expect(failed.map(({ index }) => index)).toEqual([steps.length - 1]);
  });

  it(
    'a sequence told as a script gives the same codes and ports as the calls themselves',
    async () => {
      await fc.assert(
        fc.asyncProperty(sequenceArbitrary, async (sequence) => {
          const { pair, difference } = play(sequence);
          // A host that differs is the first test's to tell: its script must fail.
          fc.pre(difference === null);
          const told = scriptOf(sequence, pair, 'random');
          const script = parseScript(JSON.stringify(told));
          const { steps, ended } = await simulateScript(script, { seed: sequence.seed });
          expect(ended).toBe('done');
          expect(steps).toHaveLength(script.steps.length);
          // Every step says what the direct call answered.
          expect(steps.filter(({ expectation }) => expectation === 'failed')).toEqual([]);
        }),
        { numRuns: DEEP ? 1_000 : 100 },
      );
    },
    TIMEOUT_MS,
  );
});
