import { useCallback, useEffect, useRef, useState } from 'react';
import type { LabClient } from '#engine/api/client.ts';
import { LabError } from '#engine/model/lab-error.ts';
import { useClient } from '../../../connection/use-lab.ts';
import { scanErrors } from './error-scan.ts';
import { FoundRows } from './found-rows.ts';

export interface ErrorScan {
  readonly found: FoundRows;
  /** Rows looked at, of all. */
  readonly seen: number;
  readonly rows: number;
  readonly running: boolean;
  readonly error: LabError | null;
  /** Begins, or goes on where it was stopped. */
  start(): void;
  stop(): void;
}

/** How often the screen follows a scan, ms. */
const SHOW_EVERY_MS = 100;

/** Looks for failed calls when asked to; ends with the screen. */
export function useErrorScan(run: string, rows: number): ErrorScan {
  const client = useClient();
  const [found] = useState(() => new FoundRows());
  const [state, setState] = useState({ seen: 0, running: false, error: null as LabError | null });
  const seen = useRef(0);
  const stopper = useRef<AbortController | null>(null);

  const stop = useCallback(() => stopper.current?.abort(), []);
  useEffect(() => stop, [stop]);

  const start = useCallback(() => {
    if (client === null || stopper.current?.signal.aborted === false) return;
    const own = new AbortController();
    stopper.current = own;
    let shown = 0;
    setState({ seen: seen.current, running: true, error: null });
    void scan(client, own.signal);

    async function scan(client: LabClient, signal: AbortSignal): Promise<void> {
      let error: LabError | null = null;
      try {
        await scanErrors(client, { run, from: seen.current, to: rows, found, signal, progress });
      } catch (thrown) {
        error = LabError.from(thrown);
      }
      own.abort();
      setState({ seen: seen.current, running: false, error });
    }

    function progress(row: number): void {
      seen.current = row;
      const now = performance.now();
      if (now - shown < SHOW_EVERY_MS) return;
      shown = now;
      setState({ seen: row, running: true, error: null });
    }
  }, [client, run, rows, found]);

  return { found, rows, ...state, start, stop };
}
