import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { wineCore } from '#build/wine/command.mjs';
import { wineLaneReady } from '#build/wine/lane.mjs';
import { ROOT, WIN32_TREE, windowsPath } from '#build/wine/places.mjs';
import { runInWine } from '#build/wine/run.mjs';
import { type BenchResult, compare } from './result.ts';
import type { Figures } from './winsock/driver.ts';

/** On eight addresses: far below the 6,000 an address from where Linux's own allocator dominates. */
const SOCKETS = 8_000;
const ROUNDS = 7;
const TIMEOUT_MS = 900_000;

/** Compiles the C program that makes the very same calls. @returns its path */
function compileYardstick(): string {
  const exe = path.join(ROOT, '.cache', 'bench', 'winsock.exe');
  const source = path.join(import.meta.dirname, 'yardstick', 'winsock.c');
  mkdirSync(path.dirname(exe), { recursive: true });
  execFileSync('x86_64-w64-mingw32-gcc', ['-O3', '-o', exe, source, '-lws2_32'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return exe;
}

/**
 * Socket + option + bind through WinsockStack against C on the same Wine, recorded against
 * unrecorded, koffi against ffi-napi. Client and wineserver on one core.
 * @throws where Wine or the mingw-w64 compiler is missing
 */
export async function bench(): Promise<BenchResult[]> {
  const { ready, missing } = await wineLaneReady();
  if (!ready) throw new Error(`winsock bench needs Wine; missing: ${missing.join(', ')}`);
  const exe = compileYardstick();
  const chunks: Buffer[] = [];
  const script = windowsPath(path.join(WIN32_TREE, 'test', 'bench', 'winsock', 'driver.ts'));
  const { status } = await runInWine({
    args: ['--no-warnings', script, windowsPath(exe), String(SOCKETS), String(ROUNDS)],
    sync: ['engine', 'native', 'data', 'test/bench'],
    env: {
      PORTLAB_BENCH_CORES: String(2 ** availableParallelism() - 1),
      PORTLAB_BENCH_CORE: String(2 ** Number(wineCore())),
    },
    timeoutMs: TIMEOUT_MS,
    onStdout: (chunk) => void chunks.push(chunk),
    onStderr: (chunk) => process.stderr.write(chunk),
  });
  if (status !== 0) throw new Error(`the driver under Wine ended with ${status}`);
  const figures = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Figures;
  const pair = (ours: keyof Figures, yardstick: keyof Figures) =>
    figures[ours].map((value, i) => ({ ours: value, yardstick: figures[yardstick][i] ?? NaN }));
  return [
    compare('winsock: fill through koffi, against C', 'ns/socket', pair('koffi', 'c')),
    compare('winsock: recorded, against unrecorded', 'ns/socket', pair('recorded', 'unrecorded')),
    compare('winsock: koffi, against ffi-napi', 'ns/socket', pair('koffi', 'napi')),
    compare('winsock: koffi call, against ffi-napi', 'ns/call', pair('koffiCall', 'napiCall')),
  ];
}
