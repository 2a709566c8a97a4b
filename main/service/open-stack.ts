import type { EventSink } from '#engine/event/event-sink.ts';
import type { ResolvedProfile } from '#engine/profile/resolved-profile.ts';
import { createSimulatedStack } from '#engine/stack/simulated-stack.ts';
import type { SocketStack } from '#engine/stack/socket-stack.ts';
import { createWinsockStack } from '#native/winsock/winsock-stack.ts';
import type { HostReading } from './read-host.ts';

/** What decides which stack is opened, and how. */
export interface StackWanted {
  /** Null on Winsock. */
  readonly profile: ResolvedProfile | null;
  /** Of the simulated host. */
  readonly addresses: readonly string[];
  readonly seed: number;
  /** Paces a simulated stack, events a second; 0 is as fast as it goes. */
  readonly rate: number;
  readonly reading: HostReading;
}

/** The stack a run was decided for. */
export function openStack(wanted: StackWanted, sink: EventSink): SocketStack {
  const { profile, addresses, seed, rate, reading } = wanted;
  if (profile !== null) {
    return createSimulatedStack({
      sink,
      profile,
      addresses,
      seed,
      // A paced run's virtual calls take as long as the pace says.
      ...(rate > 0 && { callNs: Math.max(1, Math.round(1e9 / rate)) }),
    });
  }
  if (reading.ffi === null) throw new Error('a Winsock run needs a loaded ws2_32.dll');
  return createWinsockStack({ sink, ffi: reading.ffi });
}
