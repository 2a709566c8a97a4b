/**
 * The lab service of the desktop: a child of its main process, which it talks to over the IPC
 * channel and nothing else. When that channel closes, whatever goes on is stopped and released.
 */
import { parseArgs } from 'node:util';
import { ChannelMux, type Channel } from '../../wire/channel-mux.ts';
import { LabApi } from '../api/lab-api.ts';
import { defaultDatabase } from '../paths.ts';

const { values } = parseArgs({ options: { db: { type: 'string' } } });
const api = new LabApi({
  database: values.db ?? defaultDatabase(),
  mode: 'desktop',
  token: null,
});

const channel: Channel = {
  send(message) {
    // The other end may be gone by now; then `disconnect` is on its way.
    if (process.connected) process.send?.(message, undefined, undefined, () => {});
  },
  onMessage: (handler) => process.on('message', handler),
  onClose: (handler) => process.on('disconnect', () => handler('the desktop is gone')),
};
const mux = new ChannelMux(channel);
mux.accept((wire, role) => api.accept(wire, role));

let ending = false;
/**
 * Ends when nothing is held any more. A Ctrl-C comes as a signal and as the end of the channel; the
 * desktop ends a child that takes too long.
 */
async function end(): Promise<void> {
  if (ending) return;
  ending = true;
  await api.close();
  process.exit(0);
}

process.on('disconnect', () => void end());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end());

// Started by hand: there is nobody to talk to, and nothing to wait for.
if (process.send === undefined) {
  process.stderr.write('lab-service: this is the desktop’s own child; use portlab serve\n');
  process.exitCode = 2;
}
