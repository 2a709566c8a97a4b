import { useEffect, useMemo, useState } from 'react';
import type { RunView } from '#engine/api/views.ts';
import { basisOfRun } from '#engine/chart/provenance.ts';
import type { LabError } from '#engine/model/lab-error.ts';
import { useCall, useClient, useServiceEvent } from '../../connection/use-lab.ts';
import { feedLive } from './live-feed.ts';
import type { LiveSnapshot } from './live-snapshot.ts';
import type { PortMapData } from './port-map-data.ts';
import { poolOfRun, type RunPool } from './run-pool.ts';

export interface LiveRun {
  /** The run as it was when asked for; null until then. */
  readonly view: RunView | null;
  readonly snapshot: LiveSnapshot | null;
  /** Null where the range is unknown, or nothing was read yet. */
  readonly map: PortMapData | null;
  readonly pool: RunPool | null;
  /** How it ended; null while it goes on. */
  readonly end: RunEnd | null;
  /** Every recorded event is in the snapshot. */
  readonly allRead: boolean;
  readonly error: LabError | null;
}

export interface RunEnd {
  readonly status: string;
  readonly verdict: string;
  /** Seen happening, not found ended. */
  readonly witnessed: boolean;
}

/** A run followed from its first event, however late one looks, to its end. */
export function useLiveRun(run: string): LiveRun {
  const client = useClient();
  const { data, error, reload } = useCall('run', { run });
  const [snapshot, setSnapshot] = useState<LiveSnapshot | null>(null);
  const [map, setMap] = useState<PortMapData | null>(null);
  const [feedError, setFeedError] = useState<LabError | null>(null);
  const [allRead, setAllRead] = useState(false);
  const [heard, setHeard] = useState<RunEnd | null>(null);

  useServiceEvent('ended', (end) => {
    if (end.run === run) setHeard({ status: end.status, verdict: end.verdict, witnessed: true });
  });

  const head = data?.document.run;
  const id = head?.id;
  const addresses = useStable(head?.addresses);
  const pool = useStable(data === undefined ? undefined : poolOfRun(data.document)) ?? null;
  const timed = head !== undefined && basisOfRun(head) !== 'modelled';
  useEffect(() => {
    if (client === null || id === undefined || addresses === undefined) return undefined;
    setFeedError(null);
    setAllRead(false);
    return feedLive(
      client,
      id,
      { addresses, timed, range: pool?.range ?? null },
      { snapshot: setSnapshot, map: setMap, ended: () => setAllRead(true), failed: setFeedError },
    );
  }, [client, id, addresses, timed, pool]);

  const status = data?.document.run.status;
  const found = useMemo((): RunEnd | null => {
    if (data === undefined || status === 'running') return null;
    return { status: status ?? '', verdict: data.document.verdict, witnessed: false };
  }, [data, status]);

  const end = heard ?? found;
  // Nobody tells of the end of a run that went on in another process.
  useEffect(() => {
    if (allRead && end === null) reload();
  }, [allRead, end, reload]);

  return { view: data ?? null, snapshot, map, pool, end, allRead, error: error ?? feedError };
}

/** The same object as long as its content is: an answer fetched again is a new one. */
function useStable<T>(value: T): T {
  const key = JSON.stringify(value);
  return useMemo(() => value, [key]);
}
