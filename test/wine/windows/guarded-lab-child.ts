/**
 * A lab that holds ports by two probes and its own stack, watched by a guard; then, by its argument,
 * `lives` until it is killed, or `hangs` in a loop. Says whom it started and what they hold.
 */
import { NULL_SINK } from '#engine/event/event-sink.ts';
import { ownerOf } from '#engine/stack/simulated-owner.ts';
import { openFfi } from '#native/ffi/open-ffi.ts';
import { createWinsockStack } from '#native/winsock/winsock-stack.ts';
import { startGuard } from '#main/guard/guard-client.ts';
import { startProbes } from '#main/probe/start-probes.ts';

export interface LabReport {
  readonly pids: readonly number[];
  readonly ports: readonly number[];
}

const READY_MS = 60_000;
const ADDRESS = '127.0.0.8';
const ffi = 'koffi';
const stack = createWinsockStack({ ffi: openFfi(ffi), sink: NULL_SINK });
const address = stack.intern(ADDRESS);
const probes = await startProbes(2, { ffi, sink: NULL_SINK, stack, readyMs: READY_MS });
const guard = await startGuard({
  ffi,
  addresses: [ADDRESS],
  protocol: 'tcp',
  family: 'ipv4',
  now: () => stack.now(),
  onCanary() {},
  onStarved() {},
  onDied() {},
  readyMs: READY_MS,
});
guard.watch(probes.pids);
const ports: number[] = [];
for (const owner of [ownerOf(stack, 0, { breathe: async () => {} }), ...probes.owners]) {
  const wish = { protocol: 'tcp', family: 'ipv4', options: [], address, count: 20 } as const;
  const { bound } = await owner.open({ ...wish, keep: true });
  ports.push(...bound.map(({ port }) => port));
}
const report: LabReport = { pids: [...probes.pids, guard.pid], ports };
process.send?.(report, () => {
  if (process.argv[2] === 'hangs') for (;;);
});
setInterval(() => {}, 1_000);
