import { createLabClient, type LabClient } from '#engine/api/client.ts';
import {
  API_VERSION,
  type CallInput,
  type CallName,
  type CallResults,
  type ServiceEvents,
} from '#engine/api/contract.ts';
import type { Activity, Hello } from '#engine/api/views.ts';
import type { Wire } from '#engine/api/wire.ts';
import { LabError } from '#engine/model/lab-error.ts';
import type { LabConnection } from './lab-connection.ts';

export interface LinkListener {
  /** A new life of the service began; wires may be opened. */
  up?(): void;
  /** It ended by itself. @param reason in words */
  down?(reason: string): void;
  activity?(activities: readonly Activity[]): void;
  ended?: ServiceEvents['ended'];
}

/**
 * The desktop's way to its lab service over any number of its lives. It never starts one by itself
 * after a crash: what crashed at once would crash again, and again.
 */
export class LabLink {
  readonly #connect: () => LabConnection;
  readonly #token: string;
  readonly #listeners: LinkListener[] = [];
  #connection: LabConnection | null = null;
  #client: LabClient | null = null;
  #hello: Promise<Hello> | null = null;
  #activities: readonly Activity[] = [];
  #reason = 'it was not started';

  /** @param token said with hello; '' where none is needed or known */
  constructor(connect: () => LabConnection, token: string) {
    this.#connect = connect;
    this.#token = token;
  }

  listen(listener: LinkListener): void {
    this.#listeners.push(listener);
  }

  /** Begins a new life, unless one goes on. */
  start(): void {
    if (this.#connection !== null) return;
    const connection = this.#connect();
    this.#connection = connection;
    connection.onEnded((reason) => this.#down(connection, reason));
    const client = createLabClient(connection.open('shell'), {
      activity: ({ activities }) => this.#setActivities(activities),
      ended: (end) => this.#tell((listener) => listener.ended?.(end)),
      runsChanged: () => {},
      closed: () => {},
    });
    this.#client = client;
    this.#hello = client.call('hello', {
      api: API_VERSION,
      ...(this.#token !== '' && { token: this.#token }),
    });
    this.#hello
      .then(() => client.call('activities', {}))
      .then(({ activities }) => this.#setActivities(activities))
      .catch((error: unknown) => {
        if (this.#connection !== connection) return;
        // It answers, but not us: another version.
        void connection.end();
        this.#down(connection, LabError.from(error).message);
      });
    this.#tell((listener) => listener.up?.());
  }

  /** Null while it is up. */
  get downReason(): string | null {
    return this.#connection === null ? this.#reason : null;
  }

  /** Runs that go on now. */
  get activities(): readonly Activity[] {
    return this.#activities;
  }

  /** A wire for a window; null while the service is down. */
  openWindowWire(): Wire | null {
    return this.#connection?.open('window') ?? null;
  }

  /** @throws LabError as the service gave it, or because it is down */
  async call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallResults[N]> {
    const client = this.#client;
    if (client === null) throw this.#isDown();
    await this.#hello;
    return client.call(name, input);
  }

  /** What the service said of itself. */
  async hello(): Promise<Hello> {
    if (this.#hello === null) throw this.#isDown();
    return this.#hello;
  }

  /** Ends it for good. Bounded. */
  async end(): Promise<void> {
    const connection = this.#connection;
    this.#connection = null;
    this.#reason = 'the lab is closing';
    await connection?.end();
  }

  #isDown(): LabError {
    return new LabError('failed', `the lab service is down: ${this.#reason}`, 'restart it');
  }

  #down(connection: LabConnection, reason: string): void {
    if (this.#connection !== connection) return;
    this.#connection = null;
    this.#client = null;
    this.#hello = null;
    this.#reason = reason;
    this.#setActivities([]);
    this.#tell((listener) => listener.down?.(reason));
  }

  #setActivities(activities: readonly Activity[]): void {
    this.#activities = activities;
    this.#tell((listener) => listener.activity?.(activities));
  }

  #tell(say: (listener: LinkListener) => void): void {
    for (const listener of this.#listeners) say(listener);
  }
}
