import { connectTo, type Listener, type ListenerPlace } from '../listener.ts';
import { openPair, type Pair } from './connection-arm.ts';
import type { AddressId, SocketId } from '../../stack/socket-stack.ts';
import type { Arm } from '../../run/run-document.ts';
import { firstError, openBound } from '../sockets.ts';

/** A port the lab has just given up. */
export interface GivenUpPort {
  readonly port: number;
  /** When the first side closed, the stack's clock, ns. */
  readonly closedAt: number;
}

/** What is done with ports of one kind: bound by name, met in a sweep, or connected from again. */
export const GROUPS = [
  'closedHere.explicit',
  'closedThere.explicit',
  'boundOnly.explicit',
  'closedHere.wildcard',
  'closedThere.wildcard',
  'boundOnly.wildcard',
  'closedHere.again',
  'reset.again',
] as const;
export type Group = (typeof GROUPS)[number];

export interface GivenUpPorts {
  readonly ports: Readonly<Record<Group, readonly GivenUpPort[]>>;
  readonly failed: Arm['firstError'];
}

/** For the FIN or RST of one end to be seen at the other, real sockets, ms. */
const SEEN_MS = 20;

/**
 * Opens as many connections (or bare bound sockets) of each group, in rotation so that every group's
 * numbers lie among the others', and then gives all of them up, each the way of its group.
 * @param opened called once all are open: the arm's peak
 */
export async function giveUpPorts(
  place: ListenerPlace,
  address: AddressId,
  listener: Listener,
  each: number,
  opened: () => void,
): Promise<GivenUpPorts> {
  const pairs = new Map<Group, Pair[]>(GROUPS.map((group) => [group, []]));
  const bare = new Map<Group, { socket: SocketId; port: number }[]>();
  let failed: Arm['firstError'] = null;
  for (let n = 0; n < each * GROUPS.length && failed === null; n++) {
    if (place.stop.reason !== null) break;
    const group = GROUPS[n % GROUPS.length]!;
    if (group.startsWith('boundOnly')) {
      const got = openBound(place.stack, place.protocol, place.family, [], address);
      if (got.ok) bare.set(group, [...(bare.get(group) ?? []), got]);
      else failed = firstError(got.op, got.code);
    } else {
      const pair = await openPair(place, [], { address, port: 0 }, listener);
      if ('failed' in pair) failed = pair.failed;
      else pairs.get(group)!.push(pair);
    }
    await place.breathe();
  }
  opened();
  const ports = {} as Record<Group, GivenUpPort[]>;
  for (const group of GROUPS) {
    ports[group] = [];
    for (const { socket, port } of bare.get(group) ?? []) {
      ports[group].push({ port, closedAt: place.stack.now() });
      place.stack.close(socket);
    }
    ports[group].push(...(await end(place, group, pairs.get(group)!)));
  }
  return { ports, failed };
}

/** Ends connections; the side that closes first keeps TIME_WAIT, a reset leaves none. */
async function end(
  { stack, breathe }: ListenerPlace,
  group: Group,
  pairs: readonly Pair[],
): Promise<GivenUpPort[]> {
  if (pairs.length === 0) return [];
  const there = group.startsWith('closedThere');
  const given = pairs.map(({ port, client, accepted }) => {
    const closedAt = stack.now();
    if (there && accepted !== null) stack.close(accepted, 'local');
    else stack.close(client, group.startsWith('reset') ? 'abort' : 'local');
    return { port, closedAt };
  });
  await breathe(SEEN_MS);
  for (const { client, accepted } of pairs) {
    if (there) stack.close(client, accepted === null ? 'local' : 'remote');
    else if (accepted !== null) stack.close(accepted, 'remote');
  }
  await breathe(SEEN_MS);
  return given;
}

/**
 * Makes a connection again, from the same port to the same listener.
 * @returns 0 when it came about (it is reset then), else the call that failed and its code
 */
export async function connectAgain(
  place: ListenerPlace,
  address: AddressId,
  port: number,
  listener: Listener,
): Promise<{ readonly call: 'socket' | 'bind' | 'connect'; readonly code: number }> {
  const { stack } = place;
  const client = stack.socket(place.protocol, place.family);
  if (client < 0) return { call: 'socket', code: -client };
  const bound = stack.bind(client, address, port);
  if (bound !== 0) {
    stack.close(client);
    return { call: 'bind', code: bound };
  }
  const connection = await connectTo(place, client, listener);
  stack.close(client, 'abort');
  if (connection.ok && connection.accepted !== null) stack.close(connection.accepted, 'remote');
  return { call: 'connect', code: connection.ok ? 0 : connection.code };
}
