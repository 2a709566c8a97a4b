import { describe, expect, test } from 'vitest';
import { poolIndex } from '#engine/allocator/port-allocator.ts';
import { BATCH_ROWS, EventBatch } from '#engine/event/event-batch.ts';
import { FORMAT_VERSION, decodeEvents, encodeEvents } from '#engine/event/event-codec.ts';
import { MARK } from '#engine/event/mark.ts';
import { FILL_OPTIONS_SHIFT, OP, callsInRow } from '#engine/event/op.ts';
import { SOCKET_OPTION_NAMES, optionTag } from '#engine/model/socket-option.ts';
import { ERROR_LOST } from '#engine/model/winsock-error.ts';
import { CLOSE_HOW, MOST_PROCESSES } from '#engine/stack/socket-stack.ts';

/**
 * Event format 1, as it was frozen. What is written down here is in recordings people keep: it may get
 * company, and never another meaning. Where that can't be, FORMAT_VERSION goes up (docs/database.md).
 */

const OPS = {
  socket: 1,
  setsockopt: 2,
  getsockopt: 3,
  bind: 4,
  getsockname: 5,
  listen: 6,
  connect: 7,
  accept: 8,
  close: 9,
  fill: 10,
  release: 11,
  reserve: 12,
  associate: 13,
  process: 14,
  exit: 15,
  addressAdd: 16,
  addressRemove: 17,
  wait: 18,
  fillOf: 19,
  mark: 20,
  canary: 21,
};

const MARKS = { armBegin: 1, armPeak: 2, armEnd: 3, phase: 4, windowOpen: 5, windowClose: 6 };

/** In the order of their bits in a `fillOf` row. */
const OPTION_TAGS = [
  ['SO_REUSEADDR', 0x0004],
  ['SO_EXCLUSIVEADDRUSE', 0xfffb],
  ['SO_RANDOMIZE_PORT', 0x3005],
  ['SO_PORT_SCALABILITY', 0x3006],
  ['SO_REUSE_UNICASTPORT', 0x3007],
  ['IPV6_V6ONLY', 0x001b],
];

/** Four rows with the extremes of most columns, and the bytes they are. */
const ROWS = [
  { t: 1_000, dur: 500, op: 4, arm: 1, socket: 7, address: 1, port: 0, code: 0, value: 0 },
  {
    t: 1_700,
    dur: 4_294_967_295,
    op: 5,
    arm: 1,
    socket: 7,
    address: 1,
    port: 50_000,
    code: 0,
    value: 0,
  },
  {
    t: -3,
    dur: 1,
    op: 4,
    arm: 2,
    socket: 8,
    address: 2,
    port: 65_535,
    code: 10_055,
    value: 4_294_967_295,
  },
  {
    t: 9_007_199_254_740_991,
    dur: 0,
    op: 255,
    arm: 255,
    socket: 4_294_967_295,
    address: 65_535,
    port: 1,
    code: 65_535,
    value: 1,
  },
] as const;
const BYTES = [
  '04000000040504fff4ff010001ff000000ff000000ff0000e8c85a010300f9000000ff000000ff000000fe000000ff00',
  '0000ff200000ff000e0e0201000000000000000000000000000001020000000000000000000000000202020100000000',
  '005f01020079000000008e0100004e0002020201',
].join('');

describe('format 1', () => {
  test('is what is recorded', () => {
    expect(FORMAT_VERSION).toBe(1);
  });

  test('has these calls by these numbers; others may come, with numbers of their own', () => {
    expect(OP).toMatchObject(OPS);
    const numbers: number[] = Object.values(OP);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(Math.max(...numbers)).toBeLessThan(256);
  });

  test('has these marks', () => {
    expect(MARK).toMatchObject(MARKS);
    const numbers: number[] = Object.values(MARK);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  test('names options by these tags, and says in this order which of them a fill’s sockets have', () => {
    const tags = SOCKET_OPTION_NAMES.map((name) => [name, optionTag(name)]);
    expect(tags.slice(0, OPTION_TAGS.length)).toEqual(OPTION_TAGS);
    expect(FILL_OPTIONS_SHIFT).toBe(8);
  });

  test('says protocol and family, who closed, which process and a lost error in these numbers', () => {
    expect([
      poolIndex('tcp', 'ipv4'),
      poolIndex('udp', 'ipv4'),
      poolIndex('tcp', 'ipv6'),
      poolIndex('udp', 'ipv6'),
    ]).toEqual([0, 1, 2, 3]);
    expect(CLOSE_HOW).toEqual({ local: 0, remote: 1, abort: 2 });
    expect(MOST_PROCESSES).toBeGreaterThanOrEqual(1_024);
    expect(ERROR_LOST).toBe(65_535);
  });

  test('counts calls so', () => {
    const counts = Object.values(OPS).map((op) => callsInRow(op, 7));
    const expected = Object.keys(OPS).map((name) =>
      name === 'fillOf' ? 0 : name === 'fill' || name === 'release' ? 7 : 1,
    );
    expect(counts).toEqual(expected);
  });

  test('is these bytes, byte for byte', () => {
    const batch = new EventBatch(ROWS.length, ROWS.length);
    ROWS.forEach((row, at) => {
      for (const [column, value] of Object.entries(row)) {
        batch[column as keyof typeof row][at] = value;
      }
    });
    expect(Buffer.from(encodeEvents(batch)).toString('hex')).toBe(BYTES);
    const decoded = decodeEvents(Buffer.from(BYTES, 'hex'));
    expect(decoded.ok && decoded.batch.buffer).toEqual(batch.buffer);
    expect(BATCH_ROWS).toBe(4_096);
  });
});
