import { useRef, useState, type RefObject } from 'react';
import { LabError } from '#engine/model/lab-error.ts';
import { useLab } from '../../connection/use-lab.ts';
import { deletedWords, deletions, restoredWords } from './deletions.ts';
import { transferQueue } from './transfer/transfers.ts';

export interface RunActions {
  /** Why nothing can be changed; null where it can. */
  readonly readOnly: string | null;
  /** The last deletion or undo that failed. */
  readonly failure: LabError | null;
  /** What was last done, for who can't see the list change. */
  readonly said: string;
  readonly undoBar: RefObject<HTMLDivElement | null>;
  importFiles(files: readonly File[]): void;
  exportRuns(runs: readonly string[]): void;
  /** @returns whether they were deleted */
  deleteRuns(runs: readonly string[]): Promise<boolean>;
  undo(): Promise<void>;
}

const READ_ONLY = 'Read-only: nothing can be imported or deleted from this page.';

/** What can be done with recorded runs. */
export function useRunActions(): RunActions {
  const { client, hello } = useLab();
  const [failure, setFailure] = useState<LabError | null>(null);
  const [said, setSaid] = useState('');
  const undoBar = useRef<HTMLDivElement>(null);
  const readOnly = hello?.readOnly === true ? READ_ONLY : null;

  async function attempt(work: () => Promise<void>): Promise<boolean> {
    setFailure(null);
    try {
      await work();
      return true;
    } catch (thrown) {
      setFailure(LabError.from(thrown));
      return false;
    }
  }

  return {
    readOnly,
    failure,
    said,
    undoBar,
    importFiles(files) {
      if (client !== null && readOnly === null) void transferQueue.importFiles(client, files);
    },
    exportRuns(runs) {
      if (client !== null) void transferQueue.exportRuns(client, runs);
    },
    async deleteRuns(runs) {
      if (client === null || readOnly !== null || runs.length === 0) return false;
      return attempt(async () => {
        await deletions.delete(client, runs);
        setSaid(deletedWords(deletions.steps.slice(-1)));
        // The button that was pressed has nothing left to do; what takes it back is at hand.
        requestAnimationFrame(() => undoBar.current?.querySelector('button')?.focus());
      });
    },
    async undo() {
      if (client === null) return;
      await attempt(async () => setSaid(restoredWords(await deletions.undo(client))));
      requestAnimationFrame(() => {
        // The bar went with its last step, and the focus with it.
        if (document.activeElement === document.body) {
          document.querySelector<HTMLElement>('h1')?.focus();
        }
      });
    },
  };
}
