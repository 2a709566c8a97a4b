import { contains, MAX_PORT, type PortRange } from '../../model/port-range.ts';
import { listenAt, type Listener, type ListenerPlace } from '../listener.ts';
import type { AddressId } from '../../stack/socket-stack.ts';

/** Listeners at most: a run with more remotes has fewer, which is harder on its numbers. */
export const MOST_REMOTES = 1_000;
/** Ports tried in vain before it is given up. */
const MOST_FAILURES = 20_000;
/** Between two that are tried, so that one block of exclusions doesn't hold them all. */
const STRIDE = 211;
/** Below, services have theirs. */
const FIRST_PORT = 1_024;

interface RemotesPlace extends ListenerPlace {
  readonly addressIds: readonly AddressId[];
  readonly autoReuseRange: PortRange | null;
}

/**
 * Remote endpoints of the lab's own: listeners on the run's addresses, on ports that no connection of
 * the plan may be given, since each would be one less for it.
 */
export async function openRemotes(place: RemotesPlace, wanted: number): Promise<Listener[]> {
  const { range, autoReuseRange } = place;
  const most = Math.min(wanted, MOST_REMOTES);
  const isIn = (of: PortRange | null, port: number): boolean => of !== null && contains(of, port);
  const all = MAX_PORT + 1 - FIRST_PORT;
  const ports = Array.from({ length: all }, (_, n) => FIRST_PORT + ((n * STRIDE) % all)).filter(
    (port) => !isIn(autoReuseRange, port),
  );
  const listeners: Listener[] = [];
  // In the dynamic range only where nothing else is left: there it is a port others may want.
  for (const inRange of [false, true]) {
    const some = ports.filter((port) => isIn(range, port) === inRange);
    await openOn(place, some, most, listeners);
  }
  return listeners;
}

async function openOn(
  place: RemotesPlace,
  ports: readonly number[],
  most: number,
  listeners: Listener[],
): Promise<void> {
  const { addressIds, stop, breathe } = place;
  let failures = 0;
  for (const port of ports) {
    for (const address of addressIds) {
      if (listeners.length >= most || failures > MOST_FAILURES || stop.reason !== null) return;
      const listener = listenAt(place, address, port);
      if ('code' in listener) failures++;
      else listeners.push(listener);
    }
    if ((listeners.length + failures) % 64 === 0) await breathe();
  }
}
