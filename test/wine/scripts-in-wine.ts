import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WIN32_TREE, windowsPath } from '#build/wine/places.mjs';
import { runInWine } from '#build/wine/run.mjs';
import type { ScriptOutcome } from '#engine/script/script.ts';
import type { ScriptJob } from './windows/run-scripts.ts';

const DRIVER = `${WIN32_TREE}/test/wine/windows/run-scripts.ts`;
const TIMEOUT_MS = 240_000;

/** Runs scripts one after the other in one Windows Node: starting one takes seconds. */
export async function scriptsInWine(jobs: readonly ScriptJob[]): Promise<ScriptOutcome[]> {
  const folder = mkdtempSync(join(tmpdir(), 'portlab-scripts-'));
  const [jobsFile, outcomesFile] = [join(folder, 'jobs.json'), join(folder, 'outcomes.json')];
  writeFileSync(jobsFile, JSON.stringify(jobs));
  const output: Buffer[] = [];
  const keep = (chunk: Buffer) => void output.push(chunk);
  try {
    const { status } = await runInWine({
      args: ['--no-warnings', ...[DRIVER, jobsFile, outcomesFile].map(windowsPath)],
      sync: ['engine', 'native', 'test/wine'],
      cwd: folder,
      // The driver sets the range anew for each script.
      netnsRange: '50000 50255',
      timeoutMs: TIMEOUT_MS,
      onStdout: keep,
      onStderr: keep,
    });
    if (status !== 0)
      throw new Error(`scripts in Wine: status ${status}\n${String(Buffer.concat(output))}`);
    return JSON.parse(readFileSync(outcomesFile, 'utf8')) as ScriptOutcome[];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
