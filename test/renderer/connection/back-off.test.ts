import { expect, it } from 'vitest';
import { backOffMs } from '#renderer/connection/back-off.ts';

it('waits longer after each failure, up to a bound', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 1_000].map(backOffMs)).toEqual([
    500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000,
  ]);
});
