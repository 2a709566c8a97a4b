import { OP, type Op } from '../event/op.ts';
import { WSA } from '../model/winsock-error.ts';
import type { AddressId, SocketId } from '../stack/socket-stack.ts';
import type { ExperimentContext } from './experiment.ts';
import type { CommonParameters } from './parameters.ts';
import { portsOutside } from './port-or-memory.ts';

/** What a listener needs of an experiment's context. */
export type ListenerPlace = Pick<
  ExperimentContext<CommonParameters>,
  'stack' | 'protocol' | 'family' | 'range' | 'breathe' | 'stop'
>;

/** A socket of the lab's own that connections can go to. */
export interface Listener {
  readonly socket: SocketId;
  readonly address: AddressId;
  readonly port: number;
  /** It had to take a number of the dynamic range: those tried outside it were all taken. */
  readonly inRange: boolean;
}

/** The listener that could not be had: the call, and its code. Nothing is left open. */
export interface NoListener {
  readonly op: Op;
  readonly code: number;
}

/** Connections that may wait at a listener: more than any experiment leaves unaccepted. */
const BACKLOG = 128;
/** How long a connect, or the arrival of its other end, is waited for on real sockets, ns. */
const CONNECT_NS = 2e9;
const ACCEPT_NS = 1e9;
/** Looks at most: the model answers at once, so its clock is not waited for. */
const LOOKS = 2_000;
/** For the FIN or RST of one end to be seen at the other, real sockets, ms. */
const SEEN_MS = 20;

/**
 * Opens a listener on an address of the host, outside the dynamic range if possible. Never on the
 * wildcard address, where a firewall would ask and other hosts could connect. UDP sockets don't
 * listen: the bound socket is all a connect needs. To be opened before the arm begins, so that its
 * port isn't one of the arm's.
 */
export function openListener(place: ListenerPlace, address: AddressId): Listener | NoListener {
  const { stack, protocol, family, range } = place;
  const socket = stack.socket(protocol, family);
  if (socket < 0) return { op: OP.socket, code: -socket };
  const failed = (op: Op, code: number): NoListener => {
    stack.close(socket);
    return { op, code };
  };
  let bound = false;
  for (const port of portsOutside(range)) {
    const code = stack.bind(socket, address, port);
    bound = code === 0;
    // Somebody has it (10048), or it is excluded (10013): the next one may do.
    if (code !== WSA.WSAEADDRINUSE && code !== WSA.WSAEACCES) {
      if (!bound) return failed(OP.bind, code);
      break;
    }
  }
  if (!bound) {
    const code = stack.bind(socket, address, 0);
    if (code !== 0) return failed(OP.bind, code);
  }
  return listening(place, socket, address, !bound);
}

/** The same on a port that is named; `inRange` says nothing then. */
export function listenAt(
  place: ListenerPlace,
  address: AddressId,
  port: number,
): Listener | NoListener {
  const { stack, protocol, family } = place;
  const socket = stack.socket(protocol, family);
  if (socket < 0) return { op: OP.socket, code: -socket };
  const code = stack.bind(socket, address, port);
  if (code === 0) return listening(place, socket, address, false);
  stack.close(socket);
  return { op: OP.bind, code };
}

/** Makes a bound socket listen; closed again where it can't. */
function listening(
  { stack, protocol }: ListenerPlace,
  socket: SocketId,
  address: AddressId,
  inRange: boolean,
): Listener | NoListener {
  const port = stack.getsockname(socket);
  const code = port < 0 || protocol === 'udp' ? 0 : stack.listen(socket, BACKLOG);
  if (port >= 0 && code === 0) return { socket, address, port, inRange };
  stack.close(socket);
  return port < 0 ? { op: OP.getsockname, code: -port } : { op: OP.listen, code };
}

/** A connection, or the call that failed on the way to it. The client socket stays open either way. */
export type Connection =
  | {
      readonly ok: true;
      readonly client: SocketId;
      /** The listener's end; null for UDP, which has none. */
      readonly accepted: SocketId | null;
    }
  | { readonly ok: false; readonly op: Op; readonly code: number };

/**
 * Connects a socket to a listener and accepts it, waiting on real sockets. The client's own answer
 * is what counts: where only the accept fails, the connect went through and `op` says accept.
 */
export async function connectTo(
  place: ListenerPlace,
  client: SocketId,
  listener: Listener,
): Promise<Connection> {
  const { stack, protocol } = place;
  // A UDP connect is done at once: whatever it answers is the answer.
  const patience = protocol === 'udp' ? 0 : CONNECT_NS;
  const connected = await answered(place, patience, WSA.WSAEWOULDBLOCK, () =>
    stack.connect(client, listener.address, listener.port),
  );
  if (connected !== 0) return { ok: false, op: OP.connect, code: connected };
  if (protocol === 'udp') return { ok: true, client, accepted: null };
  const accepted = await answered(place, ACCEPT_NS, -WSA.WSAEWOULDBLOCK, () =>
    stack.accept(listener.socket),
  );
  return accepted < 0
    ? { ok: false, op: OP.accept, code: -accepted }
    : { ok: true, client, accepted };
}

/** Who ends a connection: the side that closes first keeps TIME_WAIT, a reset leaves none. */
export type ClosesFirst = 'client' | 'listener' | 'reset';

/** Closes both ends of a connection, one after the other has been seen to close. */
export async function closeConnection(
  { stack, breathe }: Pick<ListenerPlace, 'stack' | 'breathe'>,
  { client, accepted }: { readonly client: SocketId; readonly accepted: SocketId | null },
  first: ClosesFirst,
): Promise<void> {
  const [one, other] = first === 'listener' ? [accepted, client] : [client, accepted];
  if (one !== null) {
    stack.close(one, first === 'reset' ? 'abort' : 'local');
    if (other !== null) await breathe(SEEN_MS);
  }
  if (other !== null) stack.close(other, one === null ? 'local' : 'remote');
}

/**
 * Asks again while the answer is "would block", until the patience or the run ends.
 * @param pending that answer: an accepted socket may have its number, too, but not negated
 */
async function answered(
  { breathe, stack, stop }: Pick<ListenerPlace, 'stack' | 'breathe' | 'stop'>,
  patienceNs: number,
  pending: number,
  ask: () => number,
): Promise<number> {
  const until = stack.now() + patienceNs;
  let answer = ask();
  for (let looks = 1; answer === pending; looks++) {
    if (looks >= LOOKS || stack.now() >= until || stop.reason !== null) break;
    await breathe(1);
    answer = ask();
  }
  return answer;
}
