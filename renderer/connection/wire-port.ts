import type { Wire } from '#engine/api/wire.ts';

/** A wire over the desktop's message port; `receive` and `end` are fed by whoever reads the port. */
export interface PortWire extends Wire {
  receive(frame: Uint8Array): void;
  end(reason: string): void;
}

/** Frames share the port with the shell's own messages, so this does not listen to it itself. */
export function portWire(port: Pick<MessagePort, 'postMessage'>): PortWire {
  let frameHandler: ((frame: Uint8Array) => void) | null = null;
  let closeHandler: ((reason: string) => void) | null = null;
  let closed = false;

  function end(reason: string): void {
    if (closed) return;
    closed = true;
    closeHandler?.(reason);
  }

  return {
    send(frame) {
      if (!closed) port.postMessage(frame);
    },
    // A port does not tell.
    pending: 0,
    onFrame(handler) {
      frameHandler = handler;
    },
    onClose(handler) {
      closeHandler = handler;
    },
    close: () => end(''),
    receive(frame) {
      if (!closed) frameHandler?.(frame);
    },
    end,
  };
}
