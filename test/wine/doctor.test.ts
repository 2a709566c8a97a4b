import { expect, it } from 'vitest';
import { describeWine } from './lane.ts';
import { nodeTestInWine } from './node-test.ts';

describeWine('in Windows Node under Wine', () => {
  it('the doctor sees who listens and connects, and says what it can’t know', async () => {
    const { output, ...counts } = await nodeTestInWine({ scripts: ['doctor'] });
    const passed = { status: 0, tests: 3, passed: 3, failed: 0, skipped: 0 };
    expect(counts, output).toEqual(passed);
  }, 600_000);
});
