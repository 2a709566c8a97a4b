import type { EventSink } from '#engine/event/event-sink.ts';
import { OP, type Op } from '#engine/event/op.ts';

export interface EventRow {
  readonly op: Op;
  readonly t: number;
  readonly dur: number;
  readonly socket: number;
  readonly address: number;
  readonly port: number;
  readonly code: number;
  readonly value: number;
}

/** Keeps every event as a row. `onEmit` runs inside each emit, where a sink may do anything. */
export class EventLog implements EventSink {
  readonly rows: EventRow[] = [];
  readonly #onEmit: () => void;

  constructor(onEmit: () => void = () => {}) {
    this.#onEmit = onEmit;
  }

  emit(
    op: Op,
    t: number,
    dur: number,
    socket: number,
    address: number,
    port: number,
    code: number,
    value: number,
  ): void {
    this.rows.push({ op, t, dur, socket, address, port, code, value });
    this.#onEmit();
  }

  /** The rows since the last call of this. */
  take(): EventRow[] {
    return this.rows.splice(0);
  }
}

/** Ports held after these rows, as `address id:port`, by nothing but the rows. */
export function heldPorts(rows: readonly EventRow[]): Set<string> {
  const held = new Set<string>();
  for (const { op, address, port, code, value } of rows) {
    if (code !== 0) continue;
    const last = op === OP.fill || op === OP.release ? port + value - 1 : port;
    for (let number = port; number <= last; number++) {
      if (op === OP.getsockname || op === OP.fill) held.add(`${address}:${number}`);
      if (op === OP.close || op === OP.release) held.delete(`${address}:${number}`);
    }
  }
  return held;
}
