import type { StopRequest } from '../experiment/experiment.ts';
import type { PortRange } from '../model/port-range.ts';
import type { SimulatedStack } from '../stack/simulated-stack.ts';
import type { AddressId, ProcessNumber, SocketId, SocketStack } from '../stack/socket-stack.ts';
import { spelled } from './check-names.ts';
import type { ScriptOutcome } from './script.ts';
import type { ScriptWatch } from './script-watch.ts';

/** What a script is run with. */
export interface ScriptRun {
  readonly stack: SocketStack;
  /** What the stack reports to. */
  readonly watch: ScriptWatch;
  /** Orders random pools; the same seed and answers give the same calls. */
  readonly seed: number;
  /** The script's own time, waits not counted. */
  readonly maxSeconds: number;
  /** Ranges the lab's own listeners keep out of. */
  readonly avoid: readonly PortRange[];
  /** Sockets a second that other applications of a simulated host bind: waits go in slices then. */
  readonly othersPerSecond: number;
  readonly stop: StopRequest;
  /** Lets others have their turn; called at least every 20 ms. @param pauseMs on Winsock, at least so long */
  breathe(pauseMs?: number): Promise<void>;
  progress(share: number, words: string): void;
}

/** What a name stands for while a script runs. */
export type Made =
  | {
      readonly kind: 'socket';
      /** 0 where it could not be made: calls on it answer WSAENOTSOCK. */
      readonly id: SocketId;
      readonly protocol: 'tcp' | 'udp';
      readonly family: 'ipv4' | 'ipv6';
      readonly process: string | undefined;
      /** The lab's own end of its connection. */
      partner: SocketId | null;
    }
  | { readonly kind: 'fill'; readonly runs: readonly SocketRun[] };

/** Consecutive sockets of one fill. */
export interface SocketRun {
  readonly first: SocketId;
  readonly count: number;
}

/** Thrown between two calls when the script must end; never leaves the room. */
export class EndOfScript extends Error {
  readonly ended: Exclude<ScriptOutcome['ended'], 'done'>;

  constructor(ended: Exclude<ScriptOutcome['ended'], 'done'>) {
    super(ended);
    this.ended = ended;
  }
}

/** Longest virtual time in which others bind so much that the service notices. */
const OTHERS_A_SLICE = 20_000;

/** What all steps share: names, processes, time. */
export class ScriptBench {
  readonly run: ScriptRun;
  readonly stack: SocketStack;
  readonly made = new Map<string, Made>();
  readonly #processes = new Map<string | null, ProcessNumber>();
  #nextProcess = 1;
  #waitedNs = 0;

  constructor(run: ScriptRun) {
    this.run = run;
    this.stack = run.stack;
  }

  get simulated(): SimulatedStack | null {
    return this.stack.kind === 'simulated' ? (this.stack as SimulatedStack) : null;
  }

  /** A single socket by its name; names were checked before the run. */
  socket(name: string): Extract<Made, { kind: 'socket' }> {
    const made = this.made.get(name);
    if (made?.kind !== 'socket') throw new Error(`script: ${name} is no socket`);
    return made;
  }

  address(text: string): AddressId {
    return this.stack.intern(spelled(text));
  }

  /**
   * The number of a process that lives, or that begins now. Winsock has the lab's own only.
   * @param name null for the process of the lab's own listeners
   */
  process(name: string | undefined | null): ProcessNumber | undefined {
    if (name === undefined || this.simulated === null) return undefined;
    let number = this.#processes.get(name);
    if (number === undefined) {
      number = this.#nextProcess++;
      this.#processes.set(name, number);
    }
    return number;
  }

  /** A process has ended: named again it is another one. */
  forget(name: string): void {
    this.#processes.delete(name);
  }

  /** Between two slices of work. @throws EndOfScript */
  async pause(pauseMs?: number): Promise<void> {
    await this.run.breathe(pauseMs);
    this.#mayGoOn();
    if (this.stack.now() - this.#waitedNs > this.run.maxSeconds * 1e9) {
      throw new EndOfScript('max-seconds');
    }
  }

  /** Lets time pass: the modelled clock's, or the wall's. @throws EndOfScript */
  async wait(seconds: number): Promise<void> {
    const began = this.stack.now();
    const until = began + Math.round(seconds * 1e9);
    const { simulated } = this;
    const { othersPerSecond } = this.run;
    const slice =
      othersPerSecond === 0
        ? until
        : Math.max(1, Math.floor((OTHERS_A_SLICE / othersPerSecond) * 1e9));
    while (this.stack.now() < until) {
      const left = until - this.stack.now();
      if (simulated === null) await this.run.breathe(Math.max(1, Math.min(50, left / 1e6)));
      else {
        simulated.advance(Math.min(left, slice));
        await this.run.breathe();
      }
      this.#mayGoOn();
    }
    this.#waitedNs += this.stack.now() - began;
  }

  #mayGoOn(): void {
    const { reason } = this.run.stop;
    if (reason !== null) throw new EndOfScript(reason);
  }
}
