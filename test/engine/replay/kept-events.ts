import type { EventSink } from '#engine/event/event-sink.ts';
import type { Op } from '#engine/event/op.ts';

/** One event as it was emitted. */
export interface KeptEvent {
  readonly op: number;
  readonly t: number;
  readonly dur: number;
  readonly socket: number;
  readonly address: number;
  readonly port: number;
  readonly code: number;
  readonly value: number;
  readonly arm: number;
}

/** Hands every event on to a recording, and keeps it aside. */
export class KeptSink implements EventSink {
  readonly events: KeptEvent[] = [];
  readonly #recording: EventSink & { arm: number };

  constructor(recording: EventSink & { arm: number }) {
    this.#recording = recording;
  }

  get arm(): number {
    return this.#recording.arm;
  }

  set arm(arm: number) {
    this.#recording.arm = arm;
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
    const { arm } = this;
    this.events.push({ op, t, dur, socket, address, port, code, value, arm });
    this.#recording.emit(op, t, dur, socket, address, port, code, value);
  }
}
