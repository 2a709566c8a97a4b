import type { ConnectArm, ConnectWay } from '../../claim/rules/connect-reuse-evidence.ts';
import { OP } from '../../event/op.ts';
import type { SocketOption } from '../../model/socket-option.ts';
import type { Arm } from '../../run/run-document.ts';
import type { AddressId, SocketId } from '../../stack/socket-stack.ts';
import { connectTo, type Listener, type ListenerPlace } from '../listener.ts';
import { firstError } from '../sockets.ts';

/** One open connection of the lab to itself. */
export interface Pair {
  readonly client: SocketId;
  readonly accepted: SocketId | null;
  /** Local port of the client. */
  readonly port: number;
  readonly remote: Listener;
  /** The port was not known before connect. */
  readonly deferred: boolean;
}

/** Null: connect chooses everything by itself. */
export interface LocalEnd {
  readonly address: AddressId;
  readonly port: number;
}

export type NoPair = { readonly failed: NonNullable<Arm['firstError']>; readonly option: number };

/** socket, options, bind unless `local` is null, connect, accept, getsockname. Closed again where a call fails. */
export async function openPair(
  place: ListenerPlace,
  options: readonly SocketOption[],
  local: LocalEnd | null,
  remote: Listener,
): Promise<Pair | NoPair> {
  const { stack } = place;
  const client = stack.socket(place.protocol, place.family);
  if (client < 0) return { failed: firstError(OP.socket, -client), option: 0 };
  const give = (op: Parameters<typeof firstError>[0], code: number): NoPair => {
    stack.close(client, 'abort');
    return { failed: firstError(op, code), option: op === OP.setsockopt ? code : 0 };
  };
  for (const option of options) {
    const code = stack.setsockopt(client, option, 1);
    if (code !== 0) return give(OP.setsockopt, code);
    stack.getsockopt(client, option);
  }
  let before = 0;
  if (local !== null) {
    const code = stack.bind(client, local.address, local.port);
    if (code !== 0) return give(OP.bind, code);
    before = stack.getsockname(client);
  }
  const connection = await connectTo(place, client, remote);
  if (!connection.ok) return give(connection.op, connection.code);
  const port = stack.getsockname(client);
  if (port <= 0) {
    if (connection.accepted !== null) stack.close(connection.accepted, 'abort');
    return give(OP.getsockname, -port);
  }
  const deferred = local !== null && before === 0;
  return { client, accepted: connection.accepted, port, remote, deferred };
}

/** Resets connections, so that none leaves a TIME_WAIT behind. */
export function reset({ stack }: Pick<ListenerPlace, 'stack'>, pairs: readonly Pair[]): void {
  for (const { client, accepted } of pairs) {
    stack.close(client, 'abort');
    if (accepted !== null) stack.close(accepted, 'remote');
  }
}

/** What an arm's open connections show. @param optionCode why it could not begin, or 0 */
export function armOf(way: ConnectWay, pairs: readonly Pair[], optionCode: number): ConnectArm {
  const remotes = new Map<number, Set<Listener>>();
  for (const { port, remote } of pairs) {
    remotes.set(port, (remotes.get(port) ?? new Set()).add(remote));
  }
  const ports = [...remotes.keys()];
  return {
    way,
    connections: pairs.length,
    distinct: ports.length,
    shared: [...remotes.values()].filter((of) => of.size > 1).length,
    deferred: pairs.filter(({ deferred }) => deferred).length,
    optionCode,
    lowest: Math.min(65_535, ...ports),
    highest: Math.max(0, ...ports),
  };
}
