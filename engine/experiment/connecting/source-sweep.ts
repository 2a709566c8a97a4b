import type { SourceSweep, Tries } from '../../claim/rules/connect-reuse-evidence.ts';
import { wildcardAddress } from '../../model/address.ts';
import type { AddressId, SocketId } from '../../stack/socket-stack.ts';
import { openPair, reset, type Pair } from './connection-arm.ts';
import type { ExperimentContext } from '../experiment.ts';
import type { Listener } from '../listener.ts';
import { NumberSweep, type Swept } from './number-sweep.ts';
import type { CommonParameters } from '../parameters.ts';
import { openBound } from '../sockets.ts';

/** Numbers of each kind, where the limits leave room for so many. */
const EACH = 16;
/** The kinds: on the wildcard address, connected and not; on each of the two addresses. */
const KINDS = 4;

type Held = { readonly socket: SocketId; readonly port: number };

/**
 * Where a wildcard-address socket is after connect, for hosts on which explicit binds don't tell:
 * numbers of such sockets are held, and wildcard binds on two addresses show whether they are given
 * again there. Which address routing gave the sockets need not be known: it is one at most, and the
 * other one shows it.
 * @param room sockets it may hold at once, the accepted ends apart
 */
export async function sweepForSource(
  context: ExperimentContext<CommonParameters>,
  [first, second]: readonly [AddressId, AddressId],
  remote: Listener,
  room: number,
): Promise<SourceSweep> {
  const { stack, family } = context;
  const wildcard = stack.intern(wildcardAddress(family));
  const connected: Pair[] = [];
  const bound: Held[] = [];
  const here: Held[] = [];
  const there: Held[] = [];
  // In turn, so that the numbers lie side by side in whatever order the host gives them.
  for (let n = 0; n < Math.min(EACH, Math.floor(room / KINDS)); n++) {
    if (context.stop.reason !== null) break;
    const pair = await openPair(context, [], { address: wildcard, port: 0 }, remote);
    if ('failed' in pair) break;
    connected.push(pair);
    hold(context, wildcard, bound);
    hold(context, first, here);
    hold(context, second, there);
    await context.breathe();
  }
  // A number that happens to be held on both can come up on neither.
  const onlyHere = without(here, there);
  const onlyThere = without(there, here);
  const onSecond = await sweepOn(context, second, onlyHere);
  const onFirst = onSecond.wentRound ? await sweepOn(context, first, onlyThere) : NOTHING_SWEPT;
  const met = (port: number): boolean => onFirst.metAt.has(port) || onSecond.metAt.has(port);
  // What no longer has its number can't tell who else got it.
  const kept = connected.filter(({ client, port }) => stack.getsockname(client) === port);
  const source: SourceSweep = {
    connected: tally(kept, met),
    bound: tally(bound, met),
    elsewhere: sum(
      tally(onlyHere, (port) => onSecond.metAt.has(port)),
      tally(onlyThere, (port) => onFirst.metAt.has(port)),
    ),
    wentRound: onFirst.wentRound && onSecond.wentRound,
  };
  reset(context, connected);
  for (const { socket } of [...bound, ...here, ...there]) stack.close(socket);
  return source;
}

const NOTHING_SWEPT: Swept = { swept: 0, metAt: new Map(), wentRound: false, refused: false };

function without(held: readonly Held[], others: readonly Held[]): Held[] {
  const ports = new Set(others.map(({ port }) => port));
  return held.filter(({ port }) => !ports.has(port));
}

function hold(
  { stack, protocol, family }: ExperimentContext<CommonParameters>,
  address: AddressId,
  held: Held[],
): void {
  const got = openBound(stack, protocol, family, [], address);
  if (got.ok) held.push(got);
}

/** @param controls held on another address */
function sweepOn(
  context: ExperimentContext<CommonParameters>,
  address: AddressId,
  controls: readonly Held[],
): Promise<Swept> {
  return new NumberSweep(context, address, controls).run();
}

function tally(held: readonly { readonly port: number }[], met: (port: number) => boolean): Tries {
  return { tried: held.length, succeeded: held.filter(({ port }) => met(port)).length };
}

function sum(one: Tries, other: Tries): Tries {
  return { tried: one.tried + other.tried, succeeded: one.succeeded + other.succeeded };
}
