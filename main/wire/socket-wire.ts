import { Buffer } from 'node:buffer';
import type { RawData, WebSocket } from 'ws';
import type { Wire } from '#engine/api/wire.ts';

/** A WebSocket as a wire: a binary message a frame. Text messages are none and are passed over. */
export function socketWire(socket: WebSocket): Wire {
  return {
    send(frame) {
      if (socket.readyState === socket.OPEN) socket.send(frame, { binary: true });
    },
    get pending() {
      return socket.bufferedAmount;
    },
    onFrame(handler) {
      socket.on('message', (data, isBinary) => {
        if (isBinary) handler(bytesOf(data));
      });
    },
    onClose(handler) {
      // An error is always followed by a close, which tells all.
      socket.on('error', () => {});
      socket.once('close', (_code, reason) => handler(reason.toString('utf8')));
    },
    close: () => socket.close(),
  };
}

/** A copy at offset 0 of its own buffer, so that a body can be viewed as numbers. */
function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return new Uint8Array(Buffer.concat(data));
  return new Uint8Array(data instanceof ArrayBuffer ? data : Uint8Array.from(data));
}
