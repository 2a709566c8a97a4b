import type { ChildProcess } from 'node:child_process';
import type { z } from 'zod';
import { EventBatch } from '#engine/event/event-batch.ts';
import { LabError } from '#engine/model/lab-error.ts';
import type { CloseHow, ProcessNumber, SocketId, SocketStack } from '#engine/stack/socket-stack.ts';
import { ProbeDied } from '#engine/stack/socket-owner.ts';
import type {
  Connected,
  ConnectRequest,
  Opened,
  OpenRequest,
  SocketOwner,
} from '#engine/stack/socket-owner.ts';
import { tell } from './fork-neighbour.ts';
import type { ProbeEvents } from './probe-events.ts';
import {
  ANSWERS,
  type FromProbe,
  type ProbeCall,
  type ToProbe,
  fromProbeSchema,
} from './probe-protocol.ts';

/** A probe that says nothing for this long while it is asked something has hung, and is ended. */
const SILENCE_MS = 10_000;
/** How often that, and whether the run is to stop, is looked at while a call is under way. */
const LOOK_MS = 50;
/** What a dead process had sent may take this long to arrive. */
const LAST_WORDS_MS = 500;

export interface ProbeClientOptions {
  readonly process: ProcessNumber;
  /** The lab's own stack: its clock and its address table are the run's. */
  readonly stack: Pick<SocketStack, 'now' | 'addresses'>;
  readonly events: ProbeEvents;
  /** Whether the run is to stop: the probe is told then. */
  stopped(): boolean;
  /** It has ended, in whatever way. */
  ended(): void;
}

interface Pending {
  answered(result: unknown): void;
  failed(error: Error): void;
}

/** A probe, as an experiment works with it. */
export class ProbeClient implements SocketOwner {
  readonly process: ProcessNumber;
  /** Resolves when it is ready to make calls; rejects with a LabError where it can't be. */
  readonly ready: Promise<void>;
  /** Resolves when the process is gone and the recording says so. */
  readonly gone: Promise<void>;
  alive = true;
  readonly #child: ChildProcess;
  readonly #options: ProbeClientOptions;
  readonly #pending = new Map<number, Pending>();
  #isReady!: () => void;
  #isNotReady!: (error: Error) => void;
  #isGone!: () => void;
  #lastCall = 0;
  #heardAt = 0;
  #watch: NodeJS.Timeout | undefined;
  #stopTold = false;
  /** Why it has ended, or will have; null while nobody knows of a reason. */
  #how: string | null = null;

  constructor(child: ChildProcess, options: ProbeClientOptions) {
    this.process = options.process;
    this.#child = child;
    this.#options = options;
    this.ready = new Promise((resolve, reject) => {
      this.#isReady = resolve;
      this.#isNotReady = reject;
    });
    // Nobody may be waiting for it.
    this.ready.catch(() => {});
    this.gone = new Promise((resolve) => {
      this.#isGone = resolve;
    });
    child.on('message', (message) => this.#receive(fromProbeSchema.parse(message)));
    child.once('error', (error) => {
      if (child.pid !== undefined) return;
      this.#how = error.message;
      this.#bury();
    });
    child.once('exit', (code, signal) => {
      this.#how ??= signal === null ? `exit status ${code ?? 0}` : `ended by ${signal}`;
      void this.#died();
    });
    // Without its channel it can't be reached, and should have gone by itself.
    child.once('disconnect', () => child.kill('SIGKILL'));
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  async open(request: OpenRequest): Promise<Opened> {
    const { address, port = 0, how = 'local', options, ...wish } = request;
    const call = { ...wish, options: [...options], address: this.#textOf(address), port, how };
    const opened = await this.#ask({ name: 'open', ...call }, ANSWERS.open);
    const bound = opened.bound.map(({ socket, port }) => ({
      socket: this.#numberOf(socket),
      port,
    }));
    return { bound, refused: opened.refused };
  }

  async names(sockets: readonly SocketId[]): Promise<readonly number[]> {
    return await this.#ask({ name: 'names', sockets: this.#own(sockets) }, ANSWERS.names);
  }

  async close(sockets: readonly SocketId[], how: CloseHow = 'local'): Promise<void> {
    await this.#ask({ name: 'close', sockets: this.#own(sockets), how }, ANSWERS.close);
  }

  async connect(request: ConnectRequest): Promise<Connected> {
    const { socket, options = [], remote, ...where } = request;
    const own = socket === null ? null : this.#options.events.ownNumberOf(socket);
    const call = { ...where, socket: own, options: [...options], remote: this.#textOf(remote) };
    const connected = await this.#ask({ name: 'connect', ...call }, ANSWERS.connect);
    return { ...connected, socket: this.#numberOf(connected.socket) };
  }

  kill(): Promise<void> {
    if (this.alive) {
      this.#how = 'it was killed';
      this.#child.kill('SIGKILL');
    }
    return this.gone;
  }

  /** Has it close its sockets and go; kills it where that takes too long. @param patienceMs for all it holds */
  async end(patienceMs: number): Promise<void> {
    this.#tell({ kind: 'end' });
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), patienceMs);
    await this.gone;
    clearTimeout(timer);
  }

  #textOf(address: number): string {
    const text = this.#options.stack.addresses[address];
    if (address < 1 || text === undefined) throw new RangeError(`no address ${address}`);
    return text;
  }

  #numberOf(socket: SocketId): SocketId {
    return this.#options.events.numberOf(socket);
  }

  #own(sockets: readonly SocketId[]): SocketId[] {
    return sockets.map((socket) => this.#options.events.ownNumberOf(socket));
  }

  async #ask<T extends z.ZodType>(call: ProbeCall, answer: T): Promise<z.infer<T>> {
    if (!this.alive) throw this.#death();
    const id = ++this.#lastCall;
    const result = await new Promise<unknown>((answered, failed) => {
      this.#pending.set(id, { answered, failed });
      this.#heardAt = performance.now();
      this.#watch ??= setInterval(() => this.#look(), LOOK_MS);
      this.#look();
      this.#tell({ kind: 'call', id, call });
    });
    return answer.parse(result);
  }

  #tell(message: ToProbe): void {
    tell(this.#child, message);
  }

  /** While a call is under way. */
  #look(): void {
    if (!this.#stopTold && this.#options.stopped()) {
      this.#stopTold = true;
      this.#tell({ kind: 'stop' });
    }
    if (performance.now() - this.#heardAt < SILENCE_MS) return;
    this.#how = `it had not answered for ${SILENCE_MS / 1_000} s and was killed`;
    this.#child.kill('SIGKILL');
  }

  #receive(message: FromProbe): void {
    this.#heardAt = performance.now();
    const { events, stack } = this.#options;
    switch (message.kind) {
      case 'ready': {
        // Both clocks count ns of the system's monotonic clock, each from its own beginning.
        const here = process.hrtime.bigint() - BigInt(stack.now());
        events.alignClock(Number(message.clockOrigin - here));
        this.#isReady();
        break;
      }
      case 'failed': {
        const { kind, message: words, hint } = message.error;
        this.#isNotReady(new LabError(kind, words, hint));
        break;
      }
      case 'rows':
        events.take(new EventBatch(message.buffer, message.length), message.addresses);
        break;
      case 'answer':
        this.#settle(message.id)?.answered(message.result);
        break;
      case 'fault':
        this.#settle(message.id)?.failed(new Error(`process ${this.process}: ${message.message}`));
        break;
      case 'ended':
        this.#how = 'the run is over';
        break;
    }
  }

  #settle(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (this.#pending.size === 0) this.#stopWatching();
    return pending;
  }

  #stopWatching(): void {
    clearInterval(this.#watch);
    this.#watch = undefined;
  }

  /** Takes what it had sent before, then records its end. */
  async #died(): Promise<void> {
    this.alive = false;
    this.#options.ended();
    if (this.#child.connected) {
      await new Promise<void>((resolve) => {
        this.#child.once('disconnect', resolve);
        setTimeout(resolve, LAST_WORDS_MS);
      });
    }
    this.#bury();
  }

  #bury(): void {
    this.alive = false;
    this.#stopWatching();
    this.#options.events.ended(this.#options.stack.now());
    const died = this.#death();
    for (const { failed } of this.#pending.values()) failed(died);
    this.#pending.clear();
    this.#isNotReady(died);
    this.#isGone();
  }

  #death(): ProbeDied {
    return new ProbeDied(this.process, this.#how ?? 'nobody knows why');
  }
}
