import { describe, it } from 'vitest';
import { wineLaneReady } from '#build/wine/lane.mjs';

const { ready, missing } = await wineLaneReady();
const required = (process.env['PORTLAB_REQUIRE'] ?? '').split(',').includes('wine');

/**
 * A `describe` of the Wine lane. Where Wine can't run, one skipped test says why, or one failing
 * test where PORTLAB_REQUIRE names the lane.
 */
export function describeWine(name: string, body: () => void): void {
  if (ready) {
    describe(name, body);
    return;
  }
  const reason = `needs Wine; missing here: ${missing.join(', ')}`;
  describe(name, () => {
    it.skipIf(!required)(reason, () => {
      throw new Error(`PORTLAB_REQUIRE names wine, and it ${reason}`);
    });
  });
}
