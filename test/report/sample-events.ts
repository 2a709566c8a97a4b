import { RunFold } from '#engine/analysis/run-fold.ts';
import type { RunSeries } from '#engine/analysis/run-series.ts';
import { EventBatch } from '#engine/event/event-batch.ts';
import { MARK } from '#engine/event/mark.ts';
import { OP } from '#engine/event/op.ts';
import type { Strategy } from '#engine/model/strategy.ts';
import { WSA } from '#engine/model/winsock-error.ts';
import type { Arm } from '#engine/run/run-document.ts';
import type { SampleChoice } from './sample-run.ts';

/** Emits what a stack would: a row a call, or a `fill` row an address and 4,096 ports. */
export class SampleEvents {
  now = 2_000_000;
  readonly #choice: SampleChoice;
  readonly #fold = new RunFold();
  #batch = new EventBatch();
  /** All but the one being filled. */
  readonly #full: EventBatch[] = [];
  #socket = 0;
  #arm = 0;
  #noise = 20_261;

  constructor(choice: SampleChoice) {
    this.#choice = choice;
  }

  arm(strategy: Strategy, binds: number): Arm {
    const { addresses, basis } = this.#choice;
    this.#arm++;
    this.#row(OP.mark, 0, 0, 0, 0, 0, MARK.armBegin);
    const perAddress = addresses.map((_, at) =>
      Math.floor((binds + addresses.length - 1 - at) / addresses.length),
    );
    const code = basis === 'wine' ? WSA.WSAEADDRINUSE : WSA.WSAENOBUFS;
    if (basis === 'modelled') this.#fill(perAddress);
    else this.#bindEach(binds);
    this.#row(OP.bind, 90_000, ++this.#socket, binds % addresses.length, 0, code, 0);
    this.#row(OP.mark, 0, 0, 0, 0, 0, MARK.armPeak);
    perAddress.forEach((ports, at) =>
      this.#row(OP.release, ports * 1_000, 1, at, 50_000, 0, ports),
    );
    this.#row(OP.mark, 0, 0, 0, 0, 0, MARK.armEnd);
    return {
      strategy,
      bound: binds,
      perAddress: Object.fromEntries(
        addresses.map((address, at) => [address, perAddress[at] ?? 0]),
      ),
      firstError: { call: 'bind', code, name: basis === 'wine' ? 'WSAEADDRINUSE' : 'WSAENOBUFS' },
      overlap: binds > this.#choice.usable ? this.#choice.usable : 0,
      ended: 'exhausted',
      index: this.#arm,
    };
  }

  series(): RunSeries {
    this.#fold.add(this.#batch);
    return this.#fold.series(['', ...this.#choice.addresses]);
  }

  batches(): readonly EventBatch[] {
    return [...this.#full, this.#batch];
  }

  #fill(perAddress: readonly number[]): void {
    perAddress.forEach((ports, at) => {
      for (let done = 0; done < ports; done += 4_096) {
        const n = Math.min(4_096, ports - done);
        this.#row(OP.fill, n * 4_000, this.#socket + 1, at, 50_000 + done, 0, n);
        this.#socket += n;
      }
    });
  }

  #bindEach(binds: number): void {
    for (let bound = 0; bound < binds; bound++) {
      const at = bound % this.#choice.addresses.length;
      const level = bound / binds;
      const late = this.#random() > 0.9 ? 9_000 + this.#random() * 14_000 : 0;
      const rare = this.#random() > 0.9997 ? this.#random() * 900_000 : 0;
      const took = 8_400 + 5_500 * level ** 4 + this.#random() * 1_800 + late + rare;
      this.#socket++;
      this.#row(OP.bind, Math.round(took), this.#socket, at, 0, 0, 0);
      this.#row(
        OP.getsockname,
        5_200,
        this.#socket,
        at,
        50_000 + Math.floor(bound / this.#choice.addresses.length),
        0,
        0,
      );
      this.now += 40_000 + Math.round(this.#random() * 30_000);
    }
  }

  /** @param at index in the addresses */
  #row(
    op: number,
    dur: number,
    socket: number,
    at: number,
    port: number,
    code: number,
    value: number,
  ): void {
    if (this.#batch.length === this.#batch.capacity) {
      this.#fold.add(this.#batch);
      this.#full.push(this.#batch);
      this.#batch = new EventBatch();
    }
    const batch = this.#batch;
    const row = batch.length++;
    batch.op[row] = op;
    batch.t[row] = this.now;
    batch.dur[row] = dur;
    batch.socket[row] = socket;
    batch.address[row] = op === OP.mark ? 0 : at + 1;
    batch.port[row] = port;
    batch.code[row] = code;
    batch.value[row] = value;
    batch.arm[row] = this.#arm;
    this.now += dur;
  }

  /** Park and Miller's generator: the same noise every time. */
  #random(): number {
    this.#noise = (this.#noise * 48_271) % 2_147_483_647;
    return this.#noise / 2_147_483_647;
  }
}
