import { describe, expect, it } from 'vitest';
import { OP } from '#engine/event/op.ts';
import type { Ffi } from '#native/ffi/ffi.ts';
import { createWinsockStack, type WinsockStack } from '#native/winsock/winsock-stack.ts';
import { EventLog } from '#test/stack/event-log.ts';

/** A call as the DLL would see it. */
interface DllCall {
  readonly name: string;
  readonly args: readonly unknown[];
}

const ACQUIRE = 0x98000064;
const ASSOCIATE = 0x98000066;
/** Byte by byte different, so that a wrong order shows. */
const TOKEN = Buffer.from([1, 2, 3, 4, 5, 6, 7, 8]);
const PERSISTENT_TOKEN = Buffer.from([9, 10, 11, 12, 13, 14, 15, 16]);
const GRANTED = { start: 0xc351, count: 8 };
const ERROR_NOT_FOUND = 1168;

/**
 * DLLs that answer as Microsoft documents, byte for byte. Wine answers 10045 to every reservation, so
 * no system here runs these paths.
 */
function documentedDlls(calls: DllCall[], lookupStatus = 0): Ffi {
  const exports: Readonly<Record<string, (...args: never[]) => unknown>> = {
    WSASocketW: () => 100 + calls.filter(({ name }) => name === 'WSASocketW').length,
    WSAGetLastError: () => 10_022,
    WSAIoctl: (
      _socket: number,
      code: number,
      question: Buffer,
      _size: number,
      answer: Buffer | null,
    ) => {
      if (code === ACQUIRE && answer !== null) {
        answer.writeUInt16BE(GRANTED.start, 0);
        question.copy(answer, 2, 2, 4);
        TOKEN.copy(answer, 8);
        return 0;
      }
      const known = question.equals(TOKEN) || question.equals(PERSISTENT_TOKEN);
      return code === ASSOCIATE && known ? 0 : -1;
    },
    LookupPersistentTcpPortReservation: (_start: number, _count: number, token: Buffer) => {
      PERSISTENT_TOKEN.copy(token);
      return lookupStatus;
    },
    LookupPersistentUdpPortReservation: () => ERROR_NOT_FOUND,
  };
  const func =
    (name: string) =>
    (...args: never[]) => {
      // Buffers are used again for the next call.
      calls.push({
        name,
        args: args.map((arg) => (Buffer.isBuffer(arg) ? Buffer.from(arg) : arg)),
      });
      return exports[name]?.(...args) ?? 0;
    };
  return { name: 'koffi', load: () => ({ func: func as never }), addressOf: () => 0n };
}

function bench(lookupStatus?: number): { stack: WinsockStack; log: EventLog; calls: DllCall[] } {
  const calls: DllCall[] = [];
  const log = new EventLog();
  const ffi = documentedDlls(calls, lookupStatus);
  return { stack: createWinsockStack({ sink: log, ffi }), log, calls };
}

const ioctls = (calls: readonly DllCall[]) => calls.filter(({ name }) => name === 'WSAIoctl');

describe('port reservations, byte by byte', () => {
  it('ask for a block with the port in network order, and read it back so', () => {
    const { stack, log, calls } = bench();
    const holder = stack.socket('tcp', 'ipv4');
    expect(stack.reserve(holder, 0x1234, 8)).toBe(GRANTED.start);
    const [call] = ioctls(calls);
    expect(call?.args.slice(0, 4)).toEqual([101, ACQUIRE, Buffer.from([0x12, 0x34, 8, 0]), 4]);
    expect(call?.args[5]).toBe(16);
    expect(log.rows.at(-1)).toMatchObject({
      op: OP.reserve,
      socket: holder,
      address: 0,
      port: GRANTED.start,
      code: 0,
      value: 8,
    });
  });

  it('associate with the token of the block, and without a block with none', () => {
    const { stack, calls } = bench();
    const [holder, socket] = [stack.socket('tcp', 'ipv4'), stack.socket('tcp', 'ipv4')];
    expect(stack.associate(socket, holder)).toBe(10_022);
    stack.reserve(holder, 0, 8);
    expect(stack.associate(socket, holder)).toBe(0);
    const asked = ioctls(calls).filter(({ args }) => args[1] === ASSOCIATE);
    expect(asked.map(({ args }) => [args[0], args[2], args[3], args[4], args[5]])).toEqual([
      [102, Buffer.alloc(8), 8, null, 0],
      [102, TOKEN, 8, null, 0],
    ]);
  });

  it('give a socket one block, which ends with it', () => {
    const { stack, calls } = bench();
    const [holder, socket] = [stack.socket('tcp', 'ipv4'), stack.socket('tcp', 'ipv4')];
    stack.reserve(holder, 0, 8);
    expect(stack.reserve(holder, 0, 8)).toBe(-10_022);
    expect(ioctls(calls)).toHaveLength(1);
    stack.close(holder);
    expect(stack.associate(socket, holder)).toBe(10_022);
  });

  it('refuse by themselves what no call could carry', () => {
    const { stack, log, calls } = bench();
    const socket = stack.socket('tcp', 'ipv4');
    for (const [start, count] of [
      [-1, 1],
      [65_536, 1],
      [1, 65_536],
      [0.5, 1],
    ] as const) {
      expect(stack.reserve(socket, start, count)).toBe(-10_022);
      expect(stack.associatePersistent(socket, start, count)).toBe(10_022);
    }
    expect(ioctls(calls)).toEqual([]);
    expect(log.rows.filter(({ op }) => op === OP.reserve)).toHaveLength(4);
  });

  it('look a persistent block up by its protocol, and make none', () => {
    const { stack, log, calls } = bench();
    const [tcp, udp] = [stack.socket('tcp', 'ipv4'), stack.socket('udp', 'ipv6')];
    expect(stack.associatePersistent(tcp, 0x1234, 8)).toBe(0);
    expect(log.rows.at(-1)).toMatchObject({ op: OP.associate, port: 0x1234, code: 0, value: 8 });
    expect(stack.associatePersistent(udp, 0x1234, 8)).toBe(ERROR_NOT_FOUND);
    const lookups = calls.filter(({ name }) => name.startsWith('Lookup'));
    expect(lookups.map(({ name, args }) => [name, args[0], args[1]])).toEqual([
      ['LookupPersistentTcpPortReservation', 0x3412, 8],
      ['LookupPersistentUdpPortReservation', 0x3412, 8],
    ]);
    expect(ioctls(calls).map(({ args }) => args[2])).toEqual([PERSISTENT_TOKEN]);
    expect(calls.some(({ name }) => name.includes('Create'))).toBe(false);
  });

  it('say what the look-up said where it fails', () => {
    const { stack, calls } = bench(87);
    expect(stack.associatePersistent(stack.socket('tcp', 'ipv4'), 1, 1)).toBe(87);
    expect(ioctls(calls)).toEqual([]);
  });
});

describe('close by reset', () => {
  it('sets SO_LINGER with 0 seconds, for TCP only, right before the close', () => {
    const { stack, log, calls } = bench();
    const [tcp, udp] = [stack.socket('tcp', 'ipv4'), stack.socket('udp', 'ipv4')];
    calls.length = 0;
    stack.close(tcp, 'abort');
    stack.close(udp, 'abort');
    expect(calls.map(({ name, args }) => [name, ...args])).toEqual([
      ['setsockopt', 101, 0xffff, 0x0080, Buffer.from([1, 0, 0, 0]), 4],
      ['closesocket', 101],
      ['closesocket', 102],
    ]);
    expect(log.rows.slice(-2).map(({ op, value }) => [op, value])).toEqual([
      [OP.close, 2],
      [OP.close, 2],
    ]);
  });
});
