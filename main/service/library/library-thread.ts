import { Worker } from 'node:worker_threads';
import { LabError, type LabErrorKind } from '#engine/model/lab-error.ts';
import type { LibraryTasks } from './library-tasks.ts';

export interface TaskRequest {
  readonly id: number;
  readonly task: keyof LibraryTasks;
  readonly args: unknown[];
}

export type TaskAnswer = { readonly id: number } & (
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false;
      readonly error: {
        readonly kind: LabErrorKind;
        readonly message: string;
        readonly hint: string;
      };
    }
);

interface Waiting {
  resolve(value: unknown): void;
  reject(error: LabError): void;
}

/**
 * Does the library's slow work in a thread of its own, so that the thread that measures, stops and
 * answers is never held up by it. The thread starts with the first task.
 */
export class LibraryThread {
  readonly #database: string;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #last = 0;

  constructor(database: string) {
    this.#database = database;
  }

  /** @throws LabError as the task did; failed when the thread ends first */
  do<T extends keyof LibraryTasks>(
    task: T,
    ...args: Parameters<LibraryTasks[T]>
  ): Promise<Awaited<ReturnType<LibraryTasks[T]>>> {
    const worker = (this.#worker ??= this.#start());
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: (value) => resolve(value as never), reject });
      const request: TaskRequest = { id, task, args };
      worker.postMessage(request);
    });
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }

  #start(): Worker {
    // The bundle is flat, its chunks end in .js; run from source they end in .ts.
    const script = import.meta.url.endsWith('.ts') ? './library-worker.ts' : './library-worker.js';
    const worker = new Worker(new URL(script, import.meta.url), {
      workerData: { database: this.#database },
    });
    worker.on('message', (answer: TaskAnswer) => {
      const waiting = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if (answer.ok) waiting?.resolve(answer.value);
      else
        waiting?.reject(new LabError(answer.error.kind, answer.error.message, answer.error.hint));
    });
    let reason = 'it was ended';
    worker.on('error', (error) => {
      reason = error.message;
    });
    worker.on('exit', () => {
      if (this.#worker === worker) this.#worker = null;
      const lost = new LabError(
        'failed',
        `the thread that reads recorded runs stopped: ${reason}`,
        'nothing recorded is lost; try again',
      );
      for (const waiting of this.#waiting.values()) waiting.reject(lost);
      this.#waiting.clear();
    });
    return worker;
  }
}
