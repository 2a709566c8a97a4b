import { expect, test } from 'vitest';
import type { ModelRecord } from '#engine/run/model-record.ts';
import { modelHint, modelSentence } from '#renderer/screens/run/verdict/model-words.ts';

const SAME: ModelRecord = {
  profile: 'documented',
  compared: 1_200,
  differs: null,
  notes: [],
  divergences: [],
  listed: [],
};

test('where host and model agree, it says over how many calls, and never calls Wine this host', () => {
  expect(modelSentence(SAME, 'measured')).toBe(
    'This host answered all 1,200 calls as the model does (profile documented).',
  );
  expect(modelSentence(SAME, 'wine')).toMatch(/^Wine answered/);
  expect(modelSentence({ ...SAME, compared: 0 }, 'measured')).toBe('No call was compared.');
});

test('where they part, it is the recorded sentence, with every parted call counted', () => {
  const first = {
    seq: 3,
    t: 5,
    arm: 1,
    call: 'bind 10.0.0.1 : 0',
    host: '10048',
    model: '10055',
    kind: 'exhaustion-code',
    text: 'another code',
    assumptions: ['A14'],
  };
  const parted: ModelRecord = {
    ...SAME,
    differs: 'this host differs in 2 points.',
    divergences: [
      { kind: 'a', count: 1_000, text: '', assumptions: [], first },
      { kind: 'b', count: 34, text: '', assumptions: [], first },
    ],
  };
  expect(modelSentence(parted, 'measured')).toBe('This host differs in 2 points.');
  expect(modelHint(parted)).toContain('1,034 of 1,200 calls');
});
