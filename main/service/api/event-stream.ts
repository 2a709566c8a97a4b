import type { StreamPart } from '#engine/api/contract.ts';
import { LabError } from '#engine/model/lab-error.ts';
import { RunLibrary } from '#data/run-library.ts';
import type { PartStream } from './streams.ts';

/** How often a run that is still recorded is looked at, once everything recorded was sent, ms. */
const FOLLOW_EVERY_MS = 200;

/**
 * A run's events from the recording, chunk by chunk, to its end. What a screen hasn't granted stays
 * in the database: nothing is kept here, and whoever measures is not slowed by whoever looks.
 */
export class EventStream implements PartStream {
  readonly #library: RunLibrary;
  readonly #run: string;
  #row: number;
  #addressesSent = 0;
  /** Rows were all sent when the run was last looked at, and it had ended. */
  #atEnd = false;

  /** @throws LabError usage for an unknown run */
  constructor(database: string, run: string, from: number) {
    this.#library = new RunLibrary(database);
    this.#row = from;
    try {
      this.#run = this.#library.get(run).run.id;
    } catch (error) {
      this.#library.close();
      throw error;
    }
  }

  next(): Omit<StreamPart, 'stream'> | 'later' | 'end' {
    const chunk = this.#library.chunk(this.#run, this.#row);
    if (chunk !== undefined) {
      if (chunk.first > this.#row && this.#row > 0) throw gapAt(this.#run, this.#row);
      const addresses = this.#library.addresses(this.#run).slice(this.#addressesSent);
      this.#addressesSent += addresses.length;
      this.#row = chunk.first + chunk.rows;
      this.#atEnd = false;
      return { at: chunk.first, rows: chunk.rows, addresses, body: chunk.body };
    }
    if (this.#atEnd) return 'end';
    // Looked at after the chunk: one more may have come in between, so ask for it once more.
    if (this.#library.progress(this.#run).status === 'running') return 'later';
    this.#atEnd = true;
    return this.next();
  }

  readonly retryMs = FOLLOW_EVERY_MS;

  close(): void {
    this.#library.close();
  }
}

function gapAt(run: string, row: number): LabError {
  return new LabError(
    'failed',
    `run ${run}: the events from ${row} on are missing`,
    `portlab runs verify ${run} says what else is damaged`,
  );
}
