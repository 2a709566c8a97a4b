import type { SocketId } from '../stack/socket-stack.ts';
import { poolOfState } from '../stack/socket-state.ts';
import { whereOf } from './call-words.ts';
import type { Answers, DivergenceLog, Where } from './divergence.ts';
import type { KindId } from './kinds.ts';
import type { NumberReasons } from './number-reasons.ts';
import type { Row } from './row.ts';
import type { Before, Twin } from './twin.ts';

/** A socket whose number the host has chosen and not told yet; its getsockname row will. */
export interface Untold {
  readonly before: Before;
  /** It was chosen on the way by a connect, which need not have succeeded. */
  readonly byConnect: boolean;
  readonly where: Where;
  /** The model found no number, so that it has not bound the socket. */
  readonly none: boolean;
  /** The model had to give its own number back, since the host gave that to another socket. */
  readonly ceded?: boolean;
  /** The host's connect from that number to this remote end was refused as a repetition. */
  readonly repeats?: number;
  /** Its difference is noted already. */
  readonly noted: boolean;
}

/** What the comparers of calls share: the model's track of a run. */
export class Track {
  readonly twin: Twin;
  readonly log: DivergenceLog;
  readonly reasons: NumberReasons;
  /** Real sockets: calls take time, and the network has a word in it. */
  readonly real: boolean;
  readonly untold = new Map<SocketId, Untold>();
  /** Sockets that went another way than the model can follow: told what they do, not judged. */
  readonly outside = new Set<SocketId>();
  readonly #texts: readonly string[];

  constructor(
    twin: Twin,
    log: DivergenceLog,
    reasons: NumberReasons,
    { real, texts }: { real: boolean; texts: readonly string[] },
  ) {
    this.twin = twin;
    this.log = log;
    this.reasons = reasons;
    this.real = real;
    this.#texts = texts;
  }

  where(row: Row): Where {
    return whereOf(row, this.#texts);
  }

  /** Notes a difference at this row. */
  note(row: Row, kind: KindId, id: SocketId, answers: () => Answers): void {
    this.noteAt(this.where(row), kind, id, answers);
  }

  noteAt(where: Where, kind: KindId, id: SocketId, answers: () => Answers): void {
    if (this.outside.has(id)) return;
    const udp = (poolOfState(this.twin.table.state(id)) & 1) === 1;
    this.log.note(kind, udp, where, answers);
  }
}
