import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { LabError } from '#engine/model/lab-error.ts';

interface Upload {
  readonly path: string;
  readonly file: number;
  readonly name: string;
  readonly bytes: number;
  written: number;
}

/** Uploads one screen may have going. */
const MOST_UPLOADS = 4;

/** Files a screen sends part by part, each in a folder of its own until it is taken in. */
export class Uploads {
  readonly #open = new Map<number, Upload>();
  #last = 0;

  begin(name: string, bytes: number): number {
    if (this.#open.size >= MOST_UPLOADS) {
      throw new LabError(
        'refused',
        `${MOST_UPLOADS} files are on their way already`,
        'wait for one',
      );
    }
    const path = join(mkdtempSync(join(tmpdir(), 'portlab-import-')), 'upload.labrun');
    const id = ++this.#last;
    const shown = basename(name.replaceAll('\\', '/'));
    this.#open.set(id, { path, file: openSync(path, 'wx'), name: shown, bytes, written: 0 });
    return id;
  }

  add(id: number, part: Uint8Array): void {
    const upload = this.#find(id);
    if (upload.written + part.length > upload.bytes) {
      this.abort(id);
      throw new LabError(
        'usage',
        `${upload.name}: more bytes than were announced`,
        'send it again',
      );
    }
    writeSync(upload.file, part);
    upload.written += part.length;
  }

  /**
   * Hands the whole file to `take`, and removes it afterwards.
   * @throws LabError with the file's own name in place of where it lay
   */
  async end<T>(id: number, take: (path: string) => Promise<T>): Promise<T> {
    const upload = this.#find(id);
    this.#open.delete(id);
    closeSync(upload.file);
    try {
      if (upload.written !== upload.bytes) {
        throw new LabError(
          'usage',
          `${upload.name}: ${upload.written} bytes came where ${upload.bytes} were announced`,
          'send it again',
        );
      }
      return await take(upload.path);
    } catch (error) {
      const told = LabError.from(error);
      throw new LabError(told.kind, told.message.replaceAll(upload.path, upload.name), told.hint);
    } finally {
      remove(upload);
    }
  }

  abort(id: number): void {
    const upload = this.#open.get(id);
    if (upload === undefined) return;
    this.#open.delete(id);
    closeSync(upload.file);
    remove(upload);
  }

  abortAll(): void {
    for (const id of this.#open.keys()) this.abort(id);
  }

  #find(id: number): Upload {
    const upload = this.#open.get(id);
    if (upload !== undefined) return upload;
    throw new LabError('usage', `there is no upload ${id}`, 'begin it first');
  }
}

function remove({ path }: Upload): void {
  rmSync(dirname(path), { recursive: true, force: true });
}
