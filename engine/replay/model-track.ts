import { EventBatch } from '../event/event-batch.ts';
import type { EventSink } from '../event/event-sink.ts';
import type { Divergence, KindCount } from '../lockstep/divergence.ts';
import { Lockstep } from '../lockstep/lockstep.ts';
import type { ModelBeside } from '../lockstep/profile-beside.ts';
import { Shadow } from '../lockstep/shadow.ts';
import { Replay } from './replay.ts';

/** Differences kept one by one: more than a timeline has pixels, and a list can be read. */
export const MOST_DIFFERENCES = 10_000;

export interface ModelTrackOptions extends ModelBeside {
  /** The run's address table: `texts[0]` is ''. */
  readonly texts: readonly string[];
  /** The run was made on real sockets, Wine's too. */
  readonly real: boolean;
  /** @param address of the run's table */
  isWildcard(address: number): boolean;
  /** Calls the model makes at most; the rest of the run has no second track. */
  readonly mostCalls: number;
}

/**
 * The second track of a replay: the recorded calls made on a model, twice. Once in step with the host,
 * told which numbers it picked, so that each difference is one (`differences`); and once left to itself, so
 * that its own run can be replayed beside (`replay`). Feed the batches in order; they stay the caller's.
 */
export class ModelTrack {
  /** The model's own run. */
  readonly replay: Replay;
  readonly #lockstep: Lockstep;
  readonly #shadow: Shadow;
  /** The batch the shadow fills. */
  readonly #batch = new EventBatch();
  #arm = 0;
  /** By recorded row, how many rows the model has then; grows by doubling. */
  #until = new Uint32Array(1_024);
  #rows = 0;
  #stopped: string | null = null;
  readonly #sink: EventSink = {
    emit: (op, t, dur, socket, address, port, code, value) => {
      if (this.#batch.length === this.#batch.capacity) this.#flush();
      const batch = this.#batch;
      const at = batch.length++;
      batch.op[at] = op;
      batch.t[at] = t;
      batch.dur[at] = dur;
      batch.socket[at] = socket;
      batch.address[at] = address;
      batch.port[at] = port;
      batch.code[at] = code;
      batch.value[at] = value;
      batch.arm[at] = this.#arm;
    },
  };

  /** @throws RangeError for text in `addresses` that is no address */
  constructor(options: ModelTrackOptions) {
    const { profile, addresses, texts, real, mostCalls, ownPicks } = options;
    this.replay = new Replay((address) => options.isWildcard(address));
    this.#lockstep = new Lockstep({
      profile,
      addresses,
      texts,
      real,
      mostCalls,
      mostListed: MOST_DIFFERENCES,
    });
    this.#shadow = new Shadow({ profile, addresses, texts, sink: this.#sink, ownPicks });
  }

  /** Recorded rows the track covers so far. */
  get rows(): number {
    return this.#rows;
  }

  /** Why it covers no more; null while it may. */
  get stopped(): string | null {
    return this.#stopped;
  }

  add(batch: EventBatch): void {
    if (this.#stopped !== null) return;
    this.#lockstep.add(batch);
    for (let row = 0; row < batch.length; row++) {
      this.#arm = batch.arm[row]!;
      if (!this.#shadow.take(batch, row)) {
        this.#stopped = 'the recording tells of ports there are none of';
        break;
      }
      this.#follow();
    }
    this.#flush();
    this.#stopped ??= this.#lockstep.soFar().stopped;
  }

  /** After the last batch: what is not told by now never will be. */
  end(): void {
    this.#lockstep.result();
  }

  /** The model's row that stands where a recorded one does: the last it had made by then; -1 for none. */
  rowAt(seq: number): number {
    if (seq < 0 || this.#rows === 0) return -1;
    return this.#until[Math.min(seq, this.#rows - 1)]! - 1;
  }

  /** The first row the model made of a recorded one; -1 where it made none of it. */
  rowOf(seq: number): number {
    const first = seq === 0 ? 0 : this.rowAt(seq - 1) + 1;
    return seq < this.#rows && first <= this.rowAt(seq) ? first : -1;
  }

  /** Steps at which host and model differ, in order; the first `MOST_DIFFERENCES` of them. */
  get differences(): readonly Divergence[] {
    // A number is judged when it is told, and noted where it was chosen: a little out of order.
    return this.#lockstep.soFar().listed.toSorted((a, b) => a.seq - b.seq);
  }

  get kinds(): readonly KindCount[] {
    return this.#lockstep.soFar().kinds;
  }

  #follow(): void {
    if (this.#rows === this.#until.length) {
      const larger = new Uint32Array(2 * this.#rows);
      larger.set(this.#until);
      this.#until = larger;
    }
    this.#until[this.#rows++] = this.replay.rows + this.#batch.length;
  }

  #flush(): void {
    if (this.#batch.length === 0) return;
    this.replay.append(this.#batch);
    this.#batch.length = 0;
  }
}
