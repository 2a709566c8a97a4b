import type { LabClient } from '#engine/api/client.ts';
import { LabError } from '#engine/model/lab-error.ts';
import { decodeChunk } from '../../../events/decode-chunk.ts';
import type { FoundRows } from './found-rows.ts';

/** Chunks the service may send ahead. */
const CREDITS = 8;

export interface ScanRequest {
  readonly run: string;
  /** Where to begin, and where to end: a run that goes on would never. */
  readonly from: number;
  readonly to: number;
  readonly found: FoundRows;
  readonly signal: AbortSignal;
  /** @param row the next one to look at */
  progress(row: number): void;
}

/**
 * Looks through rows `from` to `to - 1` for calls that failed, chunk by chunk.
 * @returns the next row to look at: `to` at the end, less where it was stopped or enough was found
 * @throws LabError where the stream breaks off
 */
export async function scanErrors(client: LabClient, request: ScanRequest): Promise<number> {
  const { run, from, to, found, signal, progress } = request;
  if (from >= to || signal.aborted || found.isFull) return from;
  const { stream } = await client.call('openEvents', { run, from, credits: CREDITS });
  let next = from;
  return new Promise((resolve, reject) => {
    const close = client.consume(stream, {
      async part(part) {
        if (signal.aborted) return;
        const batch = await decodeChunk(part);
        if (signal.aborted) return;
        for (let at = Math.max(0, next - part.at); at < batch.length; at++) {
          const seq = part.at + at;
          if (seq >= to || found.isFull) break;
          if ((batch.code[at] ?? 0) !== 0) found.add(batch, at, seq);
          next = seq + 1;
        }
        progress(next);
        if (next < to && !found.isFull) return;
        close();
        resolve(next);
      },
      end: (error) => (error === null ? resolve(next) : reject(LabError.from(error))),
    });
    const stop = (): void => {
      close();
      resolve(next);
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
