import { Silence } from './silence.ts';
import { StarvationWindow } from './starvation-window.ts';

/** The lab's heartbeat comes twice a second; a lab that misses ten has hung. */
export const BEAT_MS = 500;
export const SILENCE_MS = 5_000;
/** Time for the lab to release everything once it was warned. */
export const RELEASE_MS = 2_000;

/** What the guard has to do now. */
export type Duty =
  | { readonly do: 'nothing' }
  /** Give the host the ballast's ports at once, and tell the lab to end. */
  | { readonly do: 'warn' }
  /** Kill the probes, and the lab where it is still there; then go. */
  | { readonly do: 'end'; readonly killLab: boolean };

const NOTHING: Duty = { do: 'nothing' };

/** Decides for the guard. All times in ms of one clock that never goes back. */
export class GuardDuty {
  readonly #silence: Silence;
  readonly #window = new StarvationWindow();
  #warnedAt: number | null = null;

  constructor(nowMs: number) {
    this.#silence = new Silence(SILENCE_MS, nowMs);
  }

  /** The lab has sent something. */
  heard(): void {
    this.#silence.heard();
  }

  /** The lab begins, or has ended, to starve option-less sockets. */
  setWindow(open: boolean, nowMs: number): void {
    this.#window.set(open, nowMs);
  }

  /** Whether what failed in an attempt that began then and has just ended is the lab's own measurement. */
  isMeant(beganMs: number): boolean {
    return this.#window.covers(beganMs);
  }

  /** The canary has failed outside every window. */
  starved(nowMs: number): Duty {
    if (this.#warnedAt !== null) return NOTHING;
    this.#warnedAt = nowMs;
    return { do: 'warn' };
  }

  /** Time has passed. Call it several times a second. */
  tick(nowMs: number): Duty {
    const hangs = this.#silence.look(nowMs);
    const late = this.#warnedAt !== null && nowMs - this.#warnedAt >= RELEASE_MS;
    return hangs || late ? { do: 'end', killLab: true } : NOTHING;
  }

  /** The channel has closed without a word: the lab is dead, its number perhaps somebody else's by now. */
  labGone(): Duty {
    return { do: 'end', killLab: false };
  }
}
