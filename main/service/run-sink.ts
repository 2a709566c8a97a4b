import type { Holdings } from '#engine/analysis/holdings.ts';
import type { EventSink } from '#engine/event/event-sink.ts';
import type { Op } from '#engine/event/op.ts';

/** What a stack reports to during a run: the recording first, then what is held now. */
export class RunSink implements EventSink {
  readonly #recording: EventSink;
  readonly #holdings: Holdings;

  constructor(recording: EventSink, holdings: Holdings) {
    this.#recording = recording;
    this.#holdings = holdings;
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
    this.#recording.emit(op, t, dur, socket, address, port, code, value);
    this.#holdings.observe(op, address, port, code, value);
  }
}
