import { readFileSync, readdirSync } from 'node:fs';
import type { ChildProcess } from 'node:child_process';

const POLL_MS = 50;
const WATCH_MS = 500;

/** Waits until `ready` is true; false when that took too long. */
export async function waitUntil(ready: () => boolean, withinMs: number): Promise<boolean> {
  const end = performance.now() + withinMs;
  while (!ready()) {
    if (performance.now() > end) return false;
    await new Promise((done) => setTimeout(done, POLL_MS));
  }
  return true;
}

export function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/**
 * Ends a process as a person would, by signal, and by force where that takes too long.
 * @returns false where force was needed
 */
export async function endProcess(
  child: ChildProcess,
  signal: NodeJS.Signals,
  withinMs: number,
): Promise<boolean> {
  if (hasEnded(child)) return true;
  child.kill(signal);
  if (await waitUntil(() => hasEnded(child), withinMs)) return true;
  child.kill('SIGKILL');
  await waitUntil(() => hasEnded(child), withinMs);
  return false;
}

/** What a process is: its id can be used again, its id and its start together can't. */
export interface ProcessMark {
  readonly pid: number;
  readonly start: string;
  readonly name: string;
}

/** Every process below `root`, as Linux knows it; none on other systems. */
export function descendants(root: number): readonly ProcessMark[] {
  const children = new Map<number, ProcessMark[]>();
  for (const [parent, mark] of processes()) {
    children.set(parent, [...(children.get(parent) ?? []), mark]);
  }
  const found: ProcessMark[] = [];
  const queue = [root];
  for (let pid = queue.pop(); pid !== undefined; pid = queue.pop()) {
    for (const child of children.get(pid) ?? []) {
      found.push(child);
      queue.push(child.pid);
    }
  }
  return found;
}

/** Those of `marks` that still run; one that ended and waits to be collected doesn't. */
export function stillRunning(marks: readonly ProcessMark[]): readonly ProcessMark[] {
  return marks.filter(({ pid, start }) => readProcess(pid)?.[1].start === start);
}

export interface FamilyWatch {
  /** Ends the watch: every process that was ever seen below. */
  readonly end: () => readonly ProcessMark[];
}

/** Remembers the processes below one: when it has ended, nothing says any more which were its own. */
export function watchFamily(parent: ChildProcess): FamilyWatch {
  const seen = new Map<string, ProcessMark>();
  const look = (): void => {
    if (parent.pid === undefined || hasEnded(parent)) return;
    for (const mark of descendants(parent.pid)) seen.set(`${mark.pid} ${mark.start}`, mark);
  };
  look();
  const timer = setInterval(look, WATCH_MS);
  return {
    end: () => {
      clearInterval(timer);
      return [...seen.values()];
    },
  };
}

/**
 * Waits for processes to end, and ends by force what doesn't.
 * @returns their names
 */
export async function endLeftovers(
  marks: readonly ProcessMark[],
  withinMs: number,
): Promise<readonly string[]> {
  if (await waitUntil(() => stillRunning(marks).length === 0, withinMs)) return [];
  const left = stillRunning(marks);
  for (const { pid } of left) process.kill(pid, 'SIGKILL');
  return left.map(({ name }) => name);
}

function processes(): readonly (readonly [number, ProcessMark])[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readProcess(Number(name)))
    .filter((entry) => entry !== undefined);
}

/** Parent and mark of a process; undefined where there is none (any more). */
function readProcess(pid: number): readonly [number, ProcessMark] | undefined {
  try {
    // `pid (name) state ppid …`; the name may hold spaces and brackets.
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const name = text.slice(text.indexOf('(') + 1, text.lastIndexOf(')'));
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z') return undefined;
    return [Number(fields[1]), { pid, start: fields[19] ?? '', name }];
  } catch {
    return undefined;
  }
}
