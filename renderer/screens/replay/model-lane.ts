import type { EventBatch } from '#engine/event/event-batch.ts';
import type { Divergence } from '#engine/lockstep/divergence.ts';
import { modelBeside, type ModelBeside, type ModelWish } from '#engine/lockstep/profile-beside.ts';
import type { ObservedSpan } from '#engine/lockstep/observed-span.ts';
import { isWildcard } from '#engine/model/address.ts';
import { ModelTrack } from '#engine/replay/model-track.ts';
import type { RunHead } from '#engine/run/run-document.ts';
import type { DifferencePlaces, ModelAnswer, ModelFrame, ModelOverview } from './model-frame.ts';
import { UsableNumbers } from '#engine/analysis/usable-numbers.ts';
import type { RunFacts } from './run-facts.ts';

/** What the model makes at most: a second or two of work a million calls, and memory of as many rows. */
export const MOST_CALLS = 5_000_000;

export interface ModelLaneOptions {
  readonly run: Pick<RunHead, 'stack' | 'host' | 'profile' | 'addresses'>;
  readonly facts: RunFacts;
  /** The run's address table. */
  readonly texts: readonly string[];
  readonly observed: ObservedSpan;
  /** Told with everything it says. */
  readonly id: number;
  readonly wish: ModelWish;
}

/** A recorded run on a model by rules of one's choice, as the screen asks of it. */
export class ModelLane {
  readonly #id: number;
  readonly #beside: ModelBeside;
  readonly #track: ModelTrack;
  readonly #usable: UsableNumbers | null;
  readonly #kindAt = new Map<string, number>();
  #end = 0;
  #ended = false;
  #differences: readonly Divergence[] = [];
  /** Recorded events the differences were last asked at. */
  #knownAt = -1;

  /** @throws LabError where there is no such model */
  constructor({ run, facts, texts, observed, id, wish }: ModelLaneOptions) {
    this.#id = id;
    this.#beside = modelBeside(run, wish, observed);
    this.#track = new ModelTrack({
      ...this.#beside,
      texts,
      real: run.stack === 'winsock',
      isWildcard: (address) => isWildcard(texts[address] ?? ''),
      mostCalls: MOST_CALLS,
    });
    // Where the host told no range, none is counted for it on the model either.
    const { pool } = facts;
    this.#usable = pool === null ? null : new UsableNumbers(pool.range, pool.excluded);
  }

  get stopped(): boolean {
    return this.#track.stopped !== null;
  }

  /** The next recorded events. */
  add(batch: EventBatch): void {
    this.#track.add(batch);
    for (let row = 0; row < batch.length; row++) {
      this.#end = Math.max(this.#end, batch.t[row]! + batch.dur[row]!);
    }
  }

  /** There are no more. */
  end(): void {
    this.#track.end();
    this.#ended = true;
    this.#knownAt = -1;
  }

  /** @param from and @param to of the recorded events whose answers are wanted */
  frame(seq: number, from: number, to: number): ModelFrame {
    const track = this.#track;
    const state = track.replay.seek(track.rowAt(seq));
    const { holdings } = state;
    this.#ask();
    const before = this.#placeAfter(seq);
    return {
      seq,
      covered: seq < track.rows,
      held: holdings.held,
      shared: holdings.shared,
      free: this.#usable?.free(holdings) ?? null,
      failed: state.failed,
      answers: this.#answers(Math.max(0, from), to),
      difference: this.#differences[before - 1] ?? null,
      before: Math.max(0, before - 1),
    };
  }

  overview(): ModelOverview {
    const { profile, rangesGuessed } = this.#beside;
    const { replay, rows, stopped, kinds } = this.#track;
    this.#ask();
    kinds.forEach(({ kind }, at) => this.#kindAt.set(kind, at));
    return {
      id: this.#id,
      profile: profile.name,
      assumptions: profile.assumptions,
      rangesGuessed,
      rows,
      end: this.#end,
      held: replay.timeline.points(),
      places: this.#places(),
      kinds,
      stopped,
      complete: this.#ended || stopped !== null,
    };
  }

  #answers(from: number, to: number): ModelAnswer[] {
    return Array.from({ length: Math.max(0, to - from) }, (_, at) => this.#answer(from + at));
  }

  #answer(seq: number): ModelAnswer {
    const row = this.#track.replay.events.row(this.#track.rowOf(seq));
    const at = this.#placeAfter(seq) - 1;
    const last = this.#differences[at];
    return {
      seq,
      call: row === undefined ? null : { code: row.code, port: row.port, value: row.value },
      covered: seq < this.#track.rows,
      difference: last?.seq === seq ? last : null,
    };
  }

  #places(): DifferencePlaces {
    const all = this.#differences;
    return {
      seq: Float64Array.from(all, ({ seq }) => seq),
      t: Float64Array.from(all, ({ t }) => t),
      kind: Uint16Array.from(all, ({ kind }) => this.#kindAt.get(kind) ?? 0),
    };
  }

  /** The list is sorted each time it is asked for: once a batch is enough. */
  #ask(): void {
    if (this.#knownAt === this.#track.rows) return;
    this.#knownAt = this.#track.rows;
    this.#differences = this.#track.differences;
  }

  /** How many differences there are up to an event, with it. */
  #placeAfter(seq: number): number {
    let low = 0;
    let high = this.#differences.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#differences[middle]!.seq <= seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
