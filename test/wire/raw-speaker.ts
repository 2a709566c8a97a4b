import { decodeFrame, encodeFrame } from '#engine/api/frame.ts';
import type { Wire } from '#engine/api/wire.ts';

/** Speaks the wire's own language, without the client: calls answered in order of their ids. */
export function speak(
  wire: Wire,
  heardPart: (isPart: boolean) => void = () => {},
): (name: string, argument: unknown) => Promise<Record<string, unknown>> {
  const waiting = new Map<string, (answer: Record<string, unknown>) => void>();
  let last = 0;
  wire.onFrame((bytes) => {
    const decoded = decodeFrame(bytes);
    if (!decoded.ok) throw new Error(`the service sent a bad frame: ${decoded.problem}`);
    const header = decoded.frame.header as Record<string, unknown>;
    if (header['t'] === 'q') heardPart(header['m'] === 'part');
    else waiting.get(String(header['i']))?.(header);
  });
  wire.onClose(() => {});
  return (name, argument) =>
    new Promise((resolve) => {
      const id = `raw-${++last}`;
      waiting.set(id, resolve);
      wire.send(encodeFrame({ header: { t: 'q', i: id, m: name, a: argument }, body: null }));
    });
}
