import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import { MAX_FRAME_BYTES } from '#engine/api/frame.ts';
import type { Wire } from '#engine/api/wire.ts';
import { socketWire } from '#main/wire/socket-wire.ts';
import type { LabConnection } from './lab-connection.ts';

/** A tunnel whose far end hangs must not keep a screen waiting for ever. */
const OPEN_MS = 10_000;

/**
 * Reaches a lab service elsewhere, as a browser would: a WebSocket for each wire.
 * @param host and port, `127.0.0.1:8080`
 */
export function reachLabService(host: string): LabConnection {
  const endedHandlers: ((reason: string) => void)[] = [];
  const sockets = new Set<WebSocket>();
  let over = false;

  const ended = (reason: string): void => {
    if (over) return;
    over = true;
    for (const socket of sockets) socket.terminate();
    for (const handler of endedHandlers) handler(reason);
  };

  return {
    open() {
      const socket = new WebSocket(`ws://${host}/ws`, {
        origin: `http://${host}`,
        maxPayload: MAX_FRAME_BYTES,
        handshakeTimeout: OPEN_MS,
        // Frames are small or packed already.
        perMessageDeflate: false,
      });
      sockets.add(socket);
      let problem = '';
      socket.on('error', (error) => (problem = error.message));
      socket.on('unexpected-response', (_request, response: IncomingMessage) => {
        problem = `it answered ${response.statusCode ?? 0}: is it a lab service, and that port its own?`;
        socket.terminate();
      });
      const wire = openingWire(socket);
      socket.once('close', (_code, reason) => {
        sockets.delete(socket);
        if (wire.left) return;
        const words = [reason.toString('utf8'), problem].find((text) => text !== '');
        ended(`the connection to ${host} ended${words === undefined ? '' : `: ${words}`}`);
      });
      return wire;
    },
    onEnded: (handler) => void endedHandlers.push(handler),
    end: () => {
      over = true;
      for (const socket of sockets) socket.close();
      return Promise.resolve();
    },
  };
}

/** Keeps what is sent while the socket is still opening. */
function openingWire(socket: WebSocket): Wire & { readonly left: boolean } {
  const inner = socketWire(socket);
  const waiting: Uint8Array[] = [];
  let left = false;
  socket.once('open', () => {
    for (const frame of waiting.splice(0)) inner.send(frame);
  });
  return {
    send(frame) {
      if (socket.readyState === WebSocket.CONNECTING) waiting.push(frame);
      else inner.send(frame);
    },
    get pending() {
      return inner.pending;
    },
    onFrame: (handler) => inner.onFrame(handler),
    onClose: (handler) => inner.onClose(handler),
    close() {
      left = true;
      inner.close();
    },
    /** Closed from here. */
    get left() {
      return left;
    },
  };
}
