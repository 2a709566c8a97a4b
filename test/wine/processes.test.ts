import { expect, it } from 'vitest';
import { describeWine } from './lane.ts';
import { nodeTestInWine } from './node-test.ts';

const TEST_MS = 600_000;

describeWine('processes beside the lab, in Windows Node under Wine', () => {
  it(
    'probes own sockets, and are gone with their ports when they or the lab are killed',
    async () => {
      const { output, ...counts } = await nodeTestInWine({
        scripts: ['probes'],
        netnsRange: '50000 50255',
      });
      expect(counts, output).toMatchObject({ status: 0, failed: 0, skipped: 0, passed: 6 });
    },
    TEST_MS,
  );

  it(
    'the guard sees a host run short, and leaves nobody behind when the lab hangs or dies',
    async () => {
      const { output, ...counts } = await nodeTestInWine({
        scripts: ['guard'],
        netnsRange: '50000 50255',
      });
      expect(counts, output).toMatchObject({ status: 0, failed: 0, skipped: 0, passed: 6 });
    },
    TEST_MS,
  );
});
