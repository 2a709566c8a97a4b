import type { ChildProcess } from 'node:child_process';
import { parseAddress } from '#engine/model/address.ts';
import { LabError } from '#engine/model/lab-error.ts';
import type { Family, Protocol } from '#engine/model/protocol.ts';
import type { FfiName } from '#native/ffi/ffi.ts';
import { forkNeighbour, neighbour, tell } from '../probe/fork-neighbour.ts';
import { BEAT_MS, SILENCE_MS } from './guard-duty.ts';
import { type FromGuard, type ToGuard, fromGuardSchema } from './guard-protocol.ts';
import { Silence } from './silence.ts';

/** Ports the guard keeps unless told otherwise: enough for a logon or two. */
export const BALLAST = 16;

const READY_MS = 10_000;
/** A guard that has not gone by then is killed. */
const END_MS = 3_000;

/** One attempt of the canary: an option-less bind and connect. */
export interface CanarySample {
  /** When it began, integer ns on the run's clock. */
  readonly t: number;
  readonly durationNs: number;
  /** 0, or the code of what failed. */
  readonly bind: number;
  readonly connect: number;
  /** Inside an announced window, so that a failure is a measurement. */
  readonly meant: boolean;
}

export interface GuardWanted {
  /** The library the lab's own stack uses. */
  readonly ffi: FfiName;
  /** The run's addresses: the guard listens on the first, or on the host's own loopback address. */
  readonly addresses: readonly string[];
  readonly protocol: Protocol;
  readonly family: Family;
  /** Ports to keep; default `BALLAST`. */
  readonly ballast?: number;
  /** Where: the wildcard address unless told otherwise. */
  readonly ballastAddress?: string;
  /** The run's clock, integer ns. */
  now(): number;
  onCanary(sample: CanarySample): void;
  /**
   * The host ran out of ports outside every window. The guard has dropped its ballast; it kills what
   * owns sockets unless `close` is called within 2 s.
   */
  onStarved(sample: CanarySample): void;
  /** The guard has ended, or hangs, though nobody asked it to: the run must stop. @param how in words */
  onDied(how: string): void;
  readonly readyMs?: number;
  /** Another script for its process. */
  readonly script?: string;
}

export interface Guard {
  readonly pid: number;
  /** Ports it holds: its ballast, and its listener's one. */
  readonly ports: number;
  /**
   * The processes of this run that own sockets now, besides the lab's own, in place of those told
   * before. One that has ended must not be among them for long: its number may be given to another.
   */
  watch(pids: readonly number[]): void;
  /**
   * Announces that option-less sockets are starved from now on, or no longer: open it before the
   * first port is taken, close it after the last one is released. Resolves when the guard knows.
   * @throws LabError failed where a window can't be opened, since the guard is dead
   */
  window(open: boolean): Promise<void>;
  /** Gives the host the ballast's ports now. */
  dropBallast(): void;
  /** Ends it, when everything is released; within 3 s, whatever it does. */
  close(): Promise<void>;
}

/**
 * Starts the guard of a run, before its first socket. It sees the lab's death by its channel, and its
 * hanging by its heartbeat.
 * @throws LabError refused where the host has no ports to begin with, failed where it does not start
 */
export async function startGuard(wanted: GuardWanted): Promise<Guard> {
  const script = wanted.script ?? neighbour(import.meta.url, 'guard');
  const guard = new GuardClient(forkGuard(script, wanted.ffi), wanted);
  await guard.start();
  return guard;
}

/** @throws LabError failed where the system makes no process */
function forkGuard(script: string, ffi: FfiName): ChildProcess {
  try {
    return forkNeighbour(script, { args: [ffi], detached: true });
  } catch (error) {
    throw didNotStart(error instanceof Error ? error.message : String(error));
  }
}

class GuardClient implements Guard {
  ports = 0;
  readonly #child: ChildProcess;
  readonly #wanted: GuardWanted;
  readonly #silence = new Silence(SILENCE_MS, performance.now());
  readonly #exited: Promise<void>;
  readonly #windows = new Map<number, (dead: boolean) => void>();
  #lastWindow = 0;
  #beat: NodeJS.Timeout | undefined;
  #started: (failure: LabError | null) => void = () => {};
  #phase: 'starting' | 'running' | 'over' = 'starting';

  constructor(child: ChildProcess, wanted: GuardWanted) {
    this.#child = child;
    this.#wanted = wanted;
    child.on('message', (message) => this.#receive(fromGuardSchema.parse(message)));
    this.#exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        this.#died(signal === null ? `exit status ${code ?? 0}` : `ended by ${signal}`);
        resolve();
      });
      child.once('error', (error) => {
        if (child.pid !== undefined) return;
        this.#died(error.message);
        resolve();
      });
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  async start(): Promise<void> {
    const {
      protocol,
      family,
      ballast = BALLAST,
      ballastAddress,
      readyMs = READY_MS,
    } = this.#wanted;
    const address = listenAddress(this.#wanted);
    const kept = { ballast, ...(ballastAddress !== undefined && { ballastAddress }) };
    this.#tell({ kind: 'start', protocol, family, address, ...kept, lab: process.pid });
    let timer: NodeJS.Timeout | undefined;
    const failure = await new Promise<LabError | null>((resolve) => {
      this.#started = resolve;
      timer = setTimeout(
        () => resolve(didNotStart(`not ready after ${readyMs / 1_000} s`)),
        readyMs,
      );
    });
    clearTimeout(timer);
    if (failure !== null) {
      this.#phase = 'over';
      this.#child.kill('SIGKILL');
      await this.#exited;
      throw failure;
    }
    // The lab may end without asking: the guard notices.
    this.#child.unref();
    this.#child.channel?.unref();
    this.#beat = setInterval(() => this.#keepUp(), BEAT_MS).unref();
  }

  watch(pids: readonly number[]): void {
    this.#tell({ kind: 'watch', pids: [...pids] });
  }

  async window(open: boolean): Promise<void> {
    const id = ++this.#lastWindow;
    const dead =
      this.#phase !== 'running' ||
      (await new Promise<boolean>((resolve) => {
        this.#windows.set(id, resolve);
        this.#child.channel?.ref();
        this.#tell({ kind: 'window', id, open });
      }));
    if (dead && open) {
      throw new LabError(
        'failed',
        'the guard of this run has ended, so that no port may be taken',
        'start the run again',
      );
    }
  }

  dropBallast(): void {
    this.#tell({ kind: 'dropBallast' });
  }

  async close(): Promise<void> {
    this.#over();
    this.#child.ref();
    this.#tell({ kind: 'end' });
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), END_MS);
    await this.#exited;
    clearTimeout(timer);
  }

  #tell(message: ToGuard): void {
    tell(this.#child, message);
  }

  /** Says that the lab is well, and asks itself the same of the guard. */
  #keepUp(): void {
    this.#tell({ kind: 'beat' });
    if (!this.#silence.look(performance.now())) return;
    this.#died(`it had not been heard for ${SILENCE_MS / 1_000} s and was killed`);
    this.#child.kill('SIGKILL');
  }

  #receive(message: FromGuard): void {
    this.#silence.heard();
    switch (message.kind) {
      case 'ready':
        this.ports = message.ballast + 1;
        this.#phase = 'running';
        this.#started(null);
        break;
      case 'failed': {
        const { kind, message: words, hint } = message.error;
        this.#started(new LabError(kind, words, hint));
        break;
      }
      case 'canary':
        if (this.#phase === 'running') this.#wanted.onCanary(this.#sampleOf(message));
        break;
      case 'starved':
        if (this.#phase === 'running') {
          this.#wanted.onStarved(this.#sampleOf({ ...message, meant: false }));
        }
        break;
      case 'windowSet':
        this.#settleWindow(message.id, false);
        break;
    }
  }

  #sampleOf(attempt: Omit<Extract<FromGuard, { kind: 'canary' }>, 'kind'>): CanarySample {
    const { at, durationNs, bind, connect, meant } = attempt;
    // Both clocks count ns of the system's monotonic clock.
    const ago = Number(process.hrtime.bigint() - at);
    return { t: this.#wanted.now() - ago, durationNs, bind, connect, meant };
  }

  #settleWindow(id: number, dead: boolean): void {
    this.#windows.get(id)?.(dead);
    this.#windows.delete(id);
    if (this.#windows.size === 0) this.#child.channel?.unref();
  }

  #died(how: string): void {
    const was = this.#phase;
    this.#over();
    this.#started(didNotStart(how));
    if (was === 'running') this.#wanted.onDied(how);
  }

  #over(): void {
    this.#phase = 'over';
    clearInterval(this.#beat);
    for (const id of this.#windows.keys()) this.#settleWindow(id, true);
  }
}

/** All of 127/8 is the host's own, but only 127.0.0.1 is an address every program knows. */
function listenAddress({ addresses, family }: GuardWanted): string {
  const loopback = family === 'ipv4' ? '127.0.0.1' : '::1';
  const [first = loopback] = addresses;
  return parseAddress(first)?.loopback === true ? loopback : first;
}

function didNotStart(reason: string): LabError {
  return new LabError(
    'failed',
    `the guard of this run did not start: ${reason}`,
    'nothing was opened; try again, and look at what an antivirus says of node',
  );
}
