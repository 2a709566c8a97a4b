/**
 * The other program of the holding tests: runs in the same network namespace as the lab, starts it
 * holding every port, counts from outside which ports are taken, and prints what it found as JSON.
 * Arguments: how the run is to end, and the folder for its database.
 */
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '#build/setup.mjs';
import { PORTS, takenPorts } from './plain-sockets.ts';

export interface HoldingReport {
  readonly takenBefore: number;
  readonly takenDuring: number;
  readonly takenAfter: number;
  /** Statuses of the runs recorded so far, oldest first. */
  readonly runs: readonly string[];
  readonly exit: number;
}

const ADDRESSES = ['127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.5'];
const ALL = ADDRESSES.length * PORTS;
const PATIENCE_MS = 90_000;

const [how = '', folder = ''] = process.argv.slice(2);
const wine = join(ROOT, 'build', 'portlab-wine.mjs');
const capacity = [
  'run',
  'capacity',
  '--stack',
  'winsock',
  '--exhaust',
  '--addresses',
  ADDRESSES.join(','),
];
const database = ['--db', 'held.labdb'];

const takenBefore = countTaken();
const hold = how === 'let-it-end' ? '4' : '120';
const lab = spawn(process.execPath, [wine, ...capacity, '--hold', hold, ...database], {
  cwd: folder,
  stdio: ['ignore', 'ignore', 'inherit'],
  detached: true,
});
const ended = new Promise<number>((done) => {
  lab.once('exit', (code, signal) => done(code ?? (signal === 'SIGKILL' ? 137 : 1)));
});

const takenDuring = await waitUntilTaken();
if (how === 'interrupt') lab.kill('SIGINT');
// The whole group: the set-up script and the Windows process it started.
if (how === 'kill') killWindowsProcess();
const exit = await ended;
const takenAfter = await waitUntilFree();
if (how === 'kill') portlab([...capacity, ...database]);

const { runs } = JSON.parse(portlab(['runs', 'list', '--json', ...database])) as {
  runs: { status: string }[];
};
const statuses = runs.map((run) => run.status).toReversed();
const report: HoldingReport = { takenBefore, takenDuring, takenAfter, runs: statuses, exit };
process.stdout.write(JSON.stringify(report));

/** The wrapper's child is node.exe itself (each program on the way replaced itself by the next). */
function killWindowsProcess(): void {
  const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(lab.pid)], {
    encoding: 'utf8',
  });
  for (const pid of stdout.trim().split(/\s+/).map(Number)) process.kill(pid, 'SIGKILL');
}

function portlab(args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [wine, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`portlab ${args.join(' ')}: exit ${status}: ${stderr}`);
  return stdout;
}

/** The arms come and go: the last one's hold is when all ports stay taken. */
async function waitUntilTaken(): Promise<number> {
  let most = 0;
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(100)) {
    most = Math.max(most, countTaken());
    if (most === ALL) break;
  }
  return most;
}

/** Handles go with the process, which the system may take a moment to clean up. */
async function waitUntilFree(): Promise<number> {
  let taken = ALL;
  for (const until = Date.now() + 5_000; Date.now() < until; await sleep(100)) {
    taken = countTaken();
    if (taken === 0) break;
  }
  return taken;
}

function countTaken(): number {
  return takenPorts(ADDRESSES).length;
}
