import { z } from 'zod';
import { LAB_ERROR_KINDS, LabError } from '../model/lab-error.ts';
import { decodeFrame, encodeFrame } from './frame.ts';

/**
 * birpc's messages as frames. A call has one argument, an object; that object, and a result, may
 * carry one `body` of bytes, which travels as the frame's body.
 */
type Message =
  | { t: 'q'; i?: string; m: string; a: readonly unknown[] }
  | { t: 's'; i: string; r?: unknown; e?: unknown };

const id = z.string().min(1).max(64);

const headerSchema = z.union([
  z.strictObject({ t: z.literal('q'), i: id.optional(), m: z.string().max(64), a: z.unknown() }),
  z.strictObject({ t: z.literal('s'), i: id, r: z.unknown() }),
  z.strictObject({
    t: z.literal('s'),
    i: id,
    e: z.strictObject({
      kind: z.enum(LAB_ERROR_KINDS),
      message: z.string(),
      hint: z.string(),
    }),
  }),
]);

/** @throws RangeError for a message too large for a frame */
export function toFrame(message: Message): Uint8Array {
  if (message.t === 'q') {
    const { value, body } = splitBody(message.a[0]);
    const { t, i, m } = message;
    return encodeFrame({ header: { t, ...(i !== undefined && { i }), m, a: value }, body });
  }
  const { t, i, e } = message;
  if (e !== undefined) {
    const { kind, message: words, hint } = LabError.from(e);
    return encodeFrame({ header: { t, i, e: { kind, message: words, hint } }, body: null });
  }
  const { value, body } = splitBody(message.r);
  return encodeFrame({ header: { t, i, r: value }, body });
}

/** Takes any bytes. @throws LabError (usage) for what is no message */
export function fromFrame(bytes: Uint8Array): Message {
  const decoded = decodeFrame(bytes);
  if (!decoded.ok) throw notAMessage(decoded.problem);
  const { body } = decoded.frame;
  const parsed = headerSchema.safeParse(decoded.frame.header);
  if (!parsed.success) throw notAMessage('its header is none of a call or an answer');
  const header = parsed.data;
  if (header.t === 'q') {
    const { t, i, m } = header;
    return { t, ...(i !== undefined && { i }), m, a: [joinBody(header.a, body)] };
  }
  if ('e' in header) {
    const { kind, message, hint } = header.e;
    return { t: 's', i: header.i, e: new LabError(kind, message, hint) };
  }
  return { t: 's', i: header.i, r: joinBody(header.r, body) };
}

function notAMessage(problem: string): LabError {
  return new LabError('usage', `not a message: ${problem}`, 'use the same version on both ends');
}

function splitBody(value: unknown): { value: unknown; body: Uint8Array | null } {
  if (typeof value !== 'object' || value === null) return { value: value ?? null, body: null };
  const { body, ...rest } = value as { body?: unknown };
  return body instanceof Uint8Array ? { value: rest, body } : { value, body: null };
}

function joinBody(value: unknown, body: Uint8Array | null): unknown {
  if (body === null) return value;
  return { ...(value as object), body };
}
