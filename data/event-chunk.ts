import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import type { EventBatch } from '#engine/event/event-batch.ts';
import { FORMAT_VERSION, MAX_ENCODED_BYTES, encodeEvents } from '#engine/event/event-codec.ts';
import type { DecodedEvents } from '#engine/event/event-codec.ts';
import { decodeFormat, formatProblem } from '#engine/event/event-formats.ts';

/** A batch as the machine's copy of the events keeps it. */
export interface PackedChunk {
  /** Version of the bytes inside. */
  readonly codec: number;
  /** CRC-32 of `body` as stored. */
  readonly crc: number;
  /** The encoded batch, raw deflate: what a browser's DecompressionStream takes as `deflate-raw`. */
  readonly body: Uint8Array;
}

/** Level 1: three times as fast as the default, some 10 % larger. */
export function packChunk(batch: EventBatch): PackedChunk {
  const body = deflateRawSync(encodeEvents(batch), { level: 1 });
  return { codec: FORMAT_VERSION, crc: crc32(body), body };
}

/** Takes anything: a chunk may have been damaged, or made by someone else. */
export function unpackChunk(chunk: PackedChunk): DecodedEvents {
  const problem = chunkProblem(chunk);
  if (problem !== null) return { ok: false, problem };
  let bytes;
  try {
    bytes = inflateRawSync(chunk.body, { maxOutputLength: MAX_ENCODED_BYTES });
  } catch {
    return { ok: false, problem: 'cannot be inflated' };
  }
  return decodeFormat(chunk.codec, bytes);
}

/** Whether the bytes are those that were written, in a format this version knows; null where they are. */
export function chunkProblem(chunk: PackedChunk): string | null {
  const problem = formatProblem(chunk.codec);
  if (problem !== null) return problem;
  return crc32(chunk.body) === chunk.crc ? null : 'checksum does not match';
}
