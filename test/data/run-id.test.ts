import { expect, test } from 'vitest';
import { createRunId } from '#data/run-id.ts';

test('a run id is its UTC second and four random characters', () => {
  const digits = [0, 0.5, 0.999_999, 0.25];
  const id = createRunId(new Date('2026-01-02T03:04:05.999Z'), () => digits.shift() ?? Number.NaN);
  expect(id).toBe('20260102-030405-0gz8');
});

test('the same second and other random numbers give another id', () => {
  const at = new Date('2026-01-02T03:04:05Z');
  expect(createRunId(at, () => 0.1)).not.toBe(createRunId(at, () => 0.2));
});
