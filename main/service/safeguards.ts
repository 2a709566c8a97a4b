import type { EventSink } from '#engine/event/event-sink.ts';
import { OP } from '#engine/event/op.ts';
import type { TimeWindow } from '#engine/experiment/time-window.ts';
import { describeCode } from '#engine/model/winsock-error.ts';
import type { Family, Protocol } from '#engine/model/protocol.ts';
import { count } from '#engine/model/words.ts';
import type { Finding } from '#engine/run/run-document.ts';
import type { SocketStack } from '#engine/stack/socket-stack.ts';
import type { FfiName } from '#native/ffi/ffi.ts';
import { startGuard, type CanarySample, type Guard } from '../guard/guard-client.ts';
import type { Stop } from './execute.ts';
import type { HostReading } from './read-host.ts';
import { createSafetyWatch } from './safety-watch.ts';

/** What decides how a run is watched. */
export interface SafetyWanted {
  readonly reading: HostReading;
  readonly addresses: readonly string[];
  readonly safety: {
    /** Real sockets may go below the reserve: then a guard is started. */
    readonly exhaustive: boolean;
    readonly onlyBetween: TimeWindow | undefined;
    readonly ffi: FfiName;
    readonly protocol: Protocol;
    readonly family: Family;
    /** All of it is one announced window: a script says nothing of when it starves others. */
    readonly announced: boolean;
  };
}

/** What stands between a run and the host it runs on: it ends the run where the host needs that. */
export interface Safeguards {
  /** To be called between slices: ends the run where memory is short, or its part of the day is over. */
  look(): void;
  /** Announces that option-less sockets may starve from now on, or no longer. */
  window(open: boolean): Promise<void>;
  /** Processes of the system that own sockets of this run beside the lab's own. */
  watch(pids: readonly number[]): void;
  /** What they saw that the run must say. */
  readonly findings: readonly Finding[];
  /** Numbers of the run's own pool that they hold meanwhile; 0 without a guard. */
  readonly ports: number;
  /** To be called when everything is released. */
  close(): Promise<void>;
}

/**
 * Begins to watch; before the run's first socket.
 * @throws LabError where a guard is needed and does not start
 */
export async function startSafeguards(
  { reading, addresses, safety }: SafetyWanted,
  stack: SocketStack,
  sink: EventSink,
  stop: Stop,
): Promise<Safeguards> {
  const findings: Finding[] = [];
  const end = (finding: Finding): void => {
    findings.push(finding);
    stop.reason ??= 'stopped-for-safety';
  };
  const isReal = stack.kind === 'winsock';
  const watch = createSafetyWatch({ ...safety, ffi: isReal ? reading.ffi : null });
  let guard: Guard | null = null;
  if (isReal && safety.exhaustive) {
    const { ffi, protocol, family } = safety;
    const place = ballastPlace(reading, addresses, family);
    guard = await startGuard({
      ffi,
      addresses,
      protocol,
      family,
      ...place,
      now: () => stack.now(),
      onCanary: (sample) => record(sink, sample),
      onStarved: (sample) => end(starved(sample)),
      onDied: (how) => end(guardDied(how)),
    });
    findings.push(guardPorts(guard.ports, protocol, place.ballastAddress));
    if (safety.announced) await guard.window(true);
  }
  return {
    findings,
    ports: guard?.ports ?? 0,
    look() {
      const found = stop.reason === null ? watch() : null;
      if (found !== null) end(found);
    },
    async window(open) {
      try {
        if (!safety.announced) await guard?.window(open);
      } catch (error) {
        // A guard that died has ended the run already.
        if (stop.reason === null) throw error;
      }
    },
    watch: (pids) => guard?.watch(pids),
    close: async () => guard?.close(),
  };
}

/**
 * On Wine each address has a pool of its own, and there is no Windows to protect: the guard's ports are
 * kept out of the addresses that are measured, so that their counts are whole.
 */
function ballastPlace(
  { host }: HostReading,
  addresses: readonly string[],
  family: Family,
): { readonly ballastAddress?: string } {
  const aside = family === 'ipv4' ? '127.0.0.1' : '::1';
  return host.wine === null || addresses.includes(aside) ? {} : { ballastAddress: aside };
}

/** Both of its attempts, as one of them made after the other. */
function record(sink: EventSink, { t, durationNs, bind, connect }: CanarySample): void {
  const began = Math.max(0, t);
  sink.emit(OP.canary, began, durationNs, 0, 0, 0, bind, 0);
  sink.emit(OP.canary, began, durationNs, 0, 0, 0, connect, 1);
}

/** Admins who compare counts with the range must know why these fall short of it. */
function guardPorts(ports: number, protocol: Protocol, where: string | undefined): Finding {
  const on = where === undefined ? '' : `, on ${where}`;
  return {
    id: 'guard-ports',
    severity: 'info',
    text: `The guard process held ${count(ports, 'number')} of the ${protocol.toUpperCase()} range meanwhile${on}: where the run’s addresses have them in common with it, its counts are that much smaller. Do: add them when you compare the counts with the size of the range.`,
  };
}

function starved({ bind, connect }: CanarySample): Finding {
  const [call, code] = bind === 0 ? ['connect', connect] : ['bind', bind];
  return {
    id: 'canary',
    severity: 'error',
    text: `Outside any time this run had announced, an option-less ${call} of another process failed: ${describeCode(code)}. Everything was released. Do: look for who took the ports with portlab doctor.`,
  };
}

function guardDied(how: string): Finding {
  return {
    id: 'guard-died',
    severity: 'error',
    text: `The guard process that watches over an exhaustive run has ended (${how}), so the run was ended too and everything was released. Do: run it again, and look at what an antivirus says of node.`,
  };
}
