import { expect, it } from 'vitest';
import type { ModelRecord } from '#engine/run/model-record.ts';
import { modelText } from '#main/cli/model-text.ts';

const FIRST = {
  seq: 17,
  t: 1_000,
  arm: 1,
  call: 'bind 10.0.0.2 : 0',
  host: 'port 50005',
  model: 'not 50005: held on 10.0.0.1 by a socket without the option',
  kind: 'per-address-without-option',
  text: 'numbers are shared across addresses without any option',
  assumptions: ['PS-1'],
};

function record(kinds: number): ModelRecord {
  const divergences = Array.from({ length: kinds }, (_, i) => ({
    kind: `${FIRST.kind}-${i}`,
    count: 1_000 + i,
    text: FIRST.text,
    assumptions: FIRST.assumptions,
    first: FIRST,
  }));
  const differs = kinds === 0 ? null : 'This host differs.';
  return {
    profile: 'documented',
    compared: 3_060,
    differs,
    notes: ['A note.'],
    divergences,
    listed: [],
  };
}

it('says the sentence, what to know of it, and each kind with its first step', () => {
  const text = modelText(record(1));
  expect(text).toMatch(/^This host differs\.\nA note\.\n/);
  expect(text).toMatch(
    /per-address-without-option-0 +1,000 +row 17: bind 10\.0\.0\.2 : 0 +port 50005/,
  );
});

it('says that nothing differs, and on how many calls that rests', () => {
  expect(modelText(record(0))).toBe(
    '3,060 calls made on a model too: nothing differs from the documented behaviour.\nA note.',
  );
});

it('counts the kinds it leaves out', () => {
  expect(modelText(record(15))).toMatch(/… 3 more kinds: /);
});
