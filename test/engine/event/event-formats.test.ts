import { describe, expect, test } from 'vitest';
import { EventBatch } from '#engine/event/event-batch.ts';
import { FORMAT_VERSION, encodeEvents } from '#engine/event/event-codec.ts';
import { decodeFormat, formatProblem } from '#engine/event/event-formats.ts';

function oneRow(): Uint8Array {
  const batch = new EventBatch(1, 1);
  batch.t[0] = 7;
  return encodeEvents(batch);
}

test('every format up to today’s is read', () => {
  for (let version = 1; version <= FORMAT_VERSION; version++) {
    expect(formatProblem(version), `format ${version}`).toBeNull();
  }
  const decoded = decodeFormat(FORMAT_VERSION, oneRow());
  expect(decoded.ok && decoded.batch.t[0]).toBe(7);
});

describe('a format this lab does not know', () => {
  test('is a newer lab’s, and says so, whatever its bytes look like', () => {
    expect(formatProblem(FORMAT_VERSION + 1)).toBe(
      `a newer lab recorded it (event format ${FORMAT_VERSION + 1}, this lab knows ${FORMAT_VERSION})`,
    );
    expect(decodeFormat(FORMAT_VERSION + 1, oneRow())).toEqual({
      ok: false,
      problem: formatProblem(FORMAT_VERSION + 1),
    });
  });

  test.each([0, -1, 0.5, Number.NaN])('%d never was', (version) => {
    expect(formatProblem(version)).toMatch(/^there never was/);
    expect(decodeFormat(version, oneRow()).ok).toBe(false);
  });
});
