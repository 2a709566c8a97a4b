import type { LabClient } from '#engine/api/client.ts';
import { LabError } from '#engine/model/lab-error.ts';
import { Waiting } from '../../events/waiting.ts';
import type { FromModel, FromRecorded, ToModel, ToRecorded } from './worker-messages.ts';

/** Parts on their way from the service at once, and handed to the worker and not folded yet. */
const CREDITS = 16;
const MOST_WAITING = 6;
/** Until something is drawn: what comes behind would only delay that. */
const FIRST_CREDITS = 1;

export interface LinkListener {
  recorded(message: FromRecorded): void;
  model(message: FromModel): void;
  /** The stream broke off, or a worker did. What was read stays. */
  failed(error: LabError): void;
}

/**
 * A run's events on their way from the service into two workers: one holds the recording, one makes the
 * model's track. The second begins when the first has shown something.
 */
export class ReplayLink {
  readonly #listener: LinkListener;
  readonly #recorded: Worker;
  #model: Worker | null = null;
  /** For the model's worker, until there is one. */
  readonly #backlog: ToModel[] = [];
  readonly #waiting = new Waiting();
  readonly #client: LabClient;
  #closeStream = (): void => {};
  /** Null once it was told to send all it can. */
  #slow: number | null = null;
  #drawn = false;
  #over = false;

  constructor(client: LabClient, run: string, listener: LinkListener) {
    this.#listener = listener;
    this.#client = client;
    this.#recorded = new Worker(new URL('./replay-worker.ts', import.meta.url), { type: 'module' });
    this.#recorded.addEventListener('message', ({ data }: MessageEvent<FromRecorded>) => {
      if (this.#over) return;
      if (data.kind === 'folded') this.#waiting.leave();
      else if (data.kind === 'failed') this.#fail(new LabError('failed', data.message, data.hint));
      else {
        listener.recorded(data);
        if (data.kind === 'frame') this.#readOn();
      }
    });
    this.#recorded.addEventListener('error', ({ message }) =>
      this.#fail(new Error(`the recording can’t be replayed: ${message}`)),
    );
    this.#open(run).catch((error: unknown) => this.#fail(error));
  }

  toRecorded(message: ToRecorded): void {
    this.#recorded.postMessage(message);
  }

  toModel(message: ToModel): void {
    if (this.#model === null) this.#backlog.push(message);
    else this.#model.postMessage(message);
  }

  /** There is something to see: time for the model. */
  beginModel(): void {
    if (this.#model !== null || this.#over) return;
    const model = new Worker(new URL('./model-worker.ts', import.meta.url), { type: 'module' });
    this.#model = model;
    model.addEventListener('message', ({ data }: MessageEvent<FromModel>) => {
      if (!this.#over) this.#listener.model(data);
    });
    model.addEventListener('error', ({ message }) =>
      this.#fail(new Error(`the model can’t be run: ${message}`)),
    );
    for (const message of this.#backlog.splice(0)) model.postMessage(message);
  }

  stop(): void {
    this.#over = true;
    this.#closeStream();
    this.#recorded.terminate();
    this.#model?.terminate();
    this.#waiting.release();
  }

  /** The first instant is drawn. */
  #readOn(): void {
    this.#drawn = true;
    if (this.#slow === null) return;
    const grant = { stream: this.#slow, credits: CREDITS - FIRST_CREDITS };
    this.#slow = null;
    // A stream that has ended meanwhile needs none.
    this.#client.call('grant', grant).catch(() => {});
  }

  async #open(run: string): Promise<void> {
    const credits = FIRST_CREDITS;
    const { stream } = await this.#client.call('openEvents', { run, from: 0, credits });
    this.#slow = stream;
    if (this.#drawn) this.#readOn();
    const close = this.#client.consume(stream, {
      part: async ({ addresses, body }) => {
        if (this.#over) return;
        // Copies: the body is part of a larger frame, which may not be given away.
        this.toModel({ kind: 'part', body: body.slice() });
        const own = body.slice();
        this.#recorded.postMessage({ kind: 'part', addresses, body: own } satisfies ToRecorded, [
          own.buffer,
        ]);
        await this.#waiting.enter(MOST_WAITING);
      },
      end: (error) => {
        if (this.#over) return;
        this.toRecorded({ kind: 'end' });
        this.toModel({ kind: 'end' });
        if (error !== null) this.#fail(error);
      },
    });
    if (this.#over) close();
    else this.#closeStream = close;
  }

  #fail(thrown: unknown): void {
    if (!this.#over) this.#listener.failed(LabError.from(thrown));
  }
}
