import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { ROOT } from '#build/wine/places.mjs';
import { runInWine } from '#build/wine/run.mjs';
import { describeWine } from './lane.ts';

const TEST_MS = 300_000;
const RUN_MS = 60_000;

/** Runs a line of JavaScript in Windows Node and keeps what it prints. */
async function evaluate(code: string, more: Partial<Parameters<typeof runInWine>[0]> = {}) {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  const result = await runInWine({
    args: ['-e', code],
    timeoutMs: RUN_MS,
    onStdout: (chunk) => void stdout.push(chunk),
    onStderr: (chunk) => void stderr.push(chunk),
    ...more,
  });
  return { ...result, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr) };
}

/** A Linux process of its own that runs a line in Windows Node, as `portlab:wine` does. */
function wrapper(code: string): ChildProcess & { readonly stdout: NodeJS.ReadableStream } {
  const program = `
    import { runInWine } from ${JSON.stringify(path.join(ROOT, 'build', 'wine', 'run.mjs'))};
    const { status } = await runInWine({ args: ['-e', ${JSON.stringify(code)}], timeoutMs: ${RUN_MS},
      onStdout: (chunk) => process.stdout.write(chunk) });
    process.exitCode = status;`;
  const args = ['--input-type=module', '--eval', program];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  return Object.assign(child, { stdout: child.stdout });
}

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** Waits until a stream has said something that matches. */
async function said(stream: NodeJS.ReadableStream, pattern: RegExp): Promise<RegExpExecArray> {
  let text = '';
  for (;;) {
    const [chunk] = (await once(stream, 'data')) as [Buffer];
    text += chunk.toString('utf8');
    const match = pattern.exec(text);
    if (match !== null) return match;
  }
}

/** Whether this Linux host can bind the port now. */
function portIsFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
      .once('error', () => resolve(false))
      .listen({ port, host: '127.0.0.1' }, () => server.close(() => resolve(true)));
  });
}

const HOLD_A_PORT = `
  const server = require('node:net').createServer().listen(0, '127.0.0.1', () =>
    console.log('port ' + server.address().port));
  process.on('SIGINT', () => { console.log('stopping'); server.close(() => process.exit(130)); });`;

describeWine('running Windows Node under Wine', () => {
  it(
    'passes stdout and stderr on byte for byte, and the exit status',
    async () => {
      const result = await evaluate(`
      process.stdout.write(Buffer.from(Array.from({ length: 256 }, (_, i) => i)));
      process.stderr.write('über');
      process.exitCode = 7;`);
      expect(result.status).toBe(7);
      expect([...result.stdout]).toEqual(Array.from({ length: 256 }, (_, i) => i));
      expect(result.stderr.toString('utf8')).toBe('über');
    },
    TEST_MS,
  );

  it(
    "finds relative files in the caller's folder",
    async () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'portlab-cwd-'));
      try {
        const code = `require('node:fs').writeFileSync('here.txt', process.platform)`;
        expect((await evaluate(code, { cwd: folder })).status).toBe(0);
        expect(readFileSync(path.join(folder, 'here.txt'), 'utf8')).toBe('win32');
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    TEST_MS,
  );

  it(
    'keeps to the local port range of a namespace of its own',
    async () => {
      const code = `
      const server = require('node:net').createServer().listen(0, '127.0.0.9', () => {
        console.log(server.address().port); server.close(); });`;
      const { stdout, status } = await evaluate(code, { netnsRange: '50000 50255' });
      expect(status).toBe(0);
      const port = Number(stdout.toString('utf8'));
      expect(port).toBeGreaterThanOrEqual(50_000);
      expect(port).toBeLessThanOrEqual(50_255);
    },
    TEST_MS,
  );

  it(
    'ends a program that takes too long',
    async () => {
      const result = await evaluate('setInterval(() => {}, 1000)', { timeoutMs: 4_000 });
      expect(result).toMatchObject({ timedOut: true, status: 137 });
    },
    TEST_MS,
  );

  it(
    'lets parallel calls queue',
    async () => {
      const code = `const start = Date.now(); setTimeout(() => console.log(start + ' ' + Date.now()), 300)`;
      const runs = await Promise.all([evaluate(code), evaluate(code), evaluate(code)]);
      const spans = runs
        .map(({ stdout }) => stdout.toString('utf8').trim().split(' ').map(Number))
        .sort(([a = 0], [b = 0]) => a - b);
      for (const [i, [start = 0]] of spans.entries()) {
        expect(start).toBeGreaterThanOrEqual(spans[i - 1]?.[1] ?? 0);
      }
    },
    TEST_MS,
  );

  it(
    'an interrupt reaches the program, which may finish in its own way',
    async () => {
      const child = wrapper(HOLD_A_PORT);
      const exited = once(child, 'exit');
      await said(child.stdout, /port \d+/);
      const stopping = said(child.stdout, /stopping/);
      child.kill('SIGINT');
      await stopping;
      expect(await exited).toEqual([130, null]);
    },
    TEST_MS,
  );

  it(
    'a caller that is killed takes the program, its ports and the lock with it',
    async () => {
      const child = wrapper(HOLD_A_PORT);
      const exited = once(child, 'exit');
      const port = Number((await said(child.stdout, /port (\d+)/))[1]);
      expect(await portIsFree(port)).toBe(false);
      child.kill('SIGKILL');
      await exited;
      let free = false;
      for (let tries = 0; tries < 100 && !free; tries++) {
        await sleep(100);
        free = await portIsFree(port);
      }
      expect(free).toBe(true);
      expect((await evaluate('console.log(1)')).stdout.toString('utf8')).toBe('1\n');
    },
    TEST_MS,
  );
});
