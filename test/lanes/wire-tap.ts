import type { Page } from '@playwright/test';
import { decodeFrame, encodeFrame } from '#engine/api/frame.ts';

interface Header {
  readonly m?: string;
  readonly a?: unknown;
  readonly r?: unknown;
}

/** What is done to calls on their way; whatever is left out passes as it is. */
export interface WireTap {
  /** Sees each call. */
  asked?(method: string, argument: unknown): void;
  /** @returns what the page gets in place of this answer; undefined leaves it */
  answered?(result: unknown): unknown;
}

/**
 * What only Windows says can't be said here. So the real service's answers pass through, and the few
 * in question are replaced by what Windows would have said. Only in the web lane, for pages opened after.
 */
export async function tapWire(page: Page, { asked, answered }: WireTap): Promise<void> {
  await page.routeWebSocket(/\/ws$/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      const { m, a } = headerOf(message);
      if (m !== undefined) asked?.(m, a);
      server.send(message);
    });
    server.onMessage((message) => {
      const header = headerOf(message);
      const instead = answered?.(header.r);
      if (instead === undefined) socket.send(message);
      else {
        const frame = encodeFrame({ header: { ...header, r: instead }, body: null });
        socket.send(Buffer.from(frame));
      }
    });
  });
}

function headerOf(message: string | Buffer): Header {
  const decoded = typeof message === 'string' ? null : decodeFrame(new Uint8Array(message));
  if (decoded === null || !decoded.ok) throw new Error('a message on the wire is no frame');
  return decoded.frame.header as Header;
}
