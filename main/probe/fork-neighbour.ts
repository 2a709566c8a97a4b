import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** How a process of the lab's own stands to the lab. */
export interface Fork {
  readonly args: readonly string[];
  /** Lives on when the lab's process ends, or its console. */
  readonly detached: boolean;
}

/**
 * The script of a process of the lab's own, found as its starter's neighbour: the bundle is flat, its
 * chunks end in .js; run from source they end in .ts.
 * @param starter `import.meta.url` of the module that starts it
 */
export function neighbour(starter: string, name: string): string {
  return fileURLToPath(new URL(`./${name}.${starter.endsWith('.ts') ? 'ts' : 'js'}`, starter));
}

/**
 * Starts such a process, with an IPC channel and nothing else of the lab's: no socket (they are made
 * without inheritance), no stdin or stdout. Its stderr is the lab's, unless it may outlive the lab:
 * whoever reads the lab's stderr to its end must not have to wait for it.
 * @throws where the system makes no process, asked twice
 */
export function forkNeighbour(script: string, how: Fork): ChildProcess {
  try {
    return forked(script, how);
  } catch {
    // Under Wine one start in some hundred has failed for no reason told ("spawn UNKNOWN").
    return forked(script, how);
  }
}

function forked(script: string, { args, detached }: Fork): ChildProcess {
  return fork(script, args, {
    stdio: ['ignore', 'ignore', detached ? 'ignore' : 'inherit', 'ipc'],
    serialization: 'advanced',
    // Node's word about running .ts is no news to anybody.
    execArgv: script.endsWith('.ts') ? ['--no-warnings'] : [],
    detached,
    windowsHide: true,
  });
}

/** Sends what can be sent: where the other end is gone, its exit says so. */
export function tell(child: ChildProcess, message: object): void {
  if (child.connected) child.send(message, () => {});
}
