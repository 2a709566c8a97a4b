import type { HostLook } from '#engine/doctor/host-look.ts';
import { othersBeside } from '#engine/doctor/others-beside.ts';
import { poolOf } from '#engine/model/protocol.ts';
import type { Finding } from '#engine/run/run-document.ts';
import type { PreparedRun } from './prepare.ts';
import { pidsOfLabs } from './stop-requests.ts';

/** What other programs did to the pool beside a run. */
export interface Others {
  readonly measures: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
}

const NOTHING: Others = { measures: {}, findings: [] };

/**
 * Looks who else holds ports, then lets the run take and release its own, then looks again. On Windows
 * with a known range only: elsewhere no source tells of bound-only sockets, or there is nothing to
 * count against. Both looks start child processes, so the lab must hold no socket then.
 */
export async function besideOthers<T>(
  { basis, range, reading, host, parameters }: PreparedRun,
  work: () => Promise<T>,
): Promise<{ readonly done: T; readonly others: Others }> {
  if (basis !== 'measured' || range === null) return { done: await work(), others: NOTHING };
  const look = async (): Promise<HostLook> => {
    const { askSources, lookOf } = await import('#native/host/look-at-host.ts');
    const began = performance.now();
    const sources = await askSources(reading.ffi, false);
    return lookOf(host, sources, {
      ownPids: [process.pid, ...pidsOfLabs()],
      readAt: new Date().toISOString(),
      tookMs: Math.round(performance.now() - began),
    });
  };
  const before = await look();
  const done = await work();
  const after = await look();
  const pool = poolOf(parameters.protocol, parameters.family);
  return { done, others: othersBeside({ before, after }, pool, range) };
}
