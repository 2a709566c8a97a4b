import { MessageChannel, Worker, receiveMessageOnPort } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import type { EventSink } from '#engine/event/event-sink.ts';
import { LabError } from '#engine/model/lab-error.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import { BatchSink } from './batch-sink.ts';
import { type StagedRows, stagingBuffer } from './staged-rows.ts';
import { openForWriting } from './database.ts';
import type { FromWriter, ToWriter, WriterStart } from './writer-protocol.ts';

/**
 * Full batches that wait for company: waking the writer costs this thread some 50 us, as much as
 * filling a batch.
 */
const BATCHES_PER_WAKE = 4;

/** Buffers kept for reuse; more come and go with the backlog. */
const SPARE_BUFFERS = 16;

/** Buffers at hand from the start, in memory the system has already given: 32,768 events. */
const FIRST_BUFFERS = 8;

export interface RecorderOptions {
  /** The database; made if it is missing. */
  readonly file: string;
  /** The run as it stands before its first event: status 'running'. */
  readonly document: RunDocument;
  /**
   * Told once when recording fails while the run goes on (disk full, …): stop the run. What was
   * committed before is kept, later events are dropped.
   */
  readonly onError?: (error: LabError) => void;
  /** How often a partly filled batch is handed over, ms. Default 250. */
  readonly flushEveryMs?: number;
}

/** Records one run: gives a stack its sink, and a worker thread what came in. */
export interface Recorder {
  /** Where the stack reports its calls. `arm` is put into each row: set it as the run goes on. */
  readonly sink: EventSink & { arm: number };
  /**
   * The stack's address table (`SocketStack.addresses`), which may still grow: what is new in it is
   * recorded along with the events. Call it before the first event.
   */
  useAddresses(table: readonly string[]): void;
  /** Hands over what is in the current batch. Happens by itself several times a second. */
  flush(): void;
  /** Full batches that are not yet durable. */
  readonly backlog: number;
  /**
   * Hands over everything and waits until it is durable.
   * @throws LabError 'failed' when recording has failed
   */
  drain(): Promise<void>;
  /**
   * Drains, stores the run's last word and closes. Call it, or `abort`, once.
   * @returns the document as stored: its `eventCount` is what was recorded
   * @throws LabError 'failed' when recording has failed; the run then shows as interrupted
   */
  seal(document: RunDocument): Promise<RunDocument>;
  /** Keeps what was emitted and closes without a last word: the run shows as interrupted. */
  abort(): Promise<void>;
}

/**
 * Puts the run into the library and opens its recording.
 * @throws LabError 'usage' when the database can't be used (database.ts), 'failed' when the writer
 * can't start
 */
export async function createRecorder(options: RecorderOptions): Promise<Recorder> {
  // Here and not in the worker, so that this thread knows the file from now on: inspect-file.ts.
  openForWriting(options.file).close();
  const channel = new MessageChannel();
  const start: WriterStart = {
    file: options.file,
    document: options.document,
    port: channel.port2,
  };
  // The bundle is flat, its chunks end in .js; run from source they end in .ts.
  const script = import.meta.url.endsWith('.ts') ? './writer-worker.ts' : './writer-worker.js';
  const worker = new Worker(new URL(script, import.meta.url), {
    workerData: start,
    transferList: [channel.port2],
  });
  const recorder = new WorkerRecorder(worker, channel.port1, options);
  await recorder.started;
  return recorder;
}

interface Waiter {
  /** Batches that must be durable first. */
  readonly batches: number;
  resolve(): void;
  reject(error: LabError): void;
}

class WorkerRecorder implements Recorder {
  readonly sink: BatchSink;
  readonly started: Promise<void>;
  readonly #port: MessagePort;
  readonly #exited: Promise<void>;
  readonly #timer: NodeJS.Timeout;
  readonly #onError: ((error: LabError) => void) | undefined;
  readonly #spare: ArrayBuffer[] = Array.from({ length: FIRST_BUFFERS }, stagingBuffer);
  #waiters: Waiter[] = [];
  #table: readonly string[] = [''];
  #tableSent = 1;
  #full: StagedRows[] = [];
  #handedOver = 0;
  #committed = 0;
  #isStarted = false;
  #isClosing = false;
  #isClosed = false;
  #stored: RunDocument | null = null;
  #failure: LabError | undefined;

  constructor(worker: Worker, port: MessagePort, options: RecorderOptions) {
    this.#port = port;
    this.#onError = options.onError;
    this.sink = new BatchSink((rows) => this.#exchange(rows));
    port.on('message', (message: FromWriter) => this.#receive(message));
    worker.on('error', (error) => this.#fail(writerEnded(error.message)));
    this.#exited = new Promise((resolve) => {
      worker.once('exit', () => {
        this.#receiveWaiting();
        if (!this.#isClosed) this.#fail(writerEnded('it ended early'));
        port.close();
        resolve();
      });
    });
    this.started = this.#until(0);
    this.#timer = setInterval(() => this.flush(), options.flushEveryMs ?? 250).unref();
  }

  get backlog(): number {
    return this.#full.length + this.#handedOver - this.#committed;
  }

  useAddresses(table: readonly string[]): void {
    this.#table = table;
  }

  flush(): void {
    this.sink.flush();
    this.#handOver();
  }

  drain(): Promise<void> {
    this.flush();
    return this.#until(this.#handedOver);
  }

  async seal(document: RunDocument): Promise<RunDocument> {
    await this.#close({ kind: 'seal', document });
    if (this.#failure !== undefined) throw this.#failure;
    return this.#stored ?? document;
  }

  async abort(): Promise<void> {
    await this.#close({ kind: 'abort' });
  }

  async #close(last: ToWriter): Promise<void> {
    if (!this.#isClosing) {
      this.flush();
      this.#isClosing = true;
      clearInterval(this.#timer);
      if (this.#failure === undefined) this.#port.postMessage(last);
    }
    await this.#exited;
  }

  /** Runs inside `emit`: puts the full rows aside, gives an empty buffer. */
  #exchange(rows: StagedRows): ArrayBuffer {
    if (this.#failure !== undefined || this.#isClosing) return rows.buffer;
    this.#full.push(rows);
    if (this.#full.length === BATCHES_PER_WAKE) this.#handOver();
    // Without a turn of the event loop in between, so that a long slice gets buffers back, too.
    if (this.#spare.length === 0) this.#receiveWaiting();
    return this.#spare.pop() ?? stagingBuffer();
  }

  #handOver(): void {
    if (this.#full.length === 0) return;
    // All of them with the first: a batch may speak of any address interned before it was full.
    let addresses = this.#table.slice(this.#tableSent);
    this.#tableSent += addresses.length;
    for (const { buffer, length } of this.#full) {
      const message: ToWriter = { kind: 'batch', buffer, length, addresses };
      this.#port.postMessage(message, [buffer]);
      addresses = [];
    }
    this.#handedOver += this.#full.length;
    this.#full = [];
  }

  #receiveWaiting(): void {
    for (;;) {
      const received = receiveMessageOnPort(this.#port);
      if (received === undefined) return;
      this.#receive(received.message as FromWriter);
    }
  }

  #receive(message: FromWriter): void {
    switch (message.kind) {
      case 'started':
        this.#isStarted = true;
        break;
      case 'committed':
        this.#committed += message.buffers.length;
        this.#spare.push(...message.buffers.slice(0, SPARE_BUFFERS - this.#spare.length));
        break;
      case 'closed':
        this.#stored = message.document;
        this.#isClosed = true;
        break;
      case 'failed':
        this.#fail(new LabError(message.error.kind, message.error.message, message.error.hint));
        break;
    }
    this.#settleWaiters();
  }

  #fail(error: LabError): void {
    if (this.#failure !== undefined) return;
    this.#failure = error;
    this.#isClosed = true;
    clearInterval(this.#timer);
    this.#settleWaiters();
    const onError = this.#onError;
    // Not from inside an `emit`: whoever is told stops the run, and the stack is in a call.
    if (onError !== undefined && this.#isStarted && !this.#isClosing)
      queueMicrotask(() => onError(error));
  }

  #until(batches: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiters.push({ batches, resolve, reject });
      this.#settleWaiters();
    });
  }

  #settleWaiters(): void {
    const failure = this.#failure;
    if (failure === undefined && !this.#isStarted) return;
    this.#waiters = this.#waiters.filter((waiter) => {
      // First: after a failure events are dropped, so that nothing waited for is all there.
      if (failure !== undefined) waiter.reject(failure);
      else if (waiter.batches <= this.#committed) waiter.resolve();
      else return true;
      return false;
    });
  }
}

function writerEnded(reason: string): LabError {
  return new LabError(
    'failed',
    `the database writer stopped: ${reason}`,
    'what was recorded before is kept; start the run again',
  );
}
