import { EventBatch } from '#engine/event/event-batch.ts';
import { OP, type OpName } from '#engine/event/op.ts';

/** An event row by names; what is left out is 0. */
export interface EventRow {
  readonly op: OpName;
  readonly t?: number;
  readonly dur?: number;
  readonly socket?: number;
  readonly address?: number;
  readonly port?: number;
  readonly code?: number;
  readonly value?: number;
  readonly arm?: number;
}

/** Packs rows into batches of `size`. Rows belong to arm 1 unless they say otherwise. */
export function batchesOf(rows: readonly EventRow[], size = 4_096): EventBatch[] {
  const batches: EventBatch[] = [];
  for (let from = 0; from < rows.length; from += size) {
    const batch = new EventBatch(size);
    for (const row of rows.slice(from, from + size)) {
      const at = batch.length++;
      batch.op[at] = OP[row.op];
      batch.t[at] = row.t ?? 0;
      batch.dur[at] = row.dur ?? 0;
      batch.socket[at] = row.socket ?? 0;
      batch.address[at] = row.address ?? 0;
      batch.port[at] = row.port ?? 0;
      batch.code[at] = row.code ?? 0;
      batch.value[at] = row.value ?? 0;
      batch.arm[at] = row.arm ?? 1;
    }
    batches.push(batch);
  }
  return batches;
}
