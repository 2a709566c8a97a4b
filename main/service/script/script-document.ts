import type { RunDocument } from '#engine/run/run-document.ts';
import type { ScriptOutcome, StepResult } from '#engine/script/script.ts';

/** A script's run as `portlab script` prints it. Names are relied on by scripts. */
export interface ScriptDocument extends RunDocument {
  readonly script: {
    readonly title: string;
    readonly stack: RunDocument['run']['stack'];
    /** Every step was run, and no expectation failed. */
    readonly ok: boolean;
  };
  readonly steps: readonly StepResult[];
}

/** What a run is called by whose steps ended so. */
export const STATUS_OF_ENDED = {
  done: 'complete',
  cancelled: 'cancelled',
  failed: 'failed',
  'max-seconds': 'stopped-for-safety',
} as const satisfies Record<ScriptOutcome['ended'], RunDocument['run']['status']>;
