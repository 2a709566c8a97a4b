import type { ClaimId } from '../claim/claims.ts';
import type { EventBatch } from '../event/event-batch.ts';
import { MARK } from '../event/mark.ts';
import { OP } from '../event/op.ts';
import { ClaimRows } from './claim-rows.ts';
import { isFailedCall } from './replay-state.ts';

/** A row of a run worth going to. */
export interface Moment {
  readonly seq: number;
  /** ns */
  readonly t: number;
}

export interface ArmMoments {
  /** As its rows carry it, 1 and up. */
  readonly index: number;
  readonly begin: Moment;
  peak: Moment | null;
  phase: Moment | null;
  end: Moment | null;
  /** The first call of the arm that failed, and how; options refused count, the canary's calls don't. */
  firstError: (Moment & { readonly op: number; readonly code: number }) | null;
}

/** While option-less sockets may find no port, by announcement. */
export interface WindowMoments {
  readonly open: Moment;
  close: Moment | null;
}

/** Arms and windows a hostile recording may have beyond what a run can: the first ones count. */
const MOST = 1_000;

/**
 * Where in a run things happen that somebody wants to go to: arms, errors, starvation, and the rows on
 * which a claim stands. Feed the batches in order; they stay the caller's.
 */
export class Moments {
  readonly arms: ArmMoments[] = [];
  readonly windows: WindowMoments[] = [];
  /** The first call of the run that failed; the canary's are another process's. */
  firstError: Moment | null = null;
  firstCanaryFailure: Moment | null = null;
  /** The first row that bears on a claim; for those that show in single rows. */
  readonly evidence = new Map<ClaimId, Moment>();
  readonly #claims: ClaimRows;
  #arm: ArmMoments | null = null;
  /** The row at hand. */
  #seq = -1;
  #t = 0;

  /** @param isWildcard whether an address id of the run is a wildcard address */
  constructor(isWildcard: (address: number) => boolean) {
    this.#claims = new ClaimRows(isWildcard, (claim) => {
      if (!this.evidence.has(claim)) this.evidence.set(claim, this.#moment());
    });
  }

  /**
   * A wildcard bind or a plain connect without the option found no port, after sockets had got theirs
   * through the option in the same arm.
   */
  get firstStarved(): Moment | null {
    return this.evidence.get('PS-5') ?? null;
  }

  add(batch: EventBatch): void {
    for (let row = 0; row < batch.length; row++) {
      const op = batch.op[row]!;
      const code = batch.code[row]!;
      const failed = isFailedCall(op, code);
      this.#seq++;
      this.#t = batch.t[row]!;
      if (failed) this.#fail(op, code, batch.arm[row]!);
      if (op === OP.mark) this.#mark(batch.value[row]!, batch.arm[row]!);
      else this.#claims.take(batch, row, failed);
    }
  }

  #fail(op: number, code: number, arm: number): void {
    const now = this.#moment();
    if (op === OP.canary) {
      this.firstCanaryFailure ??= now;
      return;
    }
    this.firstError ??= now;
    if (this.#arm?.index === arm) this.#arm.firstError ??= { ...now, op, code };
  }

  #moment(): Moment {
    return { seq: this.#seq, t: this.#t };
  }

  #mark(mark: number, arm: number): void {
    const now = this.#moment();
    const open = this.#arm;
    switch (mark) {
      case MARK.armBegin:
        this.#claims.beginArm();
        this.#arm = newArm(arm, now);
        if (this.arms.length < MOST) this.arms.push(this.#arm);
        break;
      case MARK.armPeak:
        if (open !== null) open.peak ??= now;
        break;
      case MARK.phase:
        if (open !== null) open.phase ??= now;
        break;
      case MARK.armEnd:
        if (open !== null) open.end ??= now;
        break;
      case MARK.windowOpen:
        if (this.windows.length < MOST) this.windows.push({ open: now, close: null });
        break;
      case MARK.windowClose: {
        const last = this.windows.at(-1);
        if (last !== undefined) last.close ??= now;
        break;
      }
    }
  }
}

function newArm(index: number, begin: Moment): ArmMoments {
  return { index, begin, peak: null, phase: null, end: null, firstError: null };
}
