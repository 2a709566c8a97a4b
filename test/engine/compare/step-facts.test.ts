import { describe, expect, it } from 'vitest';
import { compareRuns } from '#engine/compare/compare-runs.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import type { StepRecord } from '#engine/run/script-record.ts';
import { runOf } from './sample-runs.ts';

function step(index: number, more: Partial<StepRecord> = {}): StepRecord {
  return {
    index,
    op: 'bind',
    ok: true,
    code: 0,
    name: null,
    address: '10.0.0.1',
    port: 50_000,
    value: null,
    bound: null,
    expectation: 'none',
    call: `bind ${index}`,
    answer: 'ok',
    missed: null,
    ...more,
  };
}

function script(id: string, ...steps: StepRecord[]): RunDocument {
  return runOf(id, {
    run: { experiment: 'script' },
    document: {
      arms: [],
      claims: [],
      measures: {},
      parameters: { script: { title: 'A script', steps: steps.map(() => ({})) } },
      steps,
    },
  });
}

describe('the steps of scripts', () => {
  it('are told where they were answered otherwise, whichever port was given', () => {
    const compared = compareRuns([
      script('one', step(0), step(1, { port: 50_001, answer: 'ok: port 50001' })),
      script(
        'two',
        step(0, { ok: false, code: 10_055, answer: 'WSAENOBUFS (10055)' }),
        step(1, { port: 51_000, answer: 'ok: port 51000' }),
      ),
    ]);
    expect(compared.sentence).toBe('One of 2 steps was answered otherwise');
    expect(compared.facts.filter(({ group }) => group === 'steps')).toEqual([
      {
        name: 'step.0',
        group: 'steps',
        words: 'Step 1, bind 0',
        values: ['ok', 'WSAENOBUFS (10055)'],
        differs: true,
      },
    ]);
    expect(compared.facts.find(({ name }) => name === 'script')?.values).toEqual([
      'A script, 2 steps',
      'A script, 2 steps',
    ]);
  });

  it('are not compared where scripts make other ones', () => {
    const compared = compareRuns([script('one', step(0)), script('two', step(0), step(1))]);
    expect(compared.sentence).toBe('The scripts do not make the same steps');
    expect(compared.facts.some(({ group }) => group === 'steps')).toBe(false);
  });
});
