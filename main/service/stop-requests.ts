import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '#engine/model/lab-error.ts';
import type { Stop } from './execute.ts';

/**
 * `portlab stop` reaches whatever runs on this host through a folder: it needs no port, which may be
 * just what there is none of. A run that goes on has a file `ID.run` there with its process; a file
 * `ID.stop` asks it to end; `ID.done` says what it released.
 */
const LOOK_MS = 100;
const PATIENCE_MS = 60_000;

/** One for all users of the host: on Windows where the recordings are, else in the system's own place for such files. */
function runningFolder(): string {
  const { ProgramData } = process.env;
  return process.platform === 'win32' && ProgramData !== undefined
    ? join(ProgramData, 'Port Scalability Lab', 'running')
    : join(tmpdir(), 'port-scalability-lab-running');
}

/** Looks for requests while a run goes on. */
export interface StopListener {
  /** The run has ended, and everything is released. */
  close(): void;
}

/**
 * Lets `portlab stop` end a run. Where the folder can't be used the run goes on all the same, since
 * Ctrl-C and the screens reach it, and that is said on stderr.
 * @param held sockets the run has open now
 * @param stop set when somebody asks
 */
export function listenForStop(run: string, held: () => number, stop: Stop): StopListener {
  const folder = runningFolder();
  const file = (kind: string): string => join(folder, `${run}.${kind}`);
  try {
    makeFolder(folder);
    tidyUp(folder);
    writeFileSync(file('run'), JSON.stringify({ pid: process.pid }), { flag: 'wx' });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`portlab stop can't reach run ${run}: ${reason}\n`);
    return { close() {} };
  }
  let released: number | null = null;
  const timer = setInterval(() => {
    if (released !== null || !existsSync(file('stop'))) return;
    released = held();
    stop.reason ??= 'cancelled';
  }, LOOK_MS);
  timer.unref();
  return {
    close() {
      clearInterval(timer);
      try {
        if (released !== null) {
          writeFileSync(file('done'), JSON.stringify({ released }), { flag: 'wx' });
        }
      } finally {
        for (const kind of ['run', 'stop']) rmSync(file(kind), { force: true });
      }
    },
  };
}

export interface Stopped {
  /** The runs that were ended. */
  readonly stopped: readonly string[];
  /** Sockets they had open when they heard of it; all are closed now. */
  readonly released: number;
}

/**
 * Ends whatever lab runs on this host, and waits until everything is released.
 * @throws LabError failed where one can't be asked, or does not end within a minute
 */
export async function stopEverything(): Promise<Stopped> {
  const folder = runningFolder();
  tidyUp(folder);
  const asked: string[] = [];
  for (const { run, pid } of runningIn(folder)) {
    if (!isAlive(pid)) continue;
    ask(folder, run);
    asked.push(run);
  }
  const stopped: string[] = [];
  let released = 0;
  const until = Date.now() + PATIENCE_MS;
  for (const run of asked) {
    const answer = await answerOf(folder, run, until);
    if (answer === null) continue;
    stopped.push(run);
    released += answer;
  }
  return { stopped, released };
}

/** The processes whose labs run on this host now. */
export function pidsOfLabs(): number[] {
  return runningIn(runningFolder()).flatMap(({ pid }) => (isAlive(pid) ? [pid] : []));
}

function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  mkdirSync(folder, { recursive: true });
  // Other users' runs are known here too; nobody can take away another's files.
  if (process.platform !== 'win32') chmodSync(folder, 0o1777);
}

/**
 * Takes away what killed processes left: files of runs whose process is gone (the system has released
 * what it held), and answers nobody has waited for as long as anybody waits.
 */
function tidyUp(folder: string): void {
  if (!existsSync(folder)) return;
  const alive = new Map(runningIn(folder).map(({ run, pid }) => [run, isAlive(pid)]));
  for (const name of readdirSync(folder)) {
    const [, run = '', kind] = /^(.*)\.(run|stop|done)$/.exec(name) ?? [];
    if (kind === undefined || alive.get(run) === true) continue;
    const file = join(folder, name);
    try {
      const old = Date.now() - statSync(file).mtimeMs > PATIENCE_MS;
      if (alive.get(run) === false || old) rmSync(file, { force: true });
    } catch {
      // Another user's, or gone meanwhile.
    }
  }
}

function runningIn(folder: string): { run: string; pid: number }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.run'))
    .flatMap((name) => {
      const pid = numberIn(join(folder, name), 'pid');
      return pid === undefined ? [] : [{ run: name.slice(0, -'.run'.length), pid }];
    });
}

function ask(folder: string, run: string): void {
  try {
    writeFileSync(join(folder, `${run}.stop`), '');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LabError(
      'failed',
      `run ${run} can't be asked to stop: ${reason}`,
      'run this as the user who started it, or as administrator',
    );
  }
}

/** What a run released; null where it had ended by itself. */
async function answerOf(folder: string, run: string, until: number): Promise<number | null> {
  const file = (kind: string): string => join(folder, `${run}.${kind}`);
  for (;;) {
    const released = numberIn(file('done'), 'released');
    if (released !== undefined) {
      rmSync(file('done'), { force: true });
      return released;
    }
    if (!existsSync(file('run'))) {
      rmSync(file('stop'), { force: true });
      return null;
    }
    if (Date.now() > until) {
      throw new LabError(
        'failed',
        `run ${run} has not ended within ${PATIENCE_MS / 1_000} s`,
        `end its process (${numberIn(file('run'), 'pid') ?? 'unknown'}): the system then releases its sockets`,
      );
    }
    await sleep(LOOK_MS / 2);
  }
}

/** A field of a small JSON file; undefined where there is none, or it is only half written. */
function numberIn(file: string, field: string): number | undefined {
  try {
    const value = (JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>)[field];
    return typeof value === 'number' ? value : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
