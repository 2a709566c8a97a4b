import type { EventSink } from '#engine/event/event-sink.ts';
import type { TimeWindow } from '#engine/experiment/time-window.ts';
import type { Finding } from '#engine/run/run-document.ts';
import type { SocketStack } from '#engine/stack/socket-stack.ts';
import type { Stop } from './execute.ts';
import type { HostReading } from './read-host.ts';
import { createSafetyWatch } from './safety-watch.ts';

/** What decides how a run is watched. */
export interface SafetyWanted {
  readonly reading: HostReading;
  readonly safety: {
    /** Real sockets may go below the reserve. */
    readonly exhaustive: boolean;
    readonly onlyBetween: TimeWindow | undefined;
  };
}

/** What stands between a run and the host it runs on: it ends the run where the host needs that. */
export interface Safeguards {
  /** To be called between slices: ends the run where memory is short, or its part of the day is over. */
  look(): void;
  /** What it saw that the run must say. */
  readonly findings: readonly Finding[];
  close(): Promise<void>;
}

/** Begins to watch; before the run's first socket. */
export async function startSafeguards(
  { reading, safety }: SafetyWanted,
  stack: SocketStack,
  _sink: EventSink,
  stop: Stop,
): Promise<Safeguards> {
  const findings: Finding[] = [];
  const ffi = stack.kind === 'winsock' ? reading.ffi : null;
  const watch = createSafetyWatch({ ffi, ...safety });
  return {
    findings,
    look() {
      if (stop.reason !== null) return;
      const found = watch();
      if (found === null) return;
      findings.push(found);
      stop.reason = 'stopped-for-safety';
    },
    async close() {},
  };
}
