import type { ConnectReuseEvidence, Tries } from '../../claim/rules/connect-reuse-evidence.ts';
import { wildcardAddress } from '../../model/address.ts';
import type { SocketOption } from '../../model/socket-option.ts';
import type { AddressId } from '../../stack/socket-stack.ts';
import { openPair, reset, type Pair } from './connection-arm.ts';
import { connectTo, type Listener, type ListenerPlace } from '../listener.ts';

/** Attempts of each kind: few numbers, since each is tried together with its control. */
const TRIES = 4;
const REUSE: readonly SocketOption[] = ['SO_REUSEADDR'];

/** Whether a number can be bound by name right now; the socket is closed again at once. */
export function canBind(
  { stack, protocol, family }: ListenerPlace,
  address: AddressId,
  port: number,
): boolean {
  const socket = stack.socket(protocol, family);
  if (socket < 0) return false;
  const code = stack.bind(socket, address, port);
  stack.close(socket);
  return code === 0;
}

function tryAll(items: readonly number[], attempt: (port: number) => boolean): Tries {
  return { tried: items.length, succeeded: items.filter(attempt).length };
}

/** Whether explicit binds see the numbers of open connections. */
export function seenByExplicit(
  place: ListenerPlace,
  address: AddressId,
  pairs: readonly Pair[],
): ConnectReuseEvidence['unboundSeen'] {
  const ports = [...new Set(pairs.map(({ port }) => port))].slice(0, TRIES);
  const wildcard = place.stack.intern(wildcardAddress(place.family));
  return {
    here: tryAll(ports, (port) => canBind(place, address, port)),
    everywhere: tryAll(ports, (port) => canBind(place, wildcard, port)),
  };
}

/**
 * Where a socket on the wildcard address is after connect: as long as it is there, its number can't be
 * bound on the wildcard address a second time. Binds, never listens, there.
 */
export async function wildcardSource(
  place: ListenerPlace,
  remote: Listener,
): Promise<Pick<ConnectReuseEvidence, 'wildcardBefore' | 'wildcardAfter'>> {
  const { stack } = place;
  const wildcard = stack.intern(wildcardAddress(place.family));
  const seen = { before: [0, 0], after: [0, 0] };
  for (let n = 0; n < TRIES && place.stop.reason === null; n++) {
    const client = stack.socket(place.protocol, place.family);
    if (client < 0) break;
    const bound = stack.bind(client, wildcard, 0) === 0;
    const port = bound ? stack.getsockname(client) : 0;
    if (port <= 0) {
      stack.close(client);
      break;
    }
    const before = canBind(place, wildcard, port);
    const connection = await connectTo(place, client, remote);
    if (connection.ok) {
      seen.before[0]!++;
      if (before) seen.before[1]!++;
      seen.after[0]!++;
      if (canBind(place, wildcard, port)) seen.after[1]!++;
      // What it is called now: a socket that moved gives its number back where it is.
      stack.getsockname(client);
    }
    stack.close(client, 'abort');
    if (connection.ok && connection.accepted !== null) stack.close(connection.accepted, 'remote');
  }
  const tries = ([tried = 0, succeeded = 0]: number[]): Tries => ({ tried, succeeded });
  return { wildcardBefore: tries(seen.before), wildcardAfter: tries(seen.after) };
}

/**
 * What a connect answers that would repeat a live connection's 4-tuple. Two sockets share a local end
 * through SO_REUSEADDR, set on both; the second then goes to another remote, to show that it can connect.
 */
export async function repeatedTuples(
  place: ListenerPlace,
  address: AddressId,
  remotes: readonly [Listener, Listener],
): Promise<ConnectReuseEvidence['repeats']> {
  const repeats: { code: number; elsewhere: boolean }[] = [];
  for (let n = 0; n < 2 * TRIES && repeats.length < TRIES && place.stop.reason === null; n++) {
    const first = await openPair(place, REUSE, { address, port: 0 }, remotes[0]);
    if ('failed' in first) continue;
    const local = { address, port: first.port };
    const again = await openPair(place, REUSE, local, remotes[0]);
    const elsewhere = await openPair(place, REUSE, local, remotes[1]);
    if ('failed' in again) {
      // Refused before the connect: somebody's rule for explicit binds, and no answer.
      if (again.failed.call === 'connect') {
        repeats.push({ code: again.failed.code, elsewhere: !('failed' in elsewhere) });
      }
    } else reset(place, [again]);
    if (!('failed' in elsewhere)) reset(place, [elsewhere]);
    reset(place, [first]);
    await place.breathe();
  }
  return repeats;
}
