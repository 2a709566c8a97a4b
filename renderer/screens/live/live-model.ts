import { Holdings } from '#engine/analysis/holdings.ts';
import { timeUnit } from '#engine/chart/format.ts';
import { RunFold } from '#engine/analysis/run-fold.ts';
import type { EventBatch } from '#engine/event/event-batch.ts';
import { MARK } from '#engine/event/mark.ts';
import { OP, callsInRow } from '#engine/event/op.ts';
import { isWildcard } from '#engine/model/address.ts';
import type { PortRange } from '#engine/model/port-range.ts';
import { addressGroups, type AddressGroup } from '../../ports/address-groups.ts';
import { LiveHistory } from './live-history.ts';
import { ArmLine } from './arm-line.ts';
import type { LiveArm, LiveSnapshot } from './live-snapshot.ts';
import type { PortMapData } from '../../ports/port-map-data.ts';
import { portMapOf } from '../../ports/port-map-of.ts';

export interface LiveModelOptions {
  /** The run's addresses, in order. */
  readonly addresses: readonly string[];
  /** Durations are measured: of real sockets. A simulated call takes what it takes by convention. */
  readonly timed: boolean;
}

/** A run's events so far, folded row by row; what they amount to is a snapshot away. */
export class LiveModel {
  readonly groups: readonly AddressGroup[];
  readonly #timed: boolean;
  readonly #holdings = new Holdings((address) => isWildcard(this.#table[address] ?? ''));
  readonly #fold = new RunFold();
  readonly #history: LiveHistory;
  readonly #arms: ArmLine[] = [];
  readonly #table: string[] = [];
  /** By address id; the last group is for addresses that are not the run's. */
  readonly #groupOf: number[] = [];
  readonly #groupOfAddress: ReadonlyMap<string, number>;
  #arm: ArmLine | null = null;
  #rows = 0;
  #calls = 0;
  #t = 0;

  constructor({ addresses, timed }: LiveModelOptions) {
    this.groups = addressGroups(addresses);
    this.#timed = timed;
    this.#history = new LiveHistory(this.groups.length + 1);
    this.#groupOfAddress = new Map(
      this.groups.flatMap((group, at) => group.addresses.map((address) => [address, at] as const)),
    );
  }

  /** Entries of the run's address table that are new, in order. */
  addAddresses(addresses: readonly string[]): void {
    for (const address of addresses) {
      this.#table.push(address);
      this.#groupOf.push(this.#groupOfAddress.get(address) ?? this.groups.length);
    }
  }

  /** Folds a batch; the next one follows it in the recording. */
  add(batch: EventBatch): void {
    this.#fold.add(batch);
    const { t, dur, op, address, port, code, value, length } = batch;
    for (let row = 0; row < length; row++) {
      const what = op[row] ?? 0;
      const begun = t[row] ?? 0;
      if (what === OP.mark) {
        this.#mark(value[row] ?? 0, begun, batch.arm[row] ?? 0);
        this.#calls++;
        continue;
      }
      const took = dur[row] ?? 0;
      this.#t = Math.max(this.#t, begun + took);
      this.#calls += callsInRow(what, value[row] ?? 0);
      this.#observe(
        what,
        begun,
        took,
        address[row] ?? 0,
        port[row] ?? 0,
        code[row] ?? 0,
        value[row] ?? 0,
      );
    }
    this.#rows += length;
  }

  /** Which numbers of a range are held now; address by address where each has a band of its own. */
  portMap(range: PortRange): PortMapData {
    const alone = this.groups.every(({ addresses }) => addresses.length === 1);
    const bands = alone ? this.groups : [];
    return portMapOf(
      this.#holdings,
      range,
      bands.map(({ name }) => this.#table.indexOf(name)),
    );
  }

  snapshot(): LiveSnapshot {
    const series = new Map(
      this.#fold.series(this.#table).arms.map((arm) => [arm.index, arm] as const),
    );
    const bands = this.groups.length;
    const unit = timeUnit(this.#t);
    const arms = this.#arms.map((line): LiveArm => {
      const found = series.get(line.index);
      const current = line === this.#arm;
      return {
        index: line.index,
        begin: line.begin,
        peak: line.peak,
        phase: line.phase,
        end: line.end,
        bound: current ? this.#holdings.bound : line.bound,
        failedBinds: found?.failedBinds ?? 0,
        peakHeld: current ? this.#holdings.peakHeld : line.peakHeld,
        peakUnion: line.peakUnion,
        overlap: current ? this.#holdings.overlap : line.overlap,
        boundBy: line.boundBy.slice(0, bands),
        bindsPerSecond: found?.bindsPerSecond ?? null,
        latency: this.#timed ? (found?.latency ?? null) : null,
        firstError: found?.firstError ?? null,
      };
    });
    return {
      rows: this.#rows,
      calls: this.#calls,
      t: this.#t,
      held: this.#holdings.held,
      union: this.#holdings.union,
      bands: this.groups.map(({ name, short, addresses }) => ({
        name,
        short,
        addresses: addresses.length,
      })),
      heldBy: this.#history.now.slice(0, bands),
      heldElsewhere: this.#history.now[bands] ?? 0,
      arms,
      curves: this.#arms.map((line) => line.curve(this.#history, bands, this.#t, unit.ns)),
      unit: unit.name,
    };
  }

  #observe(
    op: number,
    t: number,
    took: number,
    address: number,
    port: number,
    code: number,
    value: number,
  ): void {
    const holdings = this.#holdings;
    const history = this.#history;
    const { bound, held } = holdings;
    holdings.observe(op, address, port, code, value);
    const taken = holdings.bound - bound;
    const freed = held + taken - holdings.held;
    if (taken > 0) {
      const group = this.#groupOf[address] ?? this.groups.length;
      history.add(group, t, took, taken, 1);
      this.#arm?.took(group, taken, holdings.union);
    } else if (freed > 0) {
      history.add(this.#groupOf[address] ?? this.groups.length, t, took, freed, -1);
    } else history.advance(t + took);
    if (this.#timed && op === OP.bind && code === 0) history.addLatency(t + took, took);
  }

  #mark(mark: number, t: number, index: number): void {
    this.#t = Math.max(this.#t, t);
    this.#history.advance(t);
    if (mark === MARK.armBegin) {
      this.#settle();
      // As whoever recorded them counted: nothing is held when an arm begins.
      this.#holdings.reset();
      this.#history.now.fill(0);
      this.#arm = new ArmLine(index, t, this.groups.length + 1);
      this.#arms.push(this.#arm);
    } else if (mark === MARK.armPeak) this.#arm?.peaked(t, this.#history.now);
    else if (mark === MARK.phase && this.#arm !== null) this.#arm.phase = t;
    else if (mark === MARK.armEnd && this.#arm !== null) {
      this.#arm.end = t;
      this.#settle();
    }
  }

  /** What holdings counted of the arm that is over. */
  #settle(): void {
    if (this.#arm === null) return;
    this.#arm.bound = this.#holdings.bound;
    this.#arm.peakHeld = this.#holdings.peakHeld;
    this.#arm.overlap = this.#holdings.overlap;
    this.#arm = null;
  }
}
