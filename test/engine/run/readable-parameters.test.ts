import { assert, jsonValue, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readableParameters } from '#engine/run/readable-parameters.ts';
import { sampleRun } from '../../report/sample-run.ts';

const { run: head } = sampleRun().document;
const run = { ...head, experiment: 'script' };

describe('parameters for reading', () => {
  test('a script has a line a step, as it was written', () => {
    const steps = [
      { op: 'socket', as: 'a' },
      { op: 'close', socket: 'a', expect: { ok: true } },
    ];
    const script = { $schema: './x.json', portlab: 'script/1', steps };
    expect(readableParameters({ run, parameters: { script } })).toEqual({
      script: {
        portlab: 'script/1',
        step: {
          0: '{"op":"socket","as":"a"}',
          1: '{"op":"close","socket":"a","expect":{"ok":true}}',
        },
      },
    });
  });

  test('an experiment’s stay as they are', () => {
    const parameters = { protocol: 'tcp', script: { steps: [1] } };
    expect(readableParameters({ run: head, parameters })).toBe(parameters);
  });

  test('an imported run may hold anything there', () => {
    assert(
      property(jsonValue(), jsonValue(), (script, steps) => {
        for (const parameters of [{ script }, { script: { steps } }]) {
          const readable = readableParameters({ run, parameters });
          expect(() => JSON.stringify(readable)).not.toThrow();
        }
      }),
      {
        examples: [
          [null, [null]],
          [[], { length: 3 }],
        ],
      },
    );
  });
});
