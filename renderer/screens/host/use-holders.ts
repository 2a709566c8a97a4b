import { useEffect, useState } from 'react';
import type { HoldersView } from '#engine/api/views.ts';
import { LabError } from '#engine/model/lab-error.ts';
import { useClient } from '../../connection/use-lab.ts';
import type { PoolPlace } from './pools.ts';

const EVERY_MS = 5_000;

export interface HoldersState {
  /** Of the pool asked for; undefined until the first answer. */
  readonly view: HoldersView | undefined;
  readonly error: LabError | undefined;
}

/** Who holds a pool's ports, asked again 5 s after each answer while somebody looks. */
export function useHolders({ protocol, family, pool }: PoolPlace): HoldersState {
  const client = useClient();
  const [state, setState] = useState<HoldersState & { pool: string }>({
    pool,
    view: undefined,
    error: undefined,
  });

  useEffect(() => {
    if (client === null) return undefined;
    let over = false;
    let asking = false;
    let timer: ReturnType<typeof setTimeout> | undefined;

    async function ask(): Promise<void> {
      if (client === null || asking || document.hidden) return;
      clearTimeout(timer);
      asking = true;
      try {
        const view = await client.call('holders', { protocol, family });
        if (!over) setState({ pool, view, error: undefined });
      } catch (thrown) {
        if (!over) setState({ pool, view: undefined, error: LabError.from(thrown) });
      }
      asking = false;
      if (!over) timer = setTimeout(() => void ask(), EVERY_MS);
    }

    const onVisible = (): void => void ask();
    document.addEventListener('visibilitychange', onVisible);
    void ask();
    return () => {
      over = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, [client, protocol, family, pool]);

  return state.pool === pool ? state : { view: undefined, error: undefined };
}
