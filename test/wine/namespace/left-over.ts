/** What is left of a run that has been ended, looked at from outside. */
import { setTimeout as sleep } from 'node:timers/promises';
import { localEnds, takenPorts } from './plain-sockets.ts';
import { type Role, labProcesses } from './windows-console.ts';

/** Everything is to be gone by then. */
const GONE_MS = 5_000;

export interface LeftOver {
  /** From the ending to nothing left, ms; null where something was left after 5 s. */
  readonly goneMs: number | null;
  readonly processesLeft: readonly Role[];
  /** What processes are for that were made, and never ran. */
  readonly neverRan: readonly Role[];
  /** Ports another program doesn't get, but for those in TIME_WAIT. */
  readonly portsLeft: number;
  readonly timeWait: number;
}

/**
 * Looks until nothing is left, or 5 s have passed; ends processes that are left then.
 * @param from when it was ended, as `performance.now()` counts
 */
export async function leftOver(addresses: readonly string[], from: number): Promise<LeftOver> {
  for (;;) {
    const processes = labProcesses();
    const taken = takenPorts(addresses);
    const waiting = new Set(
      localEnds('time-wait').map(({ address, port }) => `${address}:${port}`),
    );
    const kept = taken.filter(({ address, port }) => !waiting.has(`${address}:${port}`));
    const ms = Math.round(performance.now() - from);
    const ran = processes.filter((process) => process.ran);
    const clear = ran.length === 0 && kept.length === 0;
    // One that has not run so far may yet.
    if ((clear && processes.length === 0) || ms >= GONE_MS) {
      // The next run is to begin with nothing of this one.
      for (const { pid } of processes) process.kill(pid, 'SIGKILL');
      return {
        goneMs: clear ? ms : null,
        processesLeft: ran.map(({ role }) => role),
        neverRan: processes.filter((one) => !one.ran).map(({ role }) => role),
        portsLeft: kept.length,
        timeWait: taken.length - kept.length,
      };
    }
    await sleep(20);
  }
}
