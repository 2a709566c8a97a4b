import type { EventBatch } from '#engine/event/event-batch.ts';
import { ObservedSpan } from '#engine/lockstep/observed-span.ts';
import { isWildcard } from '#engine/model/address.ts';
import { poolOf } from '#engine/model/protocol.ts';
import type { ClaimId } from '#engine/claim/claims.ts';
import { codeOf, opOf } from '#engine/replay/event-store.ts';
import { evidenceOf } from '#engine/replay/evidence.ts';
import { Moments } from '#engine/replay/moments.ts';
import { Replay } from '#engine/replay/replay.ts';
import { isFailedCall } from '#engine/replay/replay-state.ts';
import { bindsOver, lastSecond } from '#engine/replay/statistics.ts';
import type { EventRow } from '../../events/event-row.ts';
import { mapPictures } from '../../ports/map-rows.ts';
import { portMapOf } from '../../ports/port-map-of.ts';
import { UsableNumbers } from '#engine/analysis/usable-numbers.ts';
import type { RunFacts } from './run-facts.ts';
import {
  AROUND,
  firstAround,
  type ClaimMoment,
  type Instant,
  type RecordedOverview,
  type ReplayFrame,
} from './replay-frame.ts';

/** Buckets of binds over the run: a chart has few more pixels for them. */
const BIND_BUCKETS = 400;

/** A recorded run as the screen asks of it: its instants, its whole, and where to go in it. */
export class RecordedTrack {
  readonly #table: string[] = [];
  readonly #replay = new Replay((address) => this.#isWildcard(address));
  readonly #moments = new Moments((address) => this.#isWildcard(address));
  #facts: RunFacts | null = null;
  #usable: UsableNumbers | null = null;
  /** Null once it is known that nobody needs it. */
  #span: ObservedSpan | null = new ObservedSpan();
  /** Of as many rows as were there when they were last counted. */
  #binds: { readonly rows: number; readonly buckets: RecordedOverview['binds'] } = {
    rows: 0,
    buckets: null,
  };

  get rows(): number {
    return this.#replay.rows;
  }

  /** What the run's document says: may come before or after the first events. */
  setFacts(facts: RunFacts): void {
    this.#facts = facts;
    const { pool } = facts;
    this.#usable = pool === null ? null : new UsableNumbers(pool.range, pool.excluded);
    if (pool !== null) this.#span = null;
  }

  /** Entries of the run's address table that are new, in order. */
  addAddresses(addresses: readonly string[]): void {
    this.#table.push(...addresses);
  }

  /** The next events. The batch stays the caller's. */
  add(batch: EventBatch): void {
    this.#replay.append(batch);
    this.#moments.add(batch);
    this.#span?.add(batch);
  }

  /** The run at an instant, or at the last one read where that lies beyond. */
  frame(at: Instant, withMap: boolean): ReplayFrame {
    const { events } = this.#replay;
    const wanted = 'seq' in at ? at.seq : events.seqAt(at.t);
    const seq = Math.max(-1, Math.min(wanted, this.rows - 1));
    const state = this.#replay.seek(seq);
    const { holdings } = state;
    const row = events.row(seq) ?? null;
    const timed = this.#facts?.timed === true;
    const second = timed ? lastSecond(events, seq) : null;
    return {
      seq,
      t: 'seq' in at ? (row?.t ?? 0) : Math.max(0, Math.min(at.t, events.end)),
      held: holdings.held,
      shared: holdings.shared,
      free: this.#usable?.free(holdings) ?? null,
      failed: state.failed,
      calls: state.calls,
      arm: state.arm,
      window: state.window,
      canary: state.canary,
      bindsPerSecond: second?.bindsPerSecond ?? null,
      bindP95: second?.latency?.p95 ?? null,
      row,
      holders: row === null || row.port === 0 ? 0 : holdings.holdersOf(row.port),
      around: this.#around(seq),
      map: withMap ? this.#map(holdings) : null,
    };
  }

  /** The next failed call after an event, or the last before it; -1 where there is none. */
  errorFrom(seq: number, step: 1 | -1): number {
    const { events } = this.#replay;
    return events.find(seq + step, step, (what) => isFailedCall(opOf(what), codeOf(what)));
  }

  /** Where the claims can be seen, in the recording so far. */
  evidence(claims: readonly string[]): ClaimMoment[] {
    const arms = this.#facts?.arms ?? [];
    return claims.map((claim) => ({
      claim,
      // An id of a later lab has no evidence here: evidenceOf answers null.
      moment: evidenceOf(claim as ClaimId, arms, this.#moments, this.#replay),
    }));
  }

  overview(complete: boolean): RecordedOverview {
    const { events, timeline } = this.#replay;
    const { arms, windows, firstError, firstStarved, firstCanaryFailure } = this.#moments;
    this.#countBinds(complete);
    return {
      rows: this.rows,
      end: events.end,
      held: timeline.points(),
      arms,
      windows,
      firstError,
      firstStarved,
      firstCanaryFailure,
      span: this.#observed(),
      binds: this.#binds.buckets,
      complete,
    };
  }

  /** Anew when twice as much was read: it goes through everything. */
  #countBinds(complete: boolean): void {
    const due = complete ? this.rows > this.#binds.rows : this.rows >= 2 * this.#binds.rows;
    if (this.#facts?.timed !== true || !due || this.rows === 0) return;
    const { events } = this.#replay;
    const buckets = bindsOver(events, { from: 0, to: events.end, buckets: BIND_BUCKETS });
    this.#binds = { rows: this.rows, buckets };
  }

  #observed(): RecordedOverview['span'] {
    const facts = this.#facts;
    if (facts === null || this.#span === null) return null;
    // Below Wine all pools have one range.
    if (facts.wine) return this.#span.hull();
    return this.#span.ranges()[poolOf(facts.protocol, facts.family)] ?? null;
  }

  #map(holdings: Parameters<typeof portMapOf>[0]): ReplayFrame['map'] {
    const range = this.#facts?.pool?.range ?? this.#observed();
    if (range === null || this.#facts === null) return null;
    const ids = this.#facts.bands.map((address) => this.#table.indexOf(address));
    const map = portMapOf(holdings, range, ids);
    return { ...map, pictures: mapPictures(map, this.#facts.addresses) };
  }

  #around(seq: number): EventRow[] {
    const rows: EventRow[] = [];
    const first = firstAround(seq, this.rows);
    for (let at = first; at < Math.min(first + 2 * AROUND + 1, this.rows); at++) {
      const row = this.#replay.events.row(at);
      if (row !== undefined) rows.push(row);
    }
    return rows;
  }

  #isWildcard(address: number): boolean {
    return isWildcard(this.#table[address] ?? '');
  }
}
