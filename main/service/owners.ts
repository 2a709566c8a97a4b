import type { EventSink } from '#engine/event/event-sink.ts';
import { ownerOf } from '#engine/stack/simulated-owner.ts';
import type { SocketOwner } from '#engine/stack/socket-owner.ts';
import { startProbes, type Probes } from '../probe/start-probes.ts';
import type { Workbench } from './execute.ts';
import type { PreparedRun } from './prepare.ts';

/** Who owns the sockets of a run. */
export interface Owners {
  /** The lab's own process first, then those the experiment asked for. */
  readonly all: readonly SocketOwner[];
  /** Ends all but the lab's own; nothing of theirs is left then. */
  end(): Promise<void>;
}

/**
 * The lab's own process, and as many beside it as the experiment asks for: real ones on real sockets.
 * To be called before the run's first socket.
 * @throws LabError where a process does not start
 */
export async function startOwners(
  { experiment, parameters, request }: PreparedRun,
  { stack, breathe, stop, safeguards }: Workbench,
  sink: EventSink,
): Promise<Owners> {
  const stopped = (): boolean => stop.reason !== null;
  const own = (process: number): SocketOwner => ownerOf(stack, process, { breathe, stopped });
  const processes = experiment.processes?.(parameters) ?? 0;
  if (stack.kind === 'simulated' || processes === 0) {
    const all = Array.from({ length: processes + 1 }, (_, process) => own(process));
    return { all, end: async () => {} };
  }
  let started: Probes | null = null;
  // The number of one that has ended may soon be another program's. One may end before all have started.
  const watch = (): void => safeguards.watch(started?.pids ?? []);
  const probes = await startProbes(processes, {
    ffi: request.ffi,
    sink,
    stack,
    stopped,
    onEnded: watch,
  });
  started = probes;
  watch();
  return { all: [own(0), ...probes.owners], end: () => probes.stopAll() };
}
