import type { EventChunk } from '#engine/api/views.ts';
import type { EventBatch } from '#engine/event/event-batch.ts';
import { MAX_ENCODED_BYTES, decodeEvents } from '#engine/event/event-codec.ts';
import { LabError } from '#engine/model/lab-error.ts';

/**
 * The rows of one recorded chunk, as the service sends it.
 * @throws LabError (failed) where the bytes are none
 */
export async function decodeChunk({ body }: Pick<EventChunk, 'body'>): Promise<EventBatch> {
  const decoded = decodeEvents(await inflateRaw(body));
  if (decoded.ok) return decoded.batch;
  throw new LabError(
    'failed',
    `events can’t be read: ${decoded.problem}`,
    'use the same version of the lab on both ends',
  );
}

async function inflateRaw(deflated: Uint8Array): Promise<Uint8Array> {
  const stream = new DecompressionStream('deflate-raw');
  const writer = stream.writable.getWriter();
  // A broken stream shows on the reading side; here it would be an unhandled rejection.
  writer.write(deflated as Uint8Array<ArrayBuffer>).catch(() => {});
  writer.close().catch(() => {});
  const bytes = new Uint8Array(MAX_ENCODED_BYTES);
  let length = 0;
  for await (const part of stream.readable) {
    if (length + part.length > bytes.length) throw new RangeError('a chunk is too large');
    bytes.set(part, length);
    length += part.length;
  }
  return bytes.subarray(0, length);
}
