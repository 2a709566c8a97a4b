import type { LabClient } from '#engine/api/client.ts';
import { MAX_PART_BYTES, type Imported } from '#engine/api/contract.ts';
import { LabError } from '#engine/model/lab-error.ts';

/** What is needed of a `File`. */
export interface ImportedFile {
  readonly name: string;
  readonly size: number;
  slice(from: number, to: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

export interface ImportWatcher {
  /** @param sent bytes the service has; at the file's size it checks and records them */
  progress(sent: number): void;
  readonly signal: AbortSignal;
}

/** Longest name the service takes. */
const NAME_LENGTH = 300;

/** Thrown where somebody cancelled: no failure, and nothing of the file is kept. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

/**
 * Sends a `.labrun` in parts. Whatever ends it early, the service forgets what it had of the file.
 * @throws LabError with the reason the service gave, or that the file can't be read; Cancelled
 */
export async function importFile(
  client: LabClient,
  file: ImportedFile,
  { progress, signal }: ImportWatcher,
): Promise<Imported> {
  stopIfCancelled(signal);
  if (file.size === 0) throw new LabError('usage', `${file.name}: is empty`, 'choose another file');
  const { upload } = await client.call('beginImport', {
    name: file.name.slice(-NAME_LENGTH),
    bytes: file.size,
  });
  try {
    for (let at = 0; at < file.size; at += MAX_PART_BYTES) {
      const to = Math.min(at + MAX_PART_BYTES, file.size);
      const body = await readPart(file, at, to);
      stopIfCancelled(signal);
      await client.call('importPart', { upload, body });
      progress(to);
    }
    stopIfCancelled(signal);
  } catch (error) {
    // The first failure is the one to tell; on a lost connection the service forgets by itself.
    await client.call('abortImport', { upload }).catch(() => {});
    throw error;
  }
  return client.call('endImport', { upload });
}

async function readPart(file: ImportedFile, from: number, to: number): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.slice(from, to).arrayBuffer());
  } catch {
    // A folder, or a file that was moved or changed meanwhile.
    throw new LabError('usage', `${file.name}: can’t be read`, 'choose a .labrun file');
  }
}

export function stopIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new Cancelled();
}
