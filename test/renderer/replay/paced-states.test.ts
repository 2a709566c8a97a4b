import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { PacedStates } from '#renderer/screens/replay/paced-states.ts';

test('a moving playhead is drawn by halves, a resting one whole', async () => {
  let settled = 0;
  const states = new PacedStates(0, () => settled++);
  const halves = (): number[] => [states.of(0), states.of(1)];
  states.take(1, true, 1_000);
  expect(halves()).toEqual([1, 1]);
  const drawn: number[][] = [];
  for (let state = 2; state < 8; state++) {
    states.take(state, true, 1_000 + 16 * (state - 1));
    drawn.push(halves());
  }
  // Each is at most one instant behind.
  drawn.forEach((pair, at) => expect(pair.toSorted((a, b) => a - b)).toEqual([at + 1, at + 2]));
  expect(settled).toBe(0);
  await sleep(120);
  expect([settled, ...halves()]).toEqual([1, 7, 7]);
});

test('steps, and what is no other instant, are drawn at once', () => {
  const states = new PacedStates(0, () => {});
  for (let state = 1; state < 5; state++) {
    states.take(state, true, state * 200);
    expect([states.of(0), states.of(1)]).toEqual([state, state]);
  }
  states.take(5, false, 801);
  expect([states.of(0), states.of(1)]).toEqual([5, 5]);
});
