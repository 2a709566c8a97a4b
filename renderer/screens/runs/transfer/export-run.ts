import type { LabClient } from '#engine/api/client.ts';
import { LabError } from '#engine/model/lab-error.ts';
import { Cancelled, stopIfCancelled } from './import-file.ts';

/** Parts of 256 KB the service may send ahead. */
const CREDITS = 16;

export interface ExportWatcher {
  /** @param got bytes so far @param bytes of the whole file */
  progress(got: number, bytes: number): void;
  readonly signal: AbortSignal;
}

export interface ExportedRun {
  readonly fileName: string;
  readonly file: Blob;
}

/**
 * Fetches a run as a `.labrun`.
 * @throws LabError as the service gave it, or where the file is not whole; Cancelled
 */
export async function exportRun(
  client: LabClient,
  run: string,
  { progress, signal }: ExportWatcher,
): Promise<ExportedRun> {
  stopIfCancelled(signal);
  const { stream, fileName, bytes } = await client.call('openExport', { run, credits: CREDITS });
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let got = 0;
  await new Promise<void>((resolve, reject) => {
    const close = client.consume(stream, {
      part({ body }) {
        parts.push(body as Uint8Array<ArrayBuffer>);
        got += body.length;
        progress(got, bytes);
      },
      end: (error) => (error === null ? resolve() : reject(error)),
    });
    const cancel = (): void => {
      close();
      reject(new Cancelled());
    };
    if (signal.aborted) cancel();
    else signal.addEventListener('abort', cancel, { once: true });
  });
  if (got !== bytes) {
    throw new LabError('failed', `${fileName}: ${got} of ${bytes} bytes came`, 'export it again');
  }
  return { fileName, file: new Blob(parts, { type: 'application/octet-stream' }) };
}
