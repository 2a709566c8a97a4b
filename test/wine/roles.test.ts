import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { windowsPath } from '#build/wine/places.mjs';
import { describeWine } from './lane.ts';
import { nodeTestInWine } from './node-test.ts';
import { portlabInWine, type WineRunOptions } from './portlab-wine.ts';

const TEST_MS = 240_000;
const cwd = mkdtempSync(join(tmpdir(), 'portlab-wine-test-'));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

/** A run that takes no more than 40 ports, should it not be refused. */
function run(options: Partial<WineRunOptions>, ...args: readonly string[]) {
  const all = ['run', ...args, '--stack', 'winsock', '--json', '--db', 'runs.labdb'];
  return portlabInWine(all, { cwd, netnsRange: '50000 50063', ...options });
}

const EXHAUST = ['capacity', '--exhaust', '--max-sockets', '40'];

describeWine('protected roles under Wine', () => {
  it(
    'registry and memory are read over both FFI backends',
    async () => {
      const { output, ...counts } = await nodeTestInWine({ scripts: ['roles'] });
      expect(counts, output).toMatchObject({ status: 0, failed: 0, skipped: 0 });
      expect(counts.passed, output).toBeGreaterThanOrEqual(10);
    },
    TEST_MS,
  );

  it(
    'posing as a domain controller, an exhaustive run is refused, a safe one runs',
    async () => {
      const product = 'domain-controller';
      const refused = await run({ product }, ...EXHAUST);
      expect(refused.status, refused.stderr).toBe(3);
      expect(JSON.parse(refused.stdout)).toMatchObject({
        error: { kind: 'refused', message: expect.stringContaining('is a domain controller') },
      });
      expect(refused.stderr).toMatch(/domain controller .*policy/);
      const safe = await run({ product }, 'sweep');
      expect(safe.status, safe.stderr).toBe(0);
      expect(JSON.parse(safe.stdout)).toMatchObject({
        run: { status: 'complete', host: { roles: ['domain-controller'] } },
      });
    },
    TEST_MS,
  );

  describe('with the service key of a DNS server in the registry', () => {
    const product = 'dns-server';

    it(
      'an exhaustive run is refused with the reason, and so is a script that could exhaust',
      async () => {
        const { status, stdout, stderr } = await run({ product }, ...EXHAUST);
        expect(status, stderr).toBe(3);
        expect(JSON.parse(stdout)).toMatchObject({
          error: { kind: 'refused', message: expect.stringContaining('is a DNS server') },
        });
        const file = windowsPath(
          join(import.meta.dirname, '../../docs/scenarios/starvation.jsonc'),
        );
        const script = await portlabInWine(
          ['script', file, '--stack', 'winsock', '--db', 'runs.labdb'],
          { cwd, netnsRange: '50000 50063', product },
        );
        expect([script.status, script.stdout]).toEqual([3, '']);
        expect(script.stderr).toContain('is a DNS server');
      },
      TEST_MS,
    );

    it(
      'host --quick names the role',
      async () => {
        const { status, stdout, stderr } = await portlabInWine(['host', '--quick', '--json'], {
          cwd,
          product,
        });
        expect(status, stderr).toBe(0);
        expect(JSON.parse(stdout)).toMatchObject({ roles: ['dns-server'] });
      },
      TEST_MS,
    );
  });

  it(
    'without any of it, the same exhaustive run goes on',
    async () => {
      const { status, stdout, stderr } = await run({ product: 'server' }, ...EXHAUST);
      expect(status, stderr).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({
        run: { status: 'complete', host: { roles: [] } },
      });
    },
    TEST_MS,
  );
});
