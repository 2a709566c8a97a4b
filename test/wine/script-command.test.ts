import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { windowsPath } from '#build/wine/places.mjs';
import { runDocumentSchema } from '#engine/run/run-document.ts';
import type { StepResult } from '#engine/script/script.ts';
import { describeWine } from './lane.ts';
import { portlabInWine } from './portlab-wine.ts';

const TEST_MS = 120_000;
const SCENARIOS = join(import.meta.dirname, '../../docs/scenarios');
const cwd = mkdtempSync(join(tmpdir(), 'portlab-wine-test-'));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

function script(name: string, ...more: readonly string[]) {
  const file = windowsPath(join(SCENARIOS, `${name}.jsonc`));
  const args = ['script', file, '--stack', 'winsock', '--db', 'runs.labdb', ...more];
  return portlabInWine(args, { cwd, netnsRange: '50000 50063' });
}

describeWine('portlab script on real sockets', () => {
  it(
    'runs a scenario to its end, and says which expectations of Windows Wine does not meet',
    async () => {
      const { status, stdout, stderr } = await script('starvation', '--json');
      expect(status, stderr).toBe(4);
      const answer = JSON.parse(stdout) as {
        script: { stack: string; ok: boolean };
        steps: StepResult[];
      };
      expect(answer.script).toMatchObject({ stack: 'winsock', ok: false });
      const [proxy, ...others] = answer.steps.filter(({ op }) => op === 'fill' || op === 'bind');
      expect(proxy).toMatchObject({ op: 'fill', bound: 64, expectation: 'met' });
      expect(new Set(proxy?.ports).size).toBe(64);
      // On the other address there are ports: on Wine nobody starves by the option.
      expect(others[0]).toMatchObject({ op: 'bind', code: 0, expectation: 'failed' });
      // Its steps have ports in place of words: they are no part of what is recorded.
      const document = runDocumentSchema.omit({ steps: true }).parse(JSON.parse(stdout));
      expect(document.run).toMatchObject({ experiment: 'script', stack: 'winsock', profile: null });
      expect(document.run.host.wine).not.toBeNull();
      expect(document.safety.openAfter).toBe(0);
    },
    TEST_MS,
  );

  it(
    'refuses what real sockets can’t do, naming the step, before anything runs',
    async () => {
      const { status, stdout, stderr } = await script('cross-process');
      expect([status, stdout]).toEqual([3, '']);
      expect(stderr).toMatch(/step 1 \(fill\).*second process/);
    },
    TEST_MS,
  );
});
