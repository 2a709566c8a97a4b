import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { foreignBinaries, isUninstallable } from '#build/dist/inspect.mjs';
import { stage } from '#build/dist/stage.mjs';
import { ensureBuilt } from '#build/setup.mjs';
import { WIN32_TREE, windowsPath } from '#build/wine/places.mjs';
import { runInWine } from '#build/wine/run.mjs';
import { describeWine } from './lane.ts';

const TIMEOUT_MS = 240_000;

/**
 * What a Windows package carries beside Electron, laid out as `npm run dist` does there and run in
 * Windows Node: out of the sources, so that nothing is found but what is carried along.
 */
describeWine('the Windows package without its Electron', () => {
  let folder = '';

  beforeAll(async () => {
    await ensureBuilt();
    await node('--version');
    folder = mkdtempSync(join(tmpdir(), 'portlab-package-'));
    stage({ folder, packages: join(WIN32_TREE, 'node_modules'), platform: 'win32' });
  }, TIMEOUT_MS);

  afterAll(() => {
    if (folder !== '') rmSync(folder, { recursive: true, force: true });
  });

  it('holds Windows binaries only, under names its installer can carry', () => {
    expect(foreignBinaries(folder, 'win32')).toEqual([]);
    expect(readdirSync(join(folder, 'node'))).toEqual(['LICENSE', 'node.exe']);
    const beside = readdirSync(join(folder, 'root'));
    expect(beside.toSorted()).toEqual(['LICENSE.txt', 'NOTICES.txt', 'portlab.cmd', 'scenarios']);
    expect(beside.filter(isUninstallable)).toEqual([]);
  });

  it(
    'plays a scenario it brings along',
    async () => {
      const script = windowsPath(join(folder, 'portlab', 'portlab.js'));
      const scenario = windowsPath(join(folder, 'root', 'scenarios', 'starvation.jsonc'));
      const database = windowsPath(join(folder, 'scenario.labdb'));
      const simulated = ['--stack', 'simulated', '--db', database, '--json'];
      const { status, stdout, stderr } = await node(script, 'script', scenario, ...simulated);
      expect(stderr).not.toContain('Error');
      expect(status).toBe(0);
      expect(JSON.parse(stdout).script).toMatchObject({ stack: 'simulated', ok: true });
    },
    TIMEOUT_MS,
  );

  it.each(['koffi', 'ffi-napi'])(
    'opens real sockets through %s, and records them',
    async (ffi) => {
      const script = windowsPath(join(folder, 'portlab', 'portlab.js'));
      const database = windowsPath(join(folder, `${ffi}.labdb`));
      const run = ['run', 'sweep', '--stack', 'winsock', '--ffi', ffi, '--json', '--db', database];
      const { status, stdout, stderr } = await node(script, ...run);
      expect(stderr).not.toContain('Error');
      expect(status).toBe(0);
      expect(JSON.parse(stdout).run).toMatchObject({ stack: 'winsock', status: 'complete' });
    },
    TIMEOUT_MS,
  );
});

async function node(...args: readonly string[]) {
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  const { status } = await runInWine({
    args,
    cwd: tmpdir(),
    timeoutMs: TIMEOUT_MS,
    onStdout: (chunk) => void out.push(chunk),
    onStderr: (chunk) => void err.push(chunk),
  });
  return {
    status,
    stdout: Buffer.concat(out).toString('utf8'),
    stderr: Buffer.concat(err).toString('utf8'),
  };
}
