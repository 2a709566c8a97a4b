/**
 * The engine's side of the 4-tuple bench, in a process of its own like the C program it is compared
 * with (yardstick/tuples.c): the same connections, the same order. Prints one line a workload: name,
 * ns per operation (median of the laps after warm-up); then bytes a tuple.
 */
import { TupleTable } from '#engine/allocator/tuple-table.ts';
import { median } from '../result.ts';

const LIVE = 1_000_000;
const PAIRS = 500_000;
const LAPS = 9;
const WARM_UP = 3;

const locals = new Int32Array(LIVE);
const remotes = new Int32Array(LIVE);
const connects: number[] = [];
const pairs: number[] = [];
let bytes = 0;

/** The i-th connection: four local addresses, ports counting up, sixteen remote endpoints. */
function localOf(i: number): number {
  return ((1 + (i & 3)) << 16) | (1_025 + ((i >>> 6) % 64_511));
}

function remoteOf(i: number): number {
  return ((5 + ((i >>> 2) & 15)) << 16) | 443;
}

function connectAll(table: TupleTable): void {
  for (let i = 0; i < LIVE; i++) {
    locals[i] = localOf(i);
    remotes[i] = remoteOf(i);
    if (!table.add(locals[i]!, remotes[i]!)) throw new Error('a tuple twice');
  }
}

function closeAndConnect(table: TupleTable): void {
  let state = 88_172_645;
  for (let i = 0; i < PAIRS; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const victim = (state >>> 0) % LIVE;
    if (!table.delete(locals[victim]!, remotes[victim]!)) throw new Error('a tuple lost');
    locals[victim] = localOf(LIVE + i);
    remotes[victim] = remoteOf(LIVE + i);
    if (!table.add(locals[victim], remotes[victim])) throw new Error('a tuple twice');
  }
}

for (let lap = 0; lap < LAPS; lap++) {
  const table = new TupleTable();
  const begin = performance.now();
  connectAll(table);
  const filled = performance.now();
  closeAndConnect(table);
  const end = performance.now();
  bytes = table.bytes / table.size;
  if (lap < WARM_UP) continue;
  connects.push(((filled - begin) * 1e6) / LIVE);
  pairs.push(((end - filled) * 1e6) / PAIRS);
}
process.stdout.write(
  `connect ${median(connects)}\nconnect-close ${median(pairs)}\nbytes ${bytes}\n`,
);
