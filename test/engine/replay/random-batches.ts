import { Random } from '#engine/allocator/random.ts';
import { EventBatch } from '#engine/event/event-batch.ts';
import { OP } from '#engine/event/op.ts';
import { WSA } from '#engine/model/winsock-error.ts';

export interface BatchesWish {
  readonly rows: number;
  readonly seed: number;
  readonly addresses?: number;
  /** First port, and how many. */
  readonly ports?: readonly [number, number];
  /** Rows a batch has at most; they vary below that. */
  readonly batchRows?: number;
  /** ns a row is after the one before, at most. */
  readonly step?: number;
}

/** Rows as experiments make them, plus some refusals, in batches of any sizes. */
export function randomBatches({
  rows,
  seed,
  addresses = 4,
  ports: [first, ports] = [50_000, 800],
  batchRows = 4_096,
  step = 4_000,
}: BatchesWish): EventBatch[] {
  const random = new Random(seed);
  const batches: EventBatch[] = [];
  let t = 0;
  for (let row = 0; row < rows;) {
    const length = Math.min(rows - row, 1 + random.below(batchRows));
    const batch = new EventBatch(length, length);
    for (let at = 0; at < length; at++, row++) {
      t += Math.floor((random.next() / 4_294_967_296) * step);
      const kind = random.below(100);
      batch.op[at] =
        kind < 40 ? OP.getsockname : kind < 75 ? OP.close : kind < 92 ? OP.bind : OP.fill;
      batch.t[at] = t - (random.below(7) === 0 ? random.below(Math.min(step, 1e9)) : 0);
      batch.dur[at] = random.below(random.below(40) === 0 ? 3_000_000 : 20_000);
      batch.socket[at] = row;
      batch.address[at] = 1 + random.below(addresses);
      batch.port[at] = first + random.below(ports);
      batch.value[at] = batch.op[at] === OP.fill ? 1 + random.below(12) : 0;
      batch.arm[at] = 1 + (Math.floor((4 * row) / rows) % 4);
      const fails = batch.op[at] === OP.bind && random.below(6) === 0;
      batch.code[at] = fails ? [WSA.WSAENOBUFS, WSA.WSAEADDRINUSE][random.below(2)]! : 0;
    }
    batches.push(batch);
  }
  return batches;
}
