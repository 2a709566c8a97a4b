/**
 * What travels on a wire: a JSON header and, where there is one, a binary body, as bytes. A codec of
 * our own rather than V8's structured clone, because the two ends may be any versions of Node,
 * Electron and a browser.
 *
 * | bytes | |
 * |---|---|
 * | 2 | `PL` |
 * | 1 | version, 1 |
 * | 1 | 1 where there is a body (it may be empty), else 0 |
 * | 4 | header length h in bytes, little-endian |
 * | h | header: JSON in ASCII, other characters escaped as \uXXXX |
 * | 0 to 7 | zeros, so that the body begins at a multiple of 8 and can be viewed as numbers |
 * | rest | body |
 */
export interface Frame {
  readonly header: unknown;
  readonly body: Uint8Array | null;
}

export type DecodedFrame =
  | { readonly ok: true; readonly frame: Frame }
  | { readonly ok: false; readonly problem: string };

/** Bytes a frame has at most, either way. */
export const MAX_FRAME_BYTES = 32 * 1024 * 1024;

const FIXED_BYTES = 8;
const VERSION = 1;
const [P, L] = [0x50, 0x4c];

/** Arguments `String.fromCharCode` takes at once without overflowing a stack. */
const TEXT_SLICE = 8_192;

/** @throws RangeError when it would be larger than MAX_FRAME_BYTES; TypeError for a header that is no JSON */
export function encodeFrame({ header, body }: Frame): Uint8Array {
  const text = asciiJson(header);
  const bodyAt = align(FIXED_BYTES + text.length);
  const length = body === null ? FIXED_BYTES + text.length : bodyAt + body.length;
  if (length > MAX_FRAME_BYTES) throw new RangeError(`a frame of ${length} bytes is too large`);
  const bytes = new Uint8Array(length);
  bytes[0] = P;
  bytes[1] = L;
  bytes[2] = VERSION;
  bytes[3] = body === null ? 0 : 1;
  new DataView(bytes.buffer).setUint32(4, text.length, true);
  for (let at = 0; at < text.length; at++) bytes[FIXED_BYTES + at] = text.charCodeAt(at);
  if (body !== null) bytes.set(body, bodyAt);
  return bytes;
}

/** Takes any bytes. The body is a view into them. */
export function decodeFrame(bytes: Uint8Array): DecodedFrame {
  if (bytes.length > MAX_FRAME_BYTES) return { ok: false, problem: 'too large' };
  if (bytes.length < FIXED_BYTES) return { ok: false, problem: 'shorter than its beginning' };
  if (bytes[0] !== P || bytes[1] !== L) return { ok: false, problem: 'no frame of the lab' };
  if (bytes[2] !== VERSION) return { ok: false, problem: `frame version ${bytes[2]} is unknown` };
  const flag = bytes[3];
  if (flag !== 0 && flag !== 1) return { ok: false, problem: `flag ${flag} is unknown` };
  const view = new DataView(bytes.buffer, bytes.byteOffset, FIXED_BYTES);
  const headerEnd = FIXED_BYTES + view.getUint32(4, true);
  if (headerEnd > bytes.length) return { ok: false, problem: 'its header is cut off' };
  let header: unknown;
  try {
    header = JSON.parse(asciiText(bytes.subarray(FIXED_BYTES, headerEnd)));
  } catch {
    return { ok: false, problem: 'its header is no JSON' };
  }
  if (flag === 0) {
    return bytes.length === headerEnd
      ? { ok: true, frame: { header, body: null } }
      : { ok: false, problem: 'bytes after a header without a body' };
  }
  const bodyAt = align(headerEnd);
  if (bodyAt > bytes.length) return { ok: false, problem: 'its body is cut off' };
  return { ok: true, frame: { header, body: bytes.subarray(bodyAt) } };
}

function align(offset: number): number {
  return Math.ceil(offset / 8) * 8;
}

function asciiJson(value: unknown): string {
  const json: string | undefined = JSON.stringify(value);
  if (json === undefined) throw new TypeError('a header must be JSON');
  return json.replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function asciiText(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += TEXT_SLICE) {
    text += String.fromCharCode(...bytes.subarray(at, at + TEXT_SLICE));
  }
  return text;
}
