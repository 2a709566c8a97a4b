import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { LabError } from '#engine/model/lab-error.ts';
import { LATEST_VERSION } from './migrations/index.ts';
import { foreignFile, newerFile } from './sqlite-error.ts';

/** Marks a file as the lab's own: 'PLAB' in the header of the SQLite file. */
export const APPLICATION_ID = 0x504c4142;

/** `empty`: a file without content, to be filled like a missing one. */
export type FileState = 'missing' | 'empty' | 'ours';

/**
 * The lab's files this thread has seen. They are not looked into again: on
 * POSIX, closing a descriptor of a file drops every lock this process holds on it, those of SQLite's
 * own descriptors included. So a file may only be read by hand before SQLite opens it.
 * https://www.sqlite.org/howtocorrupt.html section 2.2
 */
const known = new Set<string>();

/**
 * Says whose file this is from its header, before SQLite may recover a journal or put a file beside
 * what belongs to somebody else.
 * @throws LabError 'usage' when it is a folder, unreadable, foreign or too new
 */
export function inspectFile(file: string): FileState {
  const stats = stat(file);
  if (stats === undefined) return 'missing';
  if (stats.isDirectory()) {
    throw new LabError(
      'usage',
      `${file}: is a folder, not a database`,
      'name a file with --db FILE',
    );
  }
  if (stats.size === 0n) return 'empty';
  if (!known.has(identity(file, stats))) {
    checkHeader(file);
    known.add(identity(file, stats));
  }
  return 'ours';
}

/** For whoever has just had SQLite open or make this file, here or in another thread. */
export function rememberFile(file: string): void {
  const stats = stat(file);
  if (stats !== undefined) known.add(identity(file, stats));
}

/** The path, too: a system gives a deleted file's number to the next one. */
function identity(file: string, stats: BigIntStats): string {
  return `${stats.dev}:${stats.ino}:${file}`;
}

/** Offsets: https://www.sqlite.org/fileformat2.html section 1.3 */
function checkHeader(file: string): void {
  const header = readHeader(file);
  if (!header.toString('latin1').startsWith('SQLite format 3\0')) throw foreignFile(file);
  if (header.readUInt32BE(68) !== APPLICATION_ID) throw foreignFile(file);
  const version = header.readUInt32BE(60);
  if (version > LATEST_VERSION) throw newerFile(file, version);
}

function readHeader(file: string): Buffer {
  const header = Buffer.alloc(100);
  try {
    const descriptor = openSync(file, 'r');
    try {
      readSync(descriptor, header);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    throw unreachable(file);
  }
  return header;
}

function stat(file: string): BigIntStats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false, bigint: true });
  } catch {
    throw unreachable(file);
  }
}

function unreachable(file: string): LabError {
  return new LabError(
    'usage',
    `${file}: cannot be read`,
    'check the path and its permissions, or name another database with --db FILE',
  );
}
