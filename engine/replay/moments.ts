import type { ClaimId } from '../claim/claims.ts';
import type { EventBatch } from '../event/event-batch.ts';
import { MARK } from '../event/mark.ts';
import { OP } from '../event/op.ts';
import { optionTag } from '../model/socket-option.ts';
import { isFailedCall } from './replay-state.ts';
import { RecentSockets, SOCKET } from './recent-sockets.ts';

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
  /** The first call of the arm that failed, and how; options refused count, too. */
  firstError: (Moment & { readonly op: number; readonly code: number }) | null;
}

/** While option-less sockets may find no port, by announcement. */
export interface WindowMoments {
  readonly open: Moment;
  close: Moment | null;
}

const PORT_SCALABILITY = optionTag('SO_PORT_SCALABILITY');
const REUSE_UNICASTPORT = optionTag('SO_REUSE_UNICASTPORT');

/** Arms and windows a hostile recording may have beyond what a run can: the first ones count. */
const MOST = 1_000;

/**
 * Where in a run things happen that somebody wants to go to: arms, errors, starvation, and the rows on
 * which a claim stands. Feed the batches in order; they stay the caller's.
 */
export class Moments {
  readonly arms: ArmMoments[] = [];
  readonly windows: WindowMoments[] = [];
  /** The first call of the run that failed. */
  firstError: Moment | null = null;
  /** A wildcard bind or a plain connect without the option found no port where the option's sockets hold some. */
  firstStarved: Moment | null = null;
  firstCanaryFailure: Moment | null = null;
  /** The first row that bears on a claim; for those that show in single rows. */
  readonly evidence = new Map<ClaimId, Moment>();
  readonly #isWildcard: (address: number) => boolean;
  readonly #sockets = new RecentSockets();
  #arm: ArmMoments | null = null;
  /** Sockets with the option were bound since the arm began. */
  #optionBound = false;
  #process = 0;
  #seq = -1;

  /** @param isWildcard whether an address id of the run is a wildcard address */
  constructor(isWildcard: (address: number) => boolean) {
    this.#isWildcard = isWildcard;
  }

  add(batch: EventBatch): void {
    const { op, code, length } = batch;
    for (let row = 0; row < length; row++) {
      this.#seq++;
      const what = op[row]!;
      const failed = code[row]! !== 0 && isFailedCall(what, code[row]!);
      if (failed) this.#fail(batch, row);
      switch (what) {
        case OP.socket:
          if (!failed) this.#sockets.add(batch.socket[row]!);
          break;
        case OP.setsockopt:
          this.#set(batch, row, failed);
          break;
        case OP.bind:
          this.#bind(batch, row, failed);
          break;
        case OP.connect:
          this.#connect(batch, row, failed);
          break;
        case OP.fill:
        case OP.getsockname:
          this.#held(batch, row, failed);
          break;
        case OP.reserve:
        case OP.associate:
          this.#show('own-pool', batch, row);
          break;
        case OP.process:
          this.#process = batch.value[row]!;
          break;
        case OP.mark:
          this.#mark(batch, row);
          break;
      }
    }
  }

  #fail(batch: EventBatch, row: number): void {
    const op = batch.op[row]!;
    const moment = this.#moment(batch, row);
    if (op === OP.canary) this.firstCanaryFailure ??= moment;
    this.firstError ??= moment;
    if (this.#arm !== null && this.#arm.index === batch.arm[row]) {
      this.#arm.firstError ??= { ...moment, op, code: batch.code[row]! };
    }
  }

  #set(batch: EventBatch, row: number, failed: boolean): void {
    const option = batch.port[row]!;
    if (batch.value[row] === 0) return;
    const mine = option === PORT_SCALABILITY ? SOCKET.option : SOCKET.unicast;
    if (option !== PORT_SCALABILITY && option !== REUSE_UNICASTPORT) return;
    const other = mine === SOCKET.option ? SOCKET.unicast : SOCKET.option;
    const socket = batch.socket[row]!;
    const known = this.#sockets.of(socket);
    if ((known & other) !== 0) this.#show('PS-9', batch, row);
    if (mine === SOCKET.option) {
      this.#show('platform', batch, row);
      if ((known & SOCKET.bound) !== 0) this.#show('PS-6', batch, row);
    }
    if (!failed && (known & SOCKET.bound) === 0) this.#sockets.mark(socket, mine);
  }

  #bind(batch: EventBatch, row: number, failed: boolean): void {
    const socket = batch.socket[row]!;
    const known = this.#sockets.of(socket);
    const withOption = (known & SOCKET.option) !== 0;
    const wildcardPort = batch.port[row] === 0;
    if (withOption && (!wildcardPort || this.#isWildcard(batch.address[row]!))) {
      this.#show('PS-7', batch, row);
    }
    if (!withOption && wildcardPort) {
      if (this.#optionBound) this.#show('PS-4', batch, row);
      if (failed && this.#optionBound) this.#starved(batch, row);
      else if (failed) this.#show('PS-1', batch, row);
    }
    if (!failed) this.#sockets.mark(socket, SOCKET.bound);
  }

  #connect(batch: EventBatch, row: number, failed: boolean): void {
    const known = this.#sockets.of(batch.socket[row]!);
    if ((known & SOCKET.unicast) !== 0) this.#show('prefer-unicast', batch, row);
    const plain = (known & (SOCKET.bound | SOCKET.option)) === 0;
    if (failed && plain && this.#optionBound) this.#starved(batch, row);
  }

  #held(batch: EventBatch, row: number, failed: boolean): void {
    if (failed || (this.#sockets.of(batch.socket[row]!) & SOCKET.option) === 0) return;
    this.#optionBound = true;
    if (this.#process !== 0) this.#show('PS-8', batch, row);
  }

  #starved(batch: EventBatch, row: number): void {
    this.firstStarved ??= this.#moment(batch, row);
    this.#show('PS-5', batch, row);
  }

  #mark(batch: EventBatch, row: number): void {
    const moment = this.#moment(batch, row);
    switch (batch.value[row]) {
      case MARK.armBegin:
        this.#optionBound = false;
        this.#arm = newArm(batch.arm[row]!, moment);
        if (this.arms.length < MOST) this.arms.push(this.#arm);
        break;
      case MARK.armPeak:
        if (this.#arm !== null) this.#arm.peak ??= moment;
        break;
      case MARK.phase:
        if (this.#arm !== null) this.#arm.phase ??= moment;
        break;
      case MARK.armEnd:
        if (this.#arm !== null) this.#arm.end ??= moment;
        break;
      case MARK.windowOpen:
        if (this.windows.length < MOST) this.windows.push({ open: moment, close: null });
        break;
      case MARK.windowClose: {
        const last = this.windows.at(-1);
        if (last !== undefined) last.close ??= moment;
        break;
      }
    }
  }

  #show(claim: ClaimId, batch: EventBatch, row: number): void {
    if (!this.evidence.has(claim)) this.evidence.set(claim, this.#moment(batch, row));
  }

  #moment(batch: EventBatch, row: number): Moment {
    return { seq: this.#seq, t: batch.t[row]! };
  }
}

function newArm(index: number, begin: Moment): ArmMoments {
  return { index, begin, peak: null, phase: null, end: null, firstError: null };
}
