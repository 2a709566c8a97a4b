import { OP, type Op } from '../../event/op.ts';
import type { SocketOption } from '../../model/socket-option.ts';
import type { AddressId, SocketId } from '../../stack/socket-stack.ts';
import type { ExperimentContext } from '../experiment.ts';
import { connectTo, type Listener } from '../listener.ts';
import type { CommonParameters } from '../parameters.ts';
import { openBound } from '../sockets.ts';

/** For the listener's side to see that the other side has closed, on real sockets, ms. */
const SEEN_MS = 20;

/** What came of a batch. */
export interface Batch {
  /** Connections made and closed, this side first. */
  readonly made: number;
  /** Where they came from, in order. */
  readonly places: readonly { readonly address: AddressId; readonly port: number }[];
  /** The call that failed, and ended it. */
  readonly failed: { readonly op: Op; readonly code: number } | null;
}

/**
 * Opens connections to a listener of the lab's own, each bound to a wildcard port first, and closes
 * all of them from this side, so that this side keeps TIME_WAIT.
 * @param from addresses in rotation, beginning with this one
 */
export async function shortConnections(
  context: ExperimentContext<CommonParameters>,
  listener: Listener,
  options: readonly SocketOption[],
  { from, wanted }: { readonly from: number; readonly wanted: number },
): Promise<Batch> {
  const { stack, addressIds, protocol, family, stop, breathe } = context;
  const clients: SocketId[] = [];
  const accepted: SocketId[] = [];
  const places: { address: AddressId; port: number }[] = [];
  let failed: Batch['failed'] = null;
  try {
    while (clients.length < wanted && failed === null && stop.reason === null) {
      const address = addressIds[(from + clients.length) % addressIds.length] as AddressId;
      const got = openBound(stack, protocol, family, options, address);
      if (!got.ok) {
        failed = got;
        break;
      }
      const connection = await connectTo(context, got.socket, listener);
      if (connection.ok) {
        clients.push(got.socket);
        places.push({ address, port: got.port });
        if (connection.accepted !== null) accepted.push(connection.accepted);
      } else {
        stack.close(got.socket, 'abort');
        failed = connection;
      }
    }
  } finally {
    for (const socket of clients) stack.close(socket, 'local');
    await breathe(SEEN_MS);
    for (const socket of accepted) stack.close(socket, 'remote');
  }
  // The accept is the lab's own affair: that it failed says nothing of ports.
  if (failed?.op === OP.accept) failed = null;
  return { made: clients.length, places, failed };
}
