import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_FRAME_BYTES, decodeFrame, encodeFrame } from '#engine/api/frame.ts';

describe('a frame', () => {
  test('brings any JSON and any bytes over unchanged', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.option(fc.uint8Array()), (header, body) => {
        const json: unknown = JSON.parse(JSON.stringify(header));
        expect(decodeFrame(encodeFrame({ header: json, body }))).toEqual({
          ok: true,
          frame: { header: json, body },
        });
      }),
    );
  });

  test('is ASCII up to its body, which can be viewed as 64-bit numbers', () => {
    const body = new Uint8Array(new Float64Array([1.5, -2]).buffer);
    const bytes = encodeFrame({ header: { words: 'Ünïcödé 🙂' }, body });
    const decoded = decodeFrame(bytes);
    if (!decoded.ok || decoded.frame.body === null) throw new Error('not decoded');
    expect(bytes.subarray(8, decoded.frame.body.byteOffset).every((byte) => byte < 0x7f)).toBe(
      true,
    );
    const { buffer, byteOffset } = decoded.frame.body;
    expect([...new Float64Array(buffer, byteOffset, 2)]).toEqual([1.5, -2]);
  });

  test('that is cut off, lengthened or changed in its first bytes is none', () => {
    const bytes = encodeFrame({ header: { a: 1 }, body: null });
    for (let length = 0; length < bytes.length; length++)
      expect(decodeFrame(bytes.subarray(0, length)).ok).toBe(false);
    expect(decodeFrame(new Uint8Array([...bytes, 0])).ok).toBe(false);
    for (const at of [0, 1, 2, 3, 4, 7]) {
      const changed = bytes.slice();
      changed[at] = 0xff;
      expect(decodeFrame(changed).ok, `byte ${at}`).toBe(false);
    }
  });

  test('larger than the limit is refused on both ends', () => {
    const body = new Uint8Array(MAX_FRAME_BYTES);
    expect(() => encodeFrame({ header: null, body })).toThrow(RangeError);
    expect(decodeFrame(new Uint8Array(MAX_FRAME_BYTES + 1)).ok).toBe(false);
  });
});
