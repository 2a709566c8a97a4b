import type { EventBatch } from '../event/event-batch.ts';
import { OP } from '../event/op.ts';
import { MAX_PORT } from '../model/port-range.ts';
import type { ResolvedProfile } from '../profile/resolved-profile.ts';
import { MOST_PROCESSES } from '../stack/socket-stack.ts';
import { BindCalls } from './bind-calls.ts';
import { ConnectCalls } from './connect-calls.ts';
import { type Divergence, DivergenceLog, type KindCount } from './divergence.ts';
import { NumberReasons } from './number-reasons.ts';
import { OtherCalls } from './other-calls.ts';
import { newRow, type Row } from './row.ts';
import { ToldNumbers } from './told-numbers.ts';
import { Track } from './track.ts';
import { Twin } from './twin.ts';

/** Divergences listed one by one, unless more are asked for. */
export const MOST_LISTED = 200;

export interface LockstepOptions {
  /** The host the model poses as: rules, ranges, exclusions. Its churn is left out: nobody recorded it. */
  readonly profile: ResolvedProfile;
  /** The host's addresses at the beginning; all loopback ones besides. */
  readonly addresses: readonly string[];
  /** The run's address table: `texts[0]` is ''. */
  readonly texts: readonly string[];
  /** The run was made on real sockets, Wine's too. */
  readonly real: boolean;
  /** Calls compared at most; the rest of the run is left out. */
  readonly mostCalls?: number;
  /** Divergences listed one by one at most; `MOST_LISTED` where left out. */
  readonly mostListed?: number;
}

export interface LockstepResult {
  /** Calls made on both, a fill's sockets one by one. */
  readonly compared: number;
  /** Why the end of the run was left out; null where it was not. */
  readonly stopped: string | null;
  readonly kinds: readonly KindCount[];
  /** The first ones. */
  readonly listed: readonly Divergence[];
}

/**
 * A recorded run, made again on a model call by call. Which number the host picked is told to the
 * model and judged by its rules, and both go on from there: a difference at one step is one
 * difference, not the first of many. Feed the batches in order; they stay the caller's.
 */
export class Lockstep {
  readonly #track: Track;
  readonly #log: DivergenceLog;
  readonly #told: ToldNumbers;
  readonly #binds: BindCalls;
  readonly #connects: ConnectCalls;
  readonly #others: OtherCalls;
  readonly #row = newRow();
  readonly #mostCalls: number;
  #compared = 0;
  #stopped: string | null = null;
  /** Who makes the calls, and what fills make, as the last such rows said. */
  #process = 0;
  #fillOf = 0;

  /** @throws RangeError for text in `addresses` that is no address */
  constructor(options: LockstepOptions) {
    const { profile, addresses, texts, real, mostCalls = Infinity } = options;
    this.#log = new DivergenceLog(options.mostListed ?? MOST_LISTED);
    const twin = new Twin(profile, addresses, texts);
    this.#track = new Track(twin, this.#log, new NumberReasons(twin), { real, texts });
    this.#told = new ToldNumbers(this.#track);
    this.#binds = new BindCalls(this.#track, this.#told);
    this.#connects = new ConnectCalls(this.#track, this.#told);
    this.#others = new OtherCalls(this.#track);
    this.#mostCalls = mostCalls;
  }

  /** Whether further batches would change anything. */
  get ended(): boolean {
    return this.#stopped !== null;
  }

  add(batch: EventBatch): void {
    const row = this.#row;
    for (let at = 0; at < batch.length && this.#stopped === null; at++) {
      row.seq++;
      row.t = batch.t[at] ?? 0;
      row.arm = batch.arm[at] ?? 0;
      row.op = batch.op[at] ?? 0;
      row.socket = batch.socket[at] ?? 0;
      row.address = batch.address[at] ?? 0;
      row.port = batch.port[at] ?? 0;
      row.code = batch.code[at] ?? 0;
      row.value = batch.value[at] ?? 0;
      this.#track.twin.advanceTo(row.t);
      this.#take(row);
      if (this.#compared >= this.#mostCalls) {
        this.#stopped = `only the first ${this.#mostCalls} calls were compared`;
      }
    }
  }

  /** To be asked after the last row. */
  result(): LockstepResult {
    this.#told.end();
    return this.soFar();
  }

  /** While rows are still to come: numbers not told yet may be. */
  soFar(): LockstepResult {
    return {
      compared: this.#compared,
      stopped: this.#stopped,
      kinds: this.#log.kinds(),
      listed: this.#log.listed,
    };
  }

  #take(row: Row): void {
    const { twin } = this.#track;
    switch (row.op) {
      case OP.process:
        this.#process = row.value % MOST_PROCESSES;
        return;
      case OP.fillOf:
        this.#fillOf = row.value;
        return;
      case OP.addressAdd:
      case OP.addressRemove:
        return this.#changeAddress(row);
      case OP.fill:
      case OP.release:
        return this.#takeRun(row);
      // What the calls of a process that ends come to is told by the rows that follow.
      case OP.exit:
      case OP.wait:
      case OP.mark:
        return;
      case OP.socket:
        // A system out of handles or memory is no matter of ports.
        if (row.code === 0)
          twin.name(row.socket, twin.sockets.create(row.value & 3, this.#process));
        break;
      case OP.setsockopt:
        this.#others.set(row);
        break;
      case OP.getsockopt:
        this.#others.get(row);
        break;
      case OP.bind:
        this.#binds.bind(row);
        break;
      case OP.getsockname:
        this.#told.name(row);
        break;
      case OP.listen:
        this.#connects.listen(row);
        break;
      case OP.connect:
        this.#connects.connect(row);
        break;
      case OP.accept:
        this.#connects.accept(row);
        break;
      case OP.close:
        this.#connects.close(row);
        break;
      case OP.reserve:
        this.#others.reserve(row);
        break;
      case OP.associate:
        this.#others.associate(row);
        break;
      default:
        return;
    }
    this.#compared++;
  }

  /** A row that stands for many sockets of consecutive ports. */
  #takeRun(row: Row): void {
    if (row.port + row.value > MAX_PORT + 1) {
      this.#stopped = `row ${row.seq} tells of ports beyond ${MAX_PORT}`;
      return;
    }
    if (row.op === OP.fill) this.#binds.fill(row, this.#fillOf, this.#process);
    else {
      for (let i = 0; i < row.value; i++) this.#connects.end(row.socket + i, 'local');
    }
    this.#compared += row.value;
  }

  /** The recording does not say on which adapter an address comes: where the profile says, or on the default one. */
  #changeAddress({ address }: Row): void {
    const { twin } = this.#track;
    const id = twin.address(address);
    if (id === 0) return;
    if (this.#row.op === OP.addressAdd) twin.addAddress(id);
    else twin.removeAddress(id);
  }
}
