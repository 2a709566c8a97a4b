import { Buffer } from 'node:buffer';
import { z } from 'zod';
import { MAX_FRAME_BYTES } from '#engine/api/frame.ts';
import type { Wire } from '#engine/api/wire.ts';

/**
 * Many wires over one message channel: a child's IPC. JSON with frames in base64, since the two ends
 * may be different versions of Node, whose binary forms may not agree.
 */
export interface Channel {
  send(message: unknown): void;
  onMessage(handler: (message: unknown) => void): void;
  /** @param reason in words */
  onClose(handler: (reason: string) => void): void;
}

/** `window`: a screen, whose frames are passed on; `shell`: the desktop's main process itself. */
export type WireRole = 'window' | 'shell';

const messageSchema = z.union([
  z.strictObject({ wire: z.int().min(1), open: z.enum(['window', 'shell']) }),
  z.strictObject({
    wire: z.int().min(1),
    frame: z.string().max(Math.ceil(MAX_FRAME_BYTES / 3) * 4),
  }),
  z.strictObject({ wire: z.int().min(1), close: z.string() }),
]);

export class ChannelMux {
  readonly #channel: Channel;
  readonly #wires = new Map<number, ChannelWire>();
  #accept: ((wire: Wire, role: WireRole) => void) | undefined;
  #lastOpened = 0;
  #closed: string | null = null;

  constructor(channel: Channel) {
    this.#channel = channel;
    channel.onMessage((message) => this.#receive(message));
    channel.onClose((reason) => {
      this.#closed = reason;
      for (const wire of this.#wires.values()) wire.closed(reason);
      this.#wires.clear();
    });
  }

  /** Only one end of a channel may open wires. On a closed channel the wire closes at once. */
  open(role: WireRole): Wire {
    const id = ++this.#lastOpened;
    const wire = this.#add(id);
    if (this.#closed === null) this.#channel.send({ wire: id, open: role });
    else queueMicrotask(() => wire.closed(this.#closed ?? ''));
    return wire;
  }

  /** Takes the wires the other end opens; without it they are ignored. */
  accept(take: (wire: Wire, role: WireRole) => void): void {
    this.#accept = take;
  }

  #add(id: number): ChannelWire {
    const wire = new ChannelWire(
      (frame) =>
        this.#channel.send({
          wire: id,
          frame: Buffer.from(frame.buffer, frame.byteOffset, frame.length).toString('base64'),
        }),
      () => {
        this.#wires.delete(id);
        this.#channel.send({ wire: id, close: '' });
      },
    );
    this.#wires.set(id, wire);
    return wire;
  }

  #receive(raw: unknown): void {
    const parsed = messageSchema.safeParse(raw);
    if (!parsed.success) return;
    const message = parsed.data;
    if ('open' in message) {
      if (this.#accept !== undefined && !this.#wires.has(message.wire))
        this.#accept(this.#add(message.wire), message.open);
      return;
    }
    const wire = this.#wires.get(message.wire);
    if (wire === undefined) return;
    if ('frame' in message) {
      wire.received(new Uint8Array(Buffer.from(message.frame, 'base64')));
      return;
    }
    this.#wires.delete(message.wire);
    wire.closed(message.close);
  }
}

class ChannelWire implements Wire {
  readonly pending = 0;
  readonly #send: (frame: Uint8Array) => void;
  readonly #closing: () => void;
  #onFrame: (frame: Uint8Array) => void = () => {};
  #onClose: (reason: string) => void = () => {};
  #open = true;

  constructor(send: (frame: Uint8Array) => void, closing: () => void) {
    this.#send = send;
    this.#closing = closing;
  }

  send(frame: Uint8Array): void {
    if (this.#open) this.#send(frame);
  }

  onFrame(handler: (frame: Uint8Array) => void): void {
    this.#onFrame = handler;
  }

  onClose(handler: (reason: string) => void): void {
    this.#onClose = handler;
  }

  close(): void {
    if (!this.#open) return;
    this.#closing();
    this.closed('');
  }

  received(frame: Uint8Array): void {
    if (this.#open) this.#onFrame(frame);
  }

  closed(reason: string): void {
    if (!this.#open) return;
    this.#open = false;
    this.#onClose(reason);
  }
}
