import { useEffect, useMemo, useRef, useState } from 'react';
import type { RunView } from '#engine/api/views.ts';
import { basisOfRun } from '#engine/chart/provenance.ts';
import type { LabError } from '#engine/model/lab-error.ts';
import type { Basis } from '#engine/run/run-document.ts';
import { poolOfRun, type RunPool } from '#engine/run/run-pool.ts';
import { useCall, useClient, useServiceEvent } from '../../connection/use-lab.ts';
import { feedLive, type Feed } from './live-feed.ts';
import type { LiveSnapshot } from './live-snapshot.ts';
import type { PortMapData } from '../../ports/port-map-data.ts';

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

/**
 * A run followed from its first event, however late one looks, to its end.
 * @param basis of the run where it goes on in this service: its document may take a while to come,
 * when much is recorded already; null where only the document can tell
 */
export function useLiveRun(run: string, basis: Basis | null): LiveRun {
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
  const pool = useStable(data === undefined ? null : poolOfRun(data.document));
  const known = basis ?? (head === undefined ? null : basisOfRun(head));
  const feed = useFirst(known);
  const addresses = useRef<readonly string[] | null>(null);
  addresses.current = head?.addresses ?? null;
  // A recording that names more addresses than the run's own: begun again, with those.
  const begun = snapshot?.bands.reduce((sum, band) => sum + band.addresses, 0);
  const wrong = head !== undefined && begun !== undefined && begun !== head.addresses.length;
  const fed = useRef<Feed | null>(null);
  useEffect(() => {
    if (client === null || feed === null) return undefined;
    setFeedError(null);
    setAllRead(false);
    const options = { addresses: addresses.current, timed: feed !== 'modelled' };
    const begun = feedLive(client, run, options, {
      snapshot: setSnapshot,
      map: setMap,
      ended: () => setAllRead(true),
      failed: setFeedError,
    });
    fed.current = begun;
    return () => begun.stop();
  }, [client, run, feed, wrong]);
  useEffect(() => {
    if (pool !== null) fed.current?.showRange(pool.range);
  }, [pool, client, feed, wrong]);

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

/** The first one that is not null, for good: what comes later says the same. */
function useFirst<T>(value: T | null): T | null {
  const first = useRef(value);
  first.current ??= value;
  return first.current;
}

/** The same object as long as its content is: an answer fetched again is a new one. */
function useStable<T>(value: T): T {
  const key = JSON.stringify(value);
  return useMemo(() => value, [key]);
}
