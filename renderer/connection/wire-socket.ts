import type { Wire } from '#engine/api/wire.ts';

/** A wire over an open WebSocket. */
export function socketWire(socket: WebSocket): Wire {
  let closeHandler: ((reason: string) => void) | null = null;
  let closed = false;

  function end(reason: string): void {
    if (closed) return;
    closed = true;
    closeHandler?.(reason);
  }

  socket.addEventListener('close', ({ reason }) => end(reason));

  return {
    send(frame) {
      if (!closed && socket.readyState === WebSocket.OPEN) {
        socket.send(frame as Uint8Array<ArrayBuffer>);
      }
    },
    get pending() {
      return socket.bufferedAmount;
    },
    onFrame(handler) {
      socket.addEventListener('message', ({ data }) => {
        if (!closed && data instanceof ArrayBuffer) handler(new Uint8Array(data));
      });
    },
    onClose(handler) {
      closeHandler = handler;
    },
    close() {
      socket.close(1000);
      end('');
    },
  };
}
