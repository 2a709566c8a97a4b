import type { ModelFrame } from './model-frame.ts';
import type { Instant, ReplayFrame } from './replay-frame.ts';

/** The two workers, and who draws. */
export interface PipeEnds {
  ask(at: Instant): void;
  askModel(of: ReplayFrame): void;
  draw(told: { readonly frame?: ReplayFrame; readonly modelFrame?: ModelFrame | null }): void;
  /** Something waits to be sent with the next animation frame. */
  due(): void;
}

/**
 * Instants on their way: one is worked out at a time, and of all that are asked for meanwhile only the
 * newest counts. So a screen never lags behind its playhead.
 */
export class InstantPipe {
  readonly #ends: PipeEnds;
  /** Asked for, and not sent yet. */
  #wanted: Instant | null;
  /** Sent, and not answered yet. */
  #asked: Instant | null = null;
  /** Answered, and drawn when the model has told of it, too. */
  #next: ReplayFrame | null = null;
  #modelAsked = false;
  #modelStale = false;

  /** @param first the instant to begin at */
  constructor(first: Instant, ends: PipeEnds) {
    this.#wanted = first;
    this.#ends = ends;
  }

  /** Nothing is on its way any more. @param at what to ask for again, unless something is asked for already */
  reset(at: Instant | null): void {
    this.#wanted ??= at;
    this.#asked = null;
    this.#next = null;
    this.#modelAsked = false;
    this.#modelStale = false;
  }

  /** The newest instant that is not drawn yet; null where all are. Of an answered one both are known. */
  get coming(): Instant | ReplayFrame | null {
    return this.#wanted ?? this.#asked ?? this.#next;
  }

  /** The newest instant of all, which is drawn or about to be; null while a newer one is not answered. */
  latest(drawn: ReplayFrame | null): ReplayFrame | null {
    return this.#wanted === null && this.#asked === null ? (this.#next ?? drawn) : null;
  }

  get isWaiting(): boolean {
    return this.#wanted !== null;
  }

  want(at: Instant): void {
    this.#wanted = at;
    this.#ends.due();
  }

  /** What was not sent yet is not wanted any more. */
  forget(): void {
    this.#wanted = null;
  }

  /** Sends the newest, unless one is being worked out. */
  send(): void {
    const wanted = this.#wanted;
    if (wanted === null || this.#asked !== null) return;
    this.#wanted = null;
    this.#asked = wanted;
    this.#ends.ask(wanted);
  }

  /** @param withModel both tracks are to be drawn at once */
  answered(frame: ReplayFrame, withModel: boolean): void {
    this.#asked = null;
    // Where the one before waits still the model can't keep up, and is not waited for.
    if (withModel && this.#next === null) this.#next = frame;
    else {
      this.#next = null;
      this.#ends.draw({ frame });
    }
    this.askModel(frame);
    if (this.#wanted !== null) this.#ends.due();
  }

  askModel(of: ReplayFrame): void {
    this.#modelStale = this.#modelAsked;
    if (this.#modelAsked) return;
    this.#modelAsked = true;
    this.#ends.askModel(of);
  }

  /** @param drawn the instant that is drawn now */
  modelAnswered(modelFrame: ModelFrame | null, drawn: ReplayFrame | null): void {
    this.#modelAsked = false;
    const next = this.#next;
    this.#next = null;
    this.#ends.draw(next === null ? { modelFrame } : { frame: next, modelFrame });
    const latest = next ?? drawn;
    if (this.#modelStale && latest !== null) this.askModel(latest);
  }
}
