import type { RunDocument } from '#engine/run/run-document.ts';
import type { ScriptOutcome, StepResult } from '#engine/script/script.ts';

/**
 * A script's run as `portlab script` prints it. Names are relied on by scripts. Its steps have the
 * ports of fills, which the recorded document leaves to the events, and no words.
 */
export interface ScriptDocument extends Omit<RunDocument, 'script' | 'steps'> {
  readonly script: NonNullable<RunDocument['script']>;
  readonly steps: readonly StepResult[];
}

/** A script's run that has ended: as it is recorded, and what its steps answered, ports and all. */
export interface ScriptRun {
  readonly document: RunDocument;
  readonly steps: readonly StepResult[];
}

/** As it is printed for programs. */
export function scriptDocument(
  document: RunDocument,
  steps: readonly StepResult[],
): ScriptDocument {
  const { run, script } = document;
  return { ...document, script: script ?? { title: '', stack: run.stack, ok: false }, steps };
}

/** What a run is called by whose steps ended so. */
export const STATUS_OF_ENDED = {
  done: 'complete',
  cancelled: 'cancelled',
  failed: 'failed',
  'max-seconds': 'stopped-for-safety',
  'stopped-for-safety': 'stopped-for-safety',
} as const satisfies Record<ScriptOutcome['ended'], RunDocument['run']['status']>;
