import type { SocketStack } from '#engine/stack/socket-stack.ts';
import { GuardServer } from './guard-server.ts';

/** Makes this process a guard: its IPC channel is its way to the lab, and it ends when its duty is done. */
export function runGuard(openStack: () => SocketStack): void {
  const server = new GuardServer({
    send(message, sent = () => {}) {
      if (process.connected) process.send?.(message, undefined, undefined, () => sent());
      else sent();
    },
    openStack,
    kill(pid) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // Gone already.
      }
    },
    exit: () => process.exit(0),
  });
  process.on('message', (message) => server.receive(message));
  process.on('disconnect', () => server.labGone());
  // Ctrl-C in the lab's terminal may come here too: the lab says when to go.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});
}
