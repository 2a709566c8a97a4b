import { LabError } from '#engine/model/lab-error.ts';
import type { PlanDocument } from '#engine/planner/plan-document.ts';
import type { CheckWords } from './check-words.ts';
import type { FromWorker, PlanRequest, ToWorker } from './worker-messages.ts';

/** A plan stands so long before it is checked: whoever types would only have checks to throw away, ms. */
const PAUSE_MS = 250;

export interface PlanListener {
  planned(plan: PlanDocument): void;
  /** @param check null: there is nothing that could be carried out */
  checked(check: CheckWords | null): void;
  failed(error: LabError): void;
}

/** Plans and checks in workers; an answer to anything but the last question is dropped. */
export class PlanDesk {
  readonly #listener: PlanListener;
  readonly #planner: Worker;
  readonly #checker: Worker;
  #last: { readonly id: number; readonly request: PlanRequest } | null = null;
  #due: ReturnType<typeof setTimeout> | null = null;

  constructor(listener: PlanListener) {
    this.#listener = listener;
    this.#planner = this.#start();
    this.#checker = this.#start();
  }

  ask(request: PlanRequest): void {
    this.#wait();
    this.#last = { id: (this.#last?.id ?? 0) + 1, request };
    send(this.#planner, { kind: 'plan', ...this.#last });
  }

  close(): void {
    this.#wait();
    this.#planner.terminate();
    this.#checker.terminate();
  }

  /** No check is due any more. */
  #wait(): void {
    if (this.#due !== null) clearTimeout(this.#due);
    this.#due = null;
  }

  #start(): Worker {
    const worker = new Worker(new URL('./planner-worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => this.#take(data));
    worker.addEventListener('error', ({ message }) =>
      this.#listener.failed(LabError.from(new Error(`the plan can’t be worked out: ${message}`))),
    );
    return worker;
  }

  #take(message: FromWorker): void {
    const last = this.#last;
    if (last === null || message.id !== last.id) return;
    switch (message.kind) {
      case 'planned': {
        const { plan } = message;
        this.#listener.planned(plan);
        this.#due = setTimeout(
          () => send(this.#checker, { kind: 'check', ...last, plan }),
          PAUSE_MS,
        );
        break;
      }
      case 'checked':
        this.#listener.checked(message.check);
        break;
      case 'failed':
        this.#listener.failed(new LabError('failed', message.message, message.hint));
        break;
    }
  }
}

function send(worker: Worker, message: ToWorker): void {
  worker.postMessage(message);
}
