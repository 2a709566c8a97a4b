import type { MessagePort } from 'node:worker_threads';
import type { LabErrorKind } from '#engine/model/lab-error.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import type { Progress } from './run-row.ts';

/** What the writer worker is started with. `port` is its end of the channel. */
export interface WriterStart {
  readonly file: string;
  readonly document: RunDocument;
  readonly port: MessagePort;
}

/** From the measuring thread to the writer. A batch is rows as staged-rows.ts has them, transferred. */
export type ToWriter =
  | {
      readonly kind: 'batch';
      readonly buffer: ArrayBuffer;
      readonly length: number;
      /** Entries of the run's address table that are new since the batch before. */
      readonly addresses: readonly string[];
    }
  | { readonly kind: 'seal'; readonly document: RunDocument }
  | { readonly kind: 'abort' };

/** From the writer to the measuring thread. */
export type FromWriter =
  | { readonly kind: 'started' }
  /** These batches are durable; their buffers come back for reuse. */
  | {
      readonly kind: 'committed';
      readonly buffers: readonly ArrayBuffer[];
      readonly progress: Progress;
    }
  /** The last word: the writer has closed everything. `document` is null after an abort. */
  | { readonly kind: 'closed'; readonly document: RunDocument | null }
  /** The last word, too: the batches not yet committed are lost. */
  | {
      readonly kind: 'failed';
      readonly error: {
        readonly kind: LabErrorKind;
        readonly message: string;
        readonly hint: string;
      };
    };
