import type { EventSink } from '#engine/event/event-sink.ts';
import { createSimulatedStack } from '#engine/stack/simulated-stack.ts';
import type { SocketStack } from '#engine/stack/socket-stack.ts';
import { createWinsockStack } from '#native/winsock/winsock-stack.ts';
import type { PreparedRun } from './prepare.ts';

/** The stack a prepared run was decided for. */
export function openStack(prepared: PreparedRun, sink: EventSink): SocketStack {
  const { profile, addresses, seed, parameters, reading } = prepared;
  if (profile !== null) {
    const { rate } = parameters;
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
