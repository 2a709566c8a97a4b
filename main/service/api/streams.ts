import { setImmediate as nextTurn } from 'node:timers';
import { MAX_CREDITS, type StreamPart } from '#engine/api/contract.ts';
import type { Announce } from '#engine/api/server.ts';
import { LabError } from '#engine/model/lab-error.ts';

/** Where a stream's parts come from. Reads when asked, never ahead. */
export interface PartStream {
  /** @returns the next part · `later`: none yet, ask again after `retryMs` · `end`: there is no more */
  next(): Omit<StreamPart, 'stream'> | 'later' | 'end';
  readonly retryMs: number;
  close(): void;
}

interface Open {
  readonly source: PartStream;
  credits: number;
  /** A turn or a timer is due that will go on. */
  scheduled: NodeJS.Timeout | NodeJS.Immediate | null;
}

/** Streams one screen may have open. */
const MOST_STREAMS = 16;

/** The open streams of one screen: each sends what it was granted, a part a turn of the event loop. */
export class Streams {
  readonly #announce: Announce;
  readonly #open = new Map<number, Open>();
  #last = 0;

  constructor(announce: Announce) {
    this.#announce = announce;
  }

  /** Takes the source over, also when it refuses it. @throws LabError refused when too many are open */
  open(source: PartStream, credits: number): number {
    if (this.#open.size >= MOST_STREAMS) {
      source.close();
      throw new LabError('refused', `${MOST_STREAMS} streams are open already`, 'close one first');
    }
    const id = ++this.#last;
    const stream: Open = { source, credits, scheduled: null };
    this.#open.set(id, stream);
    this.#schedule(id, stream, 0);
    return id;
  }

  /** More parts may come. A stream that ended meanwhile is no error. */
  grant(id: number, credits: number): void {
    const stream = this.#open.get(id);
    if (stream === undefined) return;
    stream.credits = Math.min(MAX_CREDITS, stream.credits + credits);
    if (stream.scheduled === null) this.#schedule(id, stream, 0);
  }

  close(id: number): void {
    const stream = this.#open.get(id);
    if (stream === undefined) return;
    this.#open.delete(id);
    if (stream.scheduled !== null) cancel(stream.scheduled);
    stream.source.close();
  }

  closeAll(): void {
    for (const id of this.#open.keys()) this.close(id);
  }

  #schedule(id: number, stream: Open, delayMs: number): void {
    const go = (): void => {
      stream.scheduled = null;
      this.#step(id, stream);
    };
    stream.scheduled = delayMs === 0 ? nextTurn(go) : setTimeout(go, delayMs);
  }

  #step(id: number, stream: Open): void {
    if (stream.credits === 0) return;
    let found: ReturnType<PartStream['next']>;
    try {
      found = stream.source.next();
    } catch (error) {
      const { kind, message, hint } = LabError.from(error);
      this.#end(id, { kind, message, hint });
      return;
    }
    if (found === 'end') {
      this.#end(id, null);
    } else if (found === 'later') {
      this.#schedule(id, stream, stream.source.retryMs);
    } else {
      stream.credits--;
      this.#announce('part', { stream: id, ...found });
      if (stream.credits > 0) this.#schedule(id, stream, 0);
    }
  }

  #end(id: number, error: { kind: string; message: string; hint: string } | null): void {
    this.close(id);
    this.#announce('end', { stream: id, error });
  }
}

function cancel(scheduled: NodeJS.Timeout | NodeJS.Immediate): void {
  if ('hasRef' in scheduled && 'refresh' in scheduled) clearTimeout(scheduled);
  else clearImmediate(scheduled as NodeJS.Immediate);
}
