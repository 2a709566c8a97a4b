import type { LabClient } from '#engine/api/client.ts';
import { LabError } from '#engine/model/lab-error.ts';
import { exportRun } from './export-run.ts';
import { Cancelled, importFile, type ImportedFile } from './import-file.ts';

/** A file under way, or what became of it. */
export interface Transfer {
  readonly id: number;
  readonly kind: 'import' | 'export';
  /** The file's name; of an export that has none yet, the run's id. */
  readonly name: string;
  readonly state: 'waiting' | 'moving' | 'checking' | 'done' | 'known' | 'refused' | 'cancelled';
  readonly bytes: number;
  readonly moved: number;
  /** Why it was refused, and what to do; else ''. */
  readonly reason: string;
  readonly hint: string;
  /** The run that goes out or came in; '' while it is not known. */
  readonly run: string;
}

type Change = Partial<Omit<Transfer, 'id' | 'kind'>>;
type Save = (file: Blob, fileName: string) => void;

/**
 * Files to and from the service, one after the other: a large one must not starve the screen's other
 * questions. A file that is refused doesn't hold up the next. What ended before a new batch is forgotten.
 */
export class TransferQueue {
  readonly #save: Save;
  readonly #listeners = new Set<() => void>();
  readonly #stops = new Map<number, AbortController>();
  #transfers: readonly Transfer[] = [];
  #last = 0;
  #chain: Promise<void> = Promise.resolve();

  /** @param save what an exported file is handed to */
  constructor(save: Save) {
    this.#save = save;
  }

  get transfers(): readonly Transfer[] {
    return this.#transfers;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @returns when all of them came to an end, whatever it was; never rejects */
  async importFiles(client: LabClient, files: readonly ImportedFile[]): Promise<void> {
    this.clearEnded();
    const all = files.map((file) =>
      this.#add('import', file.name, file.size, async (id, signal) => {
        const { run, known } = await importFile(client, file, {
          signal,
          progress: (moved) =>
            this.#change(id, { moved, state: moved === file.size ? 'checking' : 'moving' }),
        });
        this.#change(id, { state: known ? 'known' : 'done', run });
      }),
    );
    await Promise.all(all);
  }

  /** @returns when all of them came to an end, whatever it was; never rejects */
  async exportRuns(client: LabClient, runs: readonly string[]): Promise<void> {
    this.clearEnded();
    const all = runs.map((run) =>
      this.#add('export', run, 0, async (id, signal) => {
        const { fileName, file } = await exportRun(client, run, {
          signal,
          progress: (moved, bytes) => this.#change(id, { moved, bytes }),
        });
        this.#change(id, { state: 'done', name: fileName, bytes: file.size });
        this.#save(file, fileName);
      }),
    );
    await Promise.all(all);
  }

  /** Of a file that is checked already nothing can be taken back; of all others nothing stays. */
  cancel(id: number): void {
    this.#stops.get(id)?.abort();
    if (this.#find(id)?.state === 'waiting') this.#change(id, { state: 'cancelled' });
  }

  /** Takes those that came to an end off the list. */
  clearEnded(): void {
    this.#transfers = this.#transfers.filter(isUnderWay);
    this.#tell();
  }

  #add(
    kind: Transfer['kind'],
    name: string,
    bytes: number,
    work: (id: number, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const id = ++this.#last;
    const stop = new AbortController();
    this.#stops.set(id, stop);
    const fresh = { id, kind, name, bytes, state: 'waiting', moved: 0 } as const;
    const run = kind === 'export' ? name : '';
    this.#transfers = [...this.#transfers, { ...fresh, reason: '', hint: '', run }];
    this.#tell();
    this.#chain = this.#chain.then(() => this.#work(id, stop.signal, work));
    return this.#chain;
  }

  async #work(
    id: number,
    signal: AbortSignal,
    work: (id: number, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    try {
      if (signal.aborted) return;
      this.#change(id, { state: 'moving' });
      await work(id, signal);
    } catch (error) {
      if (error instanceof Cancelled) {
        this.#change(id, { state: 'cancelled' });
      } else {
        const { message, hint } = LabError.from(error);
        this.#change(id, { state: 'refused', reason: message, hint });
      }
    } finally {
      this.#stops.delete(id);
    }
  }

  #find(id: number): Transfer | undefined {
    return this.#transfers.find((transfer) => transfer.id === id);
  }

  #change(id: number, change: Change): void {
    this.#transfers = this.#transfers.map((transfer) =>
      transfer.id === id ? { ...transfer, ...change } : transfer,
    );
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

export function isUnderWay({ state }: Transfer): boolean {
  return state === 'waiting' || state === 'moving' || state === 'checking';
}
