import { CLI, ensureBuilt } from '#build/setup.mjs';
import { WIN32_TREE, windowsPath } from '#build/wine/places.mjs';
import type { Product } from '#build/wine/prefix.mjs';
import { runInWine } from '#build/wine/run.mjs';

export interface WineRunOptions {
  readonly netnsRange?: string;
  readonly product?: Product;
  readonly cwd: string;
}

export interface WineEnded {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

const TIMEOUT_MS = 240_000;

/** The built console in Windows Node under Wine, as `npm run portlab:wine` runs it. */
export async function portlabInWine(
  args: readonly string[],
  { netnsRange, product, cwd }: WineRunOptions,
): Promise<WineEnded> {
  await ensureBuilt();
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  const { status } = await runInWine({
    args: [windowsPath(CLI.replace(/^.*(?=\/out\/)/, WIN32_TREE)), ...args],
    sync: ['out/portlab'],
    cwd,
    timeoutMs: TIMEOUT_MS,
    onStdout: (chunk) => void out.push(chunk),
    onStderr: (chunk) => void err.push(chunk),
    ...(netnsRange !== undefined && { netnsRange }),
    ...(product !== undefined && { product }),
  });
  return {
    status,
    stdout: Buffer.concat(out).toString('utf8'),
    stderr: Buffer.concat(err).toString('utf8'),
  };
}
