/**
 * A lab with a guard, and a process it vouches for that doesn't end by itself. Says who they are; then,
 * by its argument, `lives`, or `hangs` in a loop.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { startGuard } from '#main/guard/guard-client.ts';

export interface LabReport {
  readonly guard: number;
  readonly owner: number;
}

const guard = await startGuard({
  ffi: 'koffi',
  addresses: ['127.0.0.2'],
  protocol: 'tcp',
  family: 'ipv4',
  now: () => 0,
  onCanary() {},
  onStarved() {},
  onDied() {},
  readyMs: 30_000,
  script: join(import.meta.dirname, 'simulated-guard-child.ts'),
});
const owner = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1_000)'], {
  detached: true,
  stdio: 'ignore',
});
guard.watch([owner.pid ?? 0]);
const report: LabReport = { guard: guard.pid, owner: owner.pid ?? 0 };
process.send?.(report, () => {
  if (process.argv[2] === 'hangs') for (;;);
});
setInterval(() => {}, 1_000);
