import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { FORMAT_VERSION } from '#engine/event/event-codec.ts';
import { LabError } from '#engine/model/lab-error.ts';
import type { RunDocument, RunHead } from '#engine/run/run-document.ts';
import { createRecorder, type Recorder } from '#data/recorder.ts';
import { createRunId } from '#data/run-id.ts';
import { RunLibrary } from '#data/run-library.ts';
import { LAB_VERSION } from './version.ts';

/** A recording that has begun. */
export interface Recording {
  readonly recorder: Recorder;
  /** The run's document before its first event. */
  readonly initial: RunDocument;
  /** Why recording broke off, once it has. */
  readonly broken: { reason: LabError | null };
}

/** What a new run is given: its name, its time, and the versions that record it. */
export type NewRun = Pick<RunHead, 'id' | 'startedAt' | 'labVersion' | 'version'>;

/**
 * Puts a new run into the database, which is made with its folder if it is missing.
 * @throws LabError usage when the database can't be used
 */
export async function beginRecording(
  file: string,
  documentOf: (made: NewRun) => RunDocument,
): Promise<Recording> {
  const now = new Date();
  const initial = documentOf({
    id: createRunId(now, Math.random),
    startedAt: now.toISOString(),
    labVersion: LAB_VERSION,
    version: FORMAT_VERSION,
  });
  makeFolder(file);
  const broken: Recording['broken'] = { reason: null };
  const recorder = await createRecorder({
    file,
    document: initial,
    onError: (error) => {
      broken.reason = error;
    },
  });
  return { recorder, initial, broken };
}

/** Opens the recorded runs for one question and closes them again. */
export function withLibrary<T>(file: string, ask: (library: RunLibrary) => T): T {
  const library = new RunLibrary(file);
  try {
    return ask(library);
  } finally {
    library.close();
  }
}

/** Makes the folder a database goes into. @throws LabError usage */
export function makeFolder(file: string): void {
  const folder = dirname(resolve(file));
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LabError('usage', `--db ${file}: ${reason}`, 'choose a place you may write to');
  }
}
