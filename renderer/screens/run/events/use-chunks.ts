import { useMemo, useSyncExternalStore } from 'react';
import { LabError } from '#engine/model/lab-error.ts';
import { useClient } from '../../../connection/use-lab.ts';
import { decodeChunk } from '../../../events/decode-chunk.ts';
import { ChunkCache } from './chunk-cache.ts';

/** The run's rows; renders again when some came. */
export function useChunks(run: string, rows: number): ChunkCache {
  const client = useClient();
  const cache = useMemo(
    () =>
      new ChunkCache(rows, async (row) => {
        if (client === null) {
          throw new LabError('failed', 'there is no connection', 'connect again');
        }
        const chunk = await client.call('events', { run, row });
        return { first: chunk.first, batch: await decodeChunk(chunk) };
      }),
    [client, run, rows],
  );
  useSyncExternalStore(
    (listener) => cache.subscribe(listener),
    () => cache.version,
  );
  return cache;
}
