import { useEffect, useState } from 'react';
import type { WatchView } from '#engine/api/views.ts';
import { LabError } from '#engine/model/lab-error.ts';
import { useCall, useClient } from '../../connection/use-lab.ts';

/** More would be drawn on the same pixels; the tightest moments stay. */
const MOST = 600;
/** Asked for new samples as often as there are some, but within these bounds, ms. */
const LEAST_MS = 5_000;
const MOST_MS = 30_000;

export interface WatchState {
  readonly view: WatchView | undefined;
  readonly error: LabError | undefined;
  /** It is being started or stopped. */
  readonly busy: boolean;
  start(everySeconds: number): void;
  stop(): void;
}

/** Headroom as recorded, followed while a watch goes on and somebody looks. */
export function useWatch(profile: string | undefined, hours: number): WatchState {
  const client = useClient();
  const asked = { hours, most: MOST, ...(profile !== undefined && { profile }) };
  const { data, error, reload } = useCall('watch', asked);
  const [failure, setFailure] = useState<LabError>();
  const [busy, setBusy] = useState(false);
  const every = data?.watching?.everySeconds ?? null;

  useEffect(() => {
    if (every === null) return undefined;
    const look = (): void => {
      if (!document.hidden) reload();
    };
    const timer = setInterval(look, Math.min(MOST_MS, Math.max(LEAST_MS, every * 1_000)));
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [every, reload]);

  useEffect(() => setFailure(undefined), [profile]);

  async function change(ask: Promise<unknown> | undefined): Promise<void> {
    setBusy(true);
    try {
      await ask;
      setFailure(undefined);
    } catch (thrown) {
      setFailure(LabError.from(thrown));
    }
    setBusy(false);
    reload();
  }

  const of = profile === undefined ? {} : { profile };
  return {
    view: data,
    error: failure ?? error,
    busy,
    start: (everySeconds) => void change(client?.call('startWatch', { everySeconds, ...of })),
    stop: () => void change(client?.call('stopWatch', of)),
  };
}
