import { expect, test } from 'vitest';
import { adviceParts } from '#engine/run/advice-parts.ts';

test('advice is told apart from what was found', () => {
  expect(adviceParts('It is so. Do: look at it.')).toEqual({
    what: 'It is so.',
    advice: 'Look at it.',
  });
  expect(adviceParts('It is so.')).toEqual({ what: 'It is so.', advice: null });
});
