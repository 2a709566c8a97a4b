import { useEffect, useState, useSyncExternalStore } from 'react';
import { useClient, useServiceEvent } from '../../connection/use-lab.ts';
import type { Turn } from './paced-states.ts';
import type { ReplayState } from './replay-state.ts';
import { ReplayStore } from './replay-store.ts';

/** A run's replay as long as the screen is there; what was read outlives the connection. */
export function useReplayStore(run: string): ReplayStore {
  const client = useClient();
  const [store] = useState(() => new ReplayStore(run, { seq: -1 }));
  useEffect(() => {
    if (client !== null) store.open(client);
  }, [client, store]);
  useEffect(() => () => store.stop(), [store]);
  useServiceEvent('ended', (end) => {
    if (end.run === run && client !== null) store.refresh(client);
  });
  return store;
}

/**
 * A part of what is shown; renders again only when it changed.
 * @param turn while the playhead moves, only with every other instant
 */
export function useReplay<T>(
  store: ReplayStore,
  select: (state: ReplayState) => T,
  turn?: Turn,
): T {
  return useSyncExternalStore(store.subscribe, () => select(store.getState(turn)));
}
