import { expect, it } from 'vitest';
import { describeWine } from './lane.ts';
import { nodeTestInWine } from './node-test.ts';

describeWine('in Windows Node under Wine', () => {
  it('who holds ports is unknown, though a netstat answers', async () => {
    const { output, ...counts } = await nodeTestInWine({ scripts: ['port-holders'] });
    const passed = { status: 0, tests: 6, passed: 6, failed: 0, skipped: 0 };
    expect(counts, output).toEqual(passed);
  }, 600_000);
});
