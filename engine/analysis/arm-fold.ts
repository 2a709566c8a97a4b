import type { EventBatch } from '../event/event-batch.ts';
import { MARK } from '../event/mark.ts';
import { OP, opName } from '../event/op.ts';
import { WSA } from '../model/winsock-error.ts';
import { IdSet } from './id-set.ts';
import { LatencyHistogram } from './latency-histogram.ts';
import { LevelLatency } from './level-latency.ts';
import type { ArmSeries, BindPoint, SeriesError } from './run-series.ts';
import { TimeCounts } from './time-counts.ts';

/** Calls whose failure means: no port, or no socket, was to be had. */
const ERROR_OPS: ReadonlySet<number> = new Set([
  OP.socket,
  OP.bind,
  OP.getsockname,
  OP.listen,
  OP.connect,
]);

interface AddressCount {
  bound: number;
  held: number;
  peakHeld: number;
}

/** Folds the rows of one arm, in order. Its memory depends on the addresses, never on the rows. */
export class ArmFold {
  readonly #index: number;
  readonly #binds: TimeCounts;
  readonly #latency = new LatencyHistogram();
  readonly #byLevel = new LevelLatency();
  readonly #addresses = new Map<number, AddressCount>();
  /** Bound, but the port is not named yet: the next getsockname (or, deferred, a later one) does. */
  readonly #unnamed = new IdSet();
  /** Not bound yet: a connect may bind them, without a bind of their own. */
  readonly #unbound = new IdSet();
  /** Accepted sockets hold a port they never bound: their close frees nothing the arm counted. */
  readonly #accepted = new IdSet();
  readonly #begin: number;
  #end: number;
  #lastBind = 0;
  #failedBinds = 0;
  #held = 0;
  #peakHeld = 0;
  #firstError: (Omit<SeriesError, 'address'> & { readonly addressId: number }) | null = null;

  /** @param begin time of the arm's first row, ns */
  constructor(index: number, begin: number) {
    this.#index = index;
    this.#begin = begin;
    this.#end = begin;
    this.#binds = new TimeCounts(begin);
  }

  add(batch: EventBatch, row: number): void {
    const op = batch.op[row] ?? 0;
    const t = batch.t[row] ?? 0;
    const duration = batch.dur[row] ?? 0;
    const socket = batch.socket[row] ?? 0;
    const address = batch.address[row] ?? 0;
    const port = batch.port[row] ?? 0;
    const code = batch.code[row] ?? 0;
    const value = batch.value[row] ?? 0;
    if (op === OP.mark && value !== MARK.armEnd) return;
    this.#end = Math.max(this.#end, t + duration);
    if (code !== 0) {
      if (op === OP.bind) this.#failedBinds++;
      this.#noteError(op, code, address, t);
      return;
    }
    switch (op) {
      case OP.socket:
        this.#unbound.add(socket);
        break;
      case OP.connect:
        if (this.#unbound.take(socket)) this.#unnamed.add(socket);
        break;
      case OP.bind:
        this.#unbound.take(socket);
        this.#latency.record(duration);
        this.#byLevel.record(this.#held, duration);
        this.#unnamed.add(socket);
        break;
      case OP.getsockname:
        if (port === 0 || !this.#unnamed.take(socket)) break;
        this.#binds.add(t);
        this.#lastBind = t + duration;
        this.#hold(address, 1);
        break;
      case OP.fill:
        this.#binds.addSpread(t, duration, value);
        this.#lastBind = t + duration;
        this.#hold(address, value);
        break;
      case OP.accept:
        this.#accepted.add(socket);
        break;
      case OP.close: {
        this.#unbound.take(socket);
        const counted = !this.#unnamed.take(socket) && !this.#accepted.take(socket);
        if (counted && port !== 0) this.#free(address, 1);
        break;
      }
      case OP.release:
        this.#free(address, value);
        break;
    }
  }

  /** @param addresses the run's address table: `addresses[id]` */
  series(addresses: readonly string[]): ArmSeries {
    const latency = this.#latency;
    const span = this.#lastBind - this.#begin;
    const error = this.#firstError;
    return {
      index: this.#index,
      begin: this.#begin,
      end: this.#end,
      bound: this.#binds.total,
      failedBinds: this.#failedBinds,
      peakHeld: this.#peakHeld,
      perAddress: [...this.#addresses].map(([id, count]) => ({
        address: addresses[id] ?? '',
        bound: count.bound,
        peakHeld: count.peakHeld,
      })),
      binds: this.#bindPoints(),
      bindsPerSecond: span > 0 ? (this.#binds.total * 1e9) / span : null,
      latency:
        latency.count === 0
          ? null
          : {
              count: latency.count,
              p50: latency.quantile(0.5),
              p95: latency.quantile(0.95),
              p99: latency.quantile(0.99),
              max: latency.max,
            },
      latencyByLevel: this.#byLevel.points(),
      firstError: error === null ? null : withAddress(error, addresses),
    };
  }

  #bindPoints(): BindPoint[] {
    const points: BindPoint[] = [{ t: this.#begin, bound: 0 }];
    for (const { t, count } of this.#binds.cumulative()) {
      points.push({ t: Math.min(t, this.#lastBind), bound: count });
    }
    return points;
  }

  #noteError(op: number, code: number, addressId: number, t: number): void {
    if (this.#firstError !== null || !ERROR_OPS.has(op)) return;
    // A connect in progress is asked again, and is no failure (WSAConnect, WSAEWOULDBLOCK).
    if (op === OP.connect && (code === WSA.WSAEWOULDBLOCK || code === WSA.WSAEALREADY)) return;
    const call = opName(op);
    if (call !== undefined) this.#firstError = { call, code, addressId, t, held: this.#held };
  }

  #hold(address: number, n: number): void {
    let count = this.#addresses.get(address);
    if (count === undefined) {
      count = { bound: 0, held: 0, peakHeld: 0 };
      this.#addresses.set(address, count);
    }
    count.bound += n;
    count.held += n;
    count.peakHeld = Math.max(count.peakHeld, count.held);
    this.#held += n;
    this.#peakHeld = Math.max(this.#peakHeld, this.#held);
  }

  #free(address: number, n: number): void {
    const count = this.#addresses.get(address);
    if (count !== undefined) count.held = Math.max(0, count.held - n);
    this.#held = Math.max(0, this.#held - n);
  }
}

function withAddress(
  error: Omit<SeriesError, 'address'> & { readonly addressId: number },
  addresses: readonly string[],
): SeriesError {
  const { addressId, ...rest } = error;
  return { ...rest, address: addresses[addressId] ?? '' };
}
