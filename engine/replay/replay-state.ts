import { Holdings, type HoldingsSave } from '../analysis/holdings.ts';
import { MARK } from '../event/mark.ts';
import { OP, callsInRow } from '../event/op.ts';
import { WSA } from '../model/winsock-error.ts';
import { type Segment, armOf, codeOf, opOf } from './event-store.ts';

/** Ops a run may name; the recorded format has some twenty. */
const OPS = 256;

/** Figures beside what is held, as they lie in one array. */
const FIGURE = { calls: 0, failed: 1, arm: 2, window: 3, canaryTries: 4, canaryFailed: 5 } as const;
const FIGURES = 6;

/** A state to go back to. */
export interface StateSave {
  readonly seq: number;
  readonly holdings: HoldingsSave;
  readonly figures: Float64Array;
  readonly calls: Float64Array;
  readonly bytes: number;
}

/** Whether a row tells of a call that failed; a connect under way is asked again, and has not. */
export function isFailedCall(op: number, code: number): boolean {
  if (code === 0) return false;
  return op !== OP.connect || (code !== WSA.WSAEWOULDBLOCK && code !== WSA.WSAEALREADY);
}

/**
 * A run at an instant: what is held, and counts of everything until then. Goes on row by row, and back
 * to where it was saved. What is held is counted as in the run itself (`Holdings`): anew from each arm's
 * beginning on, when nothing is held.
 */
export class ReplayState {
  readonly holdings: Holdings;
  /** The last row taken; -1 before the first. */
  seq = -1;
  /** The most that was held since somebody set it. */
  readonly crest = { held: 0, union: 0 };
  readonly #figures = new Float64Array(FIGURES);
  /** By op, calls and then failed ones. */
  readonly #calls = new Float64Array(2 * OPS);

  /** @param isWildcard whether an address id is a wildcard address */
  constructor(isWildcard: (address: number) => boolean) {
    this.holdings = new Holdings(isWildcard);
  }

  /** Calls the rows until now stand for. */
  get calls(): number {
    return this.#figures[FIGURE.calls]!;
  }

  get failed(): number {
    return this.#figures[FIGURE.failed]!;
  }

  /** The arm that has begun last; 0 before the first. */
  get arm(): number {
    return this.#figures[FIGURE.arm]!;
  }

  /** It is announced that option-less sockets may find no port. */
  get window(): boolean {
    return this.#figures[FIGURE.window] !== 0;
  }

  get canary(): { readonly tries: number; readonly failed: number } {
    return {
      tries: this.#figures[FIGURE.canaryTries]!,
      failed: this.#figures[FIGURE.canaryFailed]!,
    };
  }

  callsOf(op: number): number {
    return this.#calls[op]!;
  }

  failedOf(op: number): number {
    return this.#calls[OPS + op]!;
  }

  /** Takes rows `from` to `to - 1` of a segment, which follow those taken before. */
  take(segment: Segment, from: number, to: number): void {
    const { what, address, port } = segment;
    const { holdings } = this;
    const calls = this.#calls;
    let plain = 0;
    for (let at = from; at < to; at++) {
      const op = opOf(what[at]!);
      if (op >= OP.fill) {
        this.#special(segment, at, op);
        continue;
      }
      plain++;
      calls[op] = calls[op]! + 1;
      const code = codeOf(what[at]!);
      if (code !== 0) this.#fail(op, code);
      else if (op === OP.getsockname || op === OP.close) {
        holdings.observe(op, address[at]!, port[at]!, 0, 0);
        if (op === OP.getsockname) this.#rise();
      }
    }
    this.#figures[FIGURE.calls] = this.calls + plain;
    this.seq += to - from;
  }

  /** A row that stands for many calls, or for none of a socket. */
  #special({ what, address, port, value }: Segment, at: number, op: number): void {
    const figures = this.#figures;
    const code = codeOf(what[at]!);
    const stands = callsInRow(op, value[at]!);
    figures[FIGURE.calls] = this.calls + stands;
    this.#calls[op] = this.#calls[op]! + stands;
    if (code !== 0) this.#fail(op, code);
    else {
      this.holdings.observe(op, address[at]!, port[at]!, 0, value[at]!);
      if (op === OP.fill) this.#rise();
    }
    if (op === OP.mark) this.#mark(value[at]!, armOf(what[at]!));
    else if (op === OP.canary) {
      figures[FIGURE.canaryTries] = figures[FIGURE.canaryTries]! + 1;
      if (code !== 0) figures[FIGURE.canaryFailed] = figures[FIGURE.canaryFailed]! + 1;
    }
  }

  #rise(): void {
    const { crest, holdings } = this;
    if (holdings.held > crest.held) crest.held = holdings.held;
    if (holdings.union > crest.union) crest.union = holdings.union;
  }

  #fail(op: number, code: number): void {
    if (!isFailedCall(op, code)) return;
    this.#figures[FIGURE.failed] = this.failed + 1;
    this.#calls[OPS + op] = this.#calls[OPS + op]! + 1;
  }

  #mark(mark: number, arm: number): void {
    if (mark === MARK.armBegin) {
      this.#figures[FIGURE.arm] = arm;
      this.holdings.reset();
    } else if (mark === MARK.windowOpen) this.#figures[FIGURE.window] = 1;
    else if (mark === MARK.windowClose) this.#figures[FIGURE.window] = 0;
  }

  /** Bytes a save would take now. */
  get saveBytes(): number {
    return this.holdings.saveBytes + 8 * (FIGURES + 2 * OPS);
  }

  save(): StateSave {
    const holdings = this.holdings.save();
    const figures = this.#figures.slice();
    const calls = this.#calls.slice();
    const bytes = holdings.bytes + figures.byteLength + calls.byteLength;
    return { seq: this.seq, holdings, figures, calls, bytes };
  }

  /** Goes back, or on, to a state that was saved of the same run. */
  restore(save: StateSave): void {
    this.seq = save.seq;
    this.#figures.set(save.figures);
    this.#calls.set(save.calls);
    this.holdings.restore(save.holdings);
  }
}
