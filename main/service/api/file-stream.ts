import { closeSync, openSync, readSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { StreamPart } from '#engine/api/contract.ts';
import type { PartStream } from './streams.ts';

const PART_BYTES = 256 * 1024;

/** A file in a folder of its own, which goes with the stream. */
export class FileStream implements PartStream {
  readonly retryMs = 0;
  readonly #path: string;
  readonly #file: number;
  #at = 0;

  constructor(path: string) {
    this.#path = path;
    this.#file = openSync(path, 'r');
  }

  next(): Omit<StreamPart, 'stream'> | 'end' {
    const body = new Uint8Array(PART_BYTES);
    const length = readSync(this.#file, body, 0, PART_BYTES, this.#at);
    if (length === 0) return 'end';
    const at = this.#at;
    this.#at += length;
    return { at, rows: 0, addresses: [], body: body.subarray(0, length) };
  }

  close(): void {
    closeSync(this.#file);
    rmSync(dirname(this.#path), { recursive: true, force: true });
  }
}
