import type { LabChannel } from './probe-server.ts';

/**
 * The IPC channel of this process as a probe's way to the lab. When it closes the lab is gone, and so
 * is this process, at once: the system closes its sockets.
 */
export function labChannel(): LabChannel {
  process.on('disconnect', () => process.exit(0));
  // Ctrl-C in the lab's terminal may come here too: the lab says what is to happen.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});
  return {
    send(message, sent = () => {}) {
      if (process.connected) process.send?.(message, undefined, undefined, sent);
      else sent();
    },
    onMessage: (handler) => process.on('message', handler),
  };
}
