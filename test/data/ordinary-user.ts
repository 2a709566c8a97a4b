import { chmodSync, statSync } from 'node:fs';

/** Permissions say nothing to root, so a test that needs them becomes nobody for a while. */
const NOBODY = 65_534;

/** False on Windows, whose permissions the tests can't set. */
export const canBecomeOrdinary = process.geteuid !== undefined;

/** Runs `work` as an ordinary user who may enter the folder. */
export function asOrdinaryUser<T>(folder: string, work: () => T): T {
  chmodSync(folder, statSync(folder).mode | 0o055);
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(NOBODY);
  try {
    return work();
  } finally {
    process.seteuid?.(0);
  }
}
