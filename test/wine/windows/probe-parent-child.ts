/** A lab that holds ports by two probes and its own stack, until it is killed. Says whom it started and what they hold. */
import { NULL_SINK } from '#engine/event/event-sink.ts';
import { openFfi } from '#native/ffi/open-ffi.ts';
import { createWinsockStack } from '#native/winsock/winsock-stack.ts';
import { startProbes } from '#main/probe/start-probes.ts';

export interface ParentReport {
  readonly pids: readonly number[];
  readonly ports: readonly number[];
}

const stack = createWinsockStack({ ffi: openFfi('koffi'), sink: NULL_SINK });
const address = stack.intern('127.0.0.7');
const { owners, pids } = await startProbes(2, {
  ffi: 'koffi',
  sink: NULL_SINK,
  stack,
  readyMs: 60_000,
});
const ports: number[] = [];
for (const owner of owners) {
  const wish = { protocol: 'tcp', family: 'ipv4', options: [], address, count: 20 } as const;
  const { bound } = await owner.open({ ...wish, keep: true });
  ports.push(...bound.map(({ port }) => port));
}
const report: ParentReport = { pids, ports };
process.send?.(report);
setInterval(() => {}, 1_000);
