import { expect, it } from 'vitest';
import { describeWine } from './lane.ts';
import { type NodeTestOptions, nodeTestInWine } from './node-test.ts';

const TEST_MS = 600_000;

async function expectAllToPass(options: NodeTestOptions, atLeast: number): Promise<void> {
  const { output, ...counts } = await nodeTestInWine(options);
  expect(counts, output).toMatchObject({ status: 0, failed: 0, skipped: 0 });
  expect(counts.tests, output).toBeGreaterThanOrEqual(atLeast);
  expect(counts.passed).toBe(counts.tests);
}

describeWine('in Windows Node under Wine', () => {
  it(
    'both FFI backends pass their suite, garbage collected between calls',
    async () => {
      await expectAllToPass({ scripts: ['ffi'] }, 14);
    },
    TEST_MS,
  );

  it(
    'the Winsock stack passes the stack suite over both backends, to the last port',
    async () => {
      await expectAllToPass({ scripts: ['socket-stack'], netnsRange: '50000 50255' }, 60);
    },
    TEST_MS,
  );

  it(
    'a child process inherits no socket of the stack, so its ports are free once closed',
    async () => {
      await expectAllToPass({ scripts: ['inheritance'] }, 4);
    },
    TEST_MS,
  );

  it.each(['workstation', 'server', 'domain-controller'] as const)(
    'host facts are right where Wine poses as a %s',
    async (product) => {
      const env = { PORTLAB_TEST_PRODUCT: product };
      await expectAllToPass({ scripts: ['host-facts'], product, env }, 6);
    },
    TEST_MS,
  );

  it(
    'one run has the host to itself, and loses it with its process',
    async () => {
      await expectAllToPass({ scripts: ['host-lock'] }, 3);
    },
    TEST_MS,
  );
});
