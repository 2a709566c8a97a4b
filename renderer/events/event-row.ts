import type { EventBatch } from '#engine/event/event-batch.ts';

/** One recorded row: columns as engine/event/op.ts explains them. */
export interface EventRow {
  /** Its number in the run, from 0. */
  readonly seq: number;
  /** ns since the run began, and ns it took. */
  readonly t: number;
  readonly dur: number;
  readonly op: number;
  readonly arm: number;
  readonly socket: number;
  readonly address: number;
  readonly port: number;
  readonly code: number;
  readonly value: number;
}

/** @param at place in the batch @param seq number in the run */
export function eventAt(batch: EventBatch, at: number, seq: number): EventRow {
  return {
    seq,
    t: batch.t[at] ?? 0,
    dur: batch.dur[at] ?? 0,
    op: batch.op[at] ?? 0,
    arm: batch.arm[at] ?? 0,
    socket: batch.socket[at] ?? 0,
    address: batch.address[at] ?? 0,
    port: batch.port[at] ?? 0,
    code: batch.code[at] ?? 0,
    value: batch.value[at] ?? 0,
  };
}

/** A row's number as it may be typed or pasted, with separators; null where it is none of the run's. */
export function rowOf(text: string, rows: number): number | null {
  const digits = text.replace(/[\s,.’']/g, '');
  if (!/^\d{1,15}$/.test(digits)) return null;
  const row = Number(digits);
  return row < rows ? row : null;
}
