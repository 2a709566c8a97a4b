import type { EventSink } from '#engine/event/event-sink.ts';
import { LabError } from '#engine/model/lab-error.ts';
import type { SocketOwner } from '#engine/stack/socket-owner.ts';
import type { SocketStack } from '#engine/stack/socket-stack.ts';
import type { FfiName } from '#native/ffi/ffi.ts';
import { forkNeighbour, neighbour } from './fork-neighbour.ts';
import { ProbeClient } from './probe-client.ts';
import { MOST_PROBES, ProbeEvents } from './probe-events.ts';

/** A probe that is not ready by then never will be. */
const READY_MS = 10_000;
/** Time to close what they hold and go, before they are killed. */
const END_MS = 3_000;

export interface ProbesWanted {
  /** The library the lab's own stack uses. */
  readonly ffi: FfiName;
  /** Where the lab's own stack reports its calls. */
  readonly sink: EventSink;
  /** The lab's own stack: its clock and its address table are the run's. */
  readonly stack: Pick<SocketStack, 'now' | 'intern' | 'addresses'>;
  /** Whether the run is to stop: calls under way end early then. */
  stopped?(): boolean;
  /** One of them has ended, in whatever way: `pids` has it no longer. */
  onEnded?(): void;
  readonly readyMs?: number;
  /** Another script for their processes. */
  readonly script?: string;
}

/** The probes of a run. */
export interface Probes {
  /** Processes 1 and up, in order. */
  readonly owners: readonly SocketOwner[];
  /** Those that have not ended. */
  readonly pids: readonly number[];
  /**
   * Ends them all: they close what they hold, and are killed where that takes long. Resolves when the
   * system says they are gone and the recording has it; before the run's recording ends.
   */
  stopAll(): Promise<void>;
}

/**
 * Starts `count` probes, before the run's first socket.
 * @throws LabError where one does not start; none is left then
 */
export async function startProbes(count: number, wanted: ProbesWanted): Promise<Probes> {
  if (!Number.isInteger(count) || count < 0 || count > MOST_PROBES) {
    throw new RangeError(`${count} probes; there can be 0 to ${MOST_PROBES}`);
  }
  const script = wanted.script ?? neighbour(import.meta.url, 'probe');
  const owners: ProbeClient[] = [];
  const stopAll = async (): Promise<void> => {
    await Promise.all(owners.map((owner) => owner.end(END_MS)));
  };
  const patience = wanted.readyMs ?? READY_MS;
  try {
    // Where one can't be made at all, those before it must go, too.
    for (let process = 1; process <= count; process++) {
      owners.push(startProbe(process, script, wanted));
    }
    await within(Promise.all(owners.map(({ ready }) => ready)), patience);
  } catch (error) {
    await Promise.all(owners.map((owner) => owner.kill()));
    if (error instanceof LabError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new LabError(
      'failed',
      `the ${count} probe processes of this run did not start: ${reason}`,
      'nothing was opened; try again, and look at what an antivirus says of node',
    );
  }
  return {
    owners,
    get pids() {
      return owners.filter(({ alive }) => alive).flatMap(({ pid }) => pid ?? []);
    },
    stopAll,
  };
}

function startProbe(process: number, script: string, wanted: ProbesWanted): ProbeClient {
  const { ffi, sink, stack } = wanted;
  const child = forkNeighbour(script, { args: [ffi], detached: false });
  const events = new ProbeEvents({ process, sink, intern: (address) => stack.intern(address) });
  const stopped = (): boolean => wanted.stopped?.() ?? false;
  const ended = (): void => wanted.onEnded?.();
  return new ProbeClient(child, { process, stack, events, stopped, ended });
}

async function within(ready: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not ready after ${ms / 1_000} s`)), ms);
  });
  try {
    await Promise.race([ready, late]);
  } finally {
    clearTimeout(timer);
  }
}
