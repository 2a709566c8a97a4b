import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { ChannelMux, type Channel } from '#main/wire/channel-mux.ts';
import { exitReason } from './exit-reason.ts';
import type { LabConnection } from './lab-connection.ts';

export interface ChildCommand {
  /** Plain Node. */
  readonly node: string;
  readonly script: string;
  readonly arguments: readonly string[];
}

/** A child whose channel closed has this long to release its sockets, tidy up and go. */
const LEAVE_MS = 10_000;
/** And the system this long to take it away. */
const KILL_MS = 2_000;
const LAST_WORDS = 20;

/**
 * Starts the lab service as a child. It listens on nothing: its IPC channel, a pipe, is the only way
 * to it, and it ends itself when that closes, however we ended.
 */
export function startLabService(command: ChildCommand): LabConnection {
  const child = spawn(command.node, [command.script, ...command.arguments], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'json',
    windowsHide: true,
    env: childEnvironment(process.env),
  });
  const lastWords = collectLastWords(child);
  let asked = false;
  let reason: string | null = null;
  const endedHandlers: ((reason: string) => void)[] = [];
  const gone = new Promise<void>((resolve) => {
    const ended = (words: string): void => {
      if (reason !== null) return;
      reason = words;
      for (const handler of endedHandlers) handler(words);
      resolve();
    };
    // Its last words may still be on their way when it exits, so 'close'; but a grandchild that
    // holds stderr must not keep us from noticing.
    child.once('exit', (code, signal) => {
      setTimeout(() => ended(exitReason(code, signal, lastWords)), 500);
    });
    child.once('close', (code, signal) => ended(exitReason(code, signal, lastWords)));
    child.once('error', (error) => ended(`cannot start it: ${error.message}`));
  });
  // A child without its channel is of no use, and may hang.
  child.once('disconnect', () => killAfter(child, LEAVE_MS));

  const channel: Channel = {
    send(message) {
      // What can't be sent is lost with the child; its end is told by 'close'.
      if (child.connected) child.send(message as object, () => {});
    },
    onMessage: (handler) => void child.on('message', handler),
    onClose: (handler) => void endedHandlers.push(handler),
  };
  const mux = new ChannelMux(channel);
  return {
    open: (role) => mux.open(role),
    onEnded(handler) {
      endedHandlers.push((words) => {
        if (!asked) handler(words);
      });
    },
    async end() {
      asked = true;
      if (child.connected) child.disconnect();
      await within(gone, LEAVE_MS + KILL_MS);
    },
  };
}

/** Words meant for Electron's own Node, which would bend the child's. */
function childEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { ELECTRON_RUN_AS_NODE: _run, NODE_OPTIONS: _options, ...rest } = environment;
  return rest;
}

function collectLastWords(child: ChildProcess): readonly string[] {
  const lines: string[] = [];
  if (child.stderr === null) return lines;
  createInterface({ input: child.stderr }).on('line', (line) => {
    lines.push(line);
    if (lines.length > LAST_WORDS) lines.shift();
    process.stderr.write(`lab service: ${line}\n`);
  });
  return lines;
}

function killAfter(child: ChildProcess, ms: number): void {
  const timer = setTimeout(() => child.kill('SIGKILL'), ms);
  child.once('exit', () => clearTimeout(timer));
}

/** Waits for it, but not longer. */
async function within(promise: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const bound = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([promise, bound]);
  clearTimeout(timer);
}
