/**
 * A two-way pipe for frames, in order and whole: a WebSocket, a MessagePort, a child's IPC channel.
 * Handlers are set once, before the first frame can arrive.
 */
export interface Wire {
  /** After the wire is closed this does nothing. */
  send(frame: Uint8Array): void;
  /** Bytes handed to `send` that have not left yet, where the wire can tell; else 0. */
  readonly pending: number;
  onFrame(handler: (frame: Uint8Array) => void): void;
  /** Called once, whoever closed it. @param reason in words, '' where there is none */
  onClose(handler: (reason: string) => void): void;
  close(): void;
}
