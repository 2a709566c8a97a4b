/** The built console in Windows Node, several at a time: the caller has the prefix to itself. */
import { spawn } from 'node:child_process';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
} from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { WIN32_TREE, windowsPath } from '#build/wine/places.mjs';
import { wineEnvironment } from '#build/wine/prefix.mjs';
import { commandLine } from '#build/wine/run.mjs';

export interface ConsoleEnded {
  /** 128 + signal number where a signal ended it. */
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface WindowsConsole {
  /** Its process as Linux numbers it. */
  readonly pid: number;
  readonly ended: Promise<ConsoleEnded>;
  kill(signal: NodeJS.Signals): void;
}

/**
 * Starts it, and once more where it ended without a word though nobody ended it, which the console
 * never does: Wine did not get it started (it ends with 1), or lost it (with 0: abort_thread(0) in
 * Wine's dlls/ntdll/unix/server.c).
 * @param cwd Linux folder the console starts in
 */
export function startConsole(args: readonly string[], cwd: string): WindowsConsole {
  let now = startOnce(args, cwd);
  let killed = false;
  const ended = now.ended.then((how) => {
    const wordless = how.stdout === '' && how.stderr === '' && [0, 1].includes(how.status);
    if (killed || !wordless) return how;
    process.stderr.write(`wine: a program ended with ${how.status}, without a word; once more …\n`);
    now = startOnce(args, cwd);
    return now.ended;
  });
  return {
    get pid() {
      return now.pid;
    },
    ended,
    kill(signal) {
      killed = true;
      now.kill(signal);
    },
  };
}

function startOnce(args: readonly string[], cwd: string): WindowsConsole {
  const folder = mkdtempSync(join(tmpdir(), 'portlab-console-'));
  const files = [join(folder, 'stdout'), join(folder, 'stderr')] as const;
  const [out, err] = files.map((file) => openSync(file, 'w')) as [number, number];
  const script = windowsPath(join(WIN32_TREE, 'out', 'portlab', 'portlab.js'));
  const [program = '', ...words] = commandLine({ args: [script, ...args] });
  const child = spawn(program, words, {
    cwd,
    env: wineEnvironment(),
    // Linux pipes kill Node there.
    stdio: ['ignore', out, err],
    detached: true,
  });
  closeSync(out);
  closeSync(err);
  const ended = new Promise<ConsoleEnded>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      const [stdout, stderr] = files.map((file) => readFileSync(file, 'utf8')) as [string, string];
      rmSync(folder, { recursive: true, force: true });
      const status = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
      resolve({ status, stdout, stderr });
    });
  });
  return { pid: child.pid ?? 0, ended, kill: (signal) => void child.kill(signal) };
}

/** What a process of the lab's is there for. */
export type Role = 'portlab' | 'guard' | 'probe';

export interface LabProcess {
  readonly pid: number;
  readonly role: Role;
  /**
   * It has begun to run. A process is made suspended and let go by a second call (CreateProcess does so
   * within; for a detached one libuv does, uv_spawn in src/win/process.c): a lab that is killed between
   * the two leaves one that never runs, and has opened nothing.
   */
  readonly ran: boolean;
}

/** The lab's processes in this network namespace, as Linux sees them. */
export function labProcesses(): LabProcess[] {
  const here = readlinkSync('/proc/self/ns/net');
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        if (readlinkSync(`/proc/${name}/ns/net`) !== here) return [];
        const words = readFileSync(`/proc/${name}/cmdline`, 'utf8');
        const role = /\\out\\portlab\\(portlab|guard|probe)\.js\0/.exec(words)?.[1];
        // A Node that runs has threads of its own.
        const ran = readdirSync(`/proc/${name}/task`).length > 1;
        return role === undefined ? [] : [{ pid: Number(name), role: role as Role, ran }];
      } catch {
        // Gone meanwhile.
        return [];
      }
    });
}
