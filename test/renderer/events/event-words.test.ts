import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OP, callsInRow } from '#engine/event/op.ts';
import { optionTag } from '#engine/model/socket-option.ts';
import { WSA } from '#engine/model/winsock-error.ts';
import { rowOf, type EventRow } from '#renderer/events/event-row.ts';
import { eventWords, timeWords, tookWords } from '#renderer/events/event-words.ts';
import { toTsv } from '#renderer/screens/run/events/tsv.ts';
import { FULL, recordedView, type RecordedView } from '../run/recorded-view.ts';

const ADDRESSES = ['', '10.0.0.1', 'fe80::1'];
const BLANK: EventRow = {
  seq: 0,
  t: 0,
  dur: 0,
  op: OP.mark,
  arm: 1,
  socket: 0,
  address: 0,
  port: 0,
  code: 0,
  value: 0,
};

describe('the words of a row', () => {
  test.each([
    ['socket', { op: OP.socket, socket: 5, value: 3 }, '5 |  |  |  | UDP, IPv6'],
    [
      'setsockopt',
      { op: OP.setsockopt, socket: 5, port: optionTag('SO_PORT_SCALABILITY'), value: 1 },
      '5 |  |  |  | SO_PORT_SCALABILITY (0x3006) to 1',
    ],
    [
      'setsockopt of an unknown option',
      { op: OP.setsockopt, socket: 5, port: 0x77, value: 2 },
      '5 |  |  |  | option 0x0077 to 2',
    ],
    [
      'getsockopt that failed',
      { op: OP.getsockopt, socket: 5, port: 0x3007, code: WSA.WSAENOPROTOOPT },
      '5 |  |  | WSAENOPROTOOPT (10042) | SO_REUSE_UNICASTPORT (0x3007)',
    ],
    ['bind', { op: OP.bind, socket: 5, address: 1 }, '5 | 10.0.0.1 | 0 |  | any port asked for'],
    [
      'bind that failed',
      { op: OP.bind, socket: 5, address: 2, port: 50_000, code: WSA.WSAEADDRINUSE },
      '5 | fe80::1 | 50000 | WSAEADDRINUSE (10048) | this port asked for',
    ],
    [
      'getsockname',
      { op: OP.getsockname, socket: 5, address: 1, port: 50_000 },
      '5 | 10.0.0.1 | 50000 |  | port held from now on',
    ],
    ['listen', { op: OP.listen, socket: 5, value: 2_000 }, '5 |  |  |  | backlog 2,000'],
    [
      'connect',
      { op: OP.connect, socket: 5, address: 1, port: 443, code: 10_999 },
      '5 | 10.0.0.1 | 443 | error 10999 | the remote end',
    ],
    [
      'accept',
      { op: OP.accept, socket: 6, address: 1, port: 443, value: 5 },
      '6 | 10.0.0.1 | 443 |  | on listening socket 5',
    ],
    [
      'close',
      { op: OP.close, socket: 5, address: 1, port: 50_000 },
      '5 | 10.0.0.1 | 50000 |  | this port given back',
    ],
    [
      'close by reset',
      { op: OP.close, socket: 5, address: 1, port: 50_000, value: 2 },
      '5 | 10.0.0.1 | 50000 |  | this port given back, by reset',
    ],
    ['close of an unbound one', { op: OP.close, socket: 5 }, '5 |  |  |  | held no port'],
    [
      'fill',
      { op: OP.fill, socket: 10, address: 1, port: 49_152, value: 1_000 },
      '10–1009 | 10.0.0.1 | 49152–50151 |  | 1,000 ports bound, a socket each',
    ],
    [
      'release',
      { op: OP.release, socket: 10, address: 1, port: 49_152, value: 1 },
      '10 | 10.0.0.1 | 49152 |  | this port is free again',
    ],
    [
      'reserve',
      { op: OP.reserve, socket: 4, port: 50_000, value: 20 },
      '4 |  | 50000 |  | 20 ports reserved',
    ],
    [
      'reserve that failed',
      { op: OP.reserve, socket: 4, value: 20, code: WSA.WSAEOPNOTSUPP },
      '4 |  |  | WSAEOPNOTSUPP (10045) | 20 ports asked for',
    ],
    [
      'associate',
      { op: OP.associate, socket: 5, value: 4 },
      '5 |  |  |  | with the reservation of socket 4',
    ],
    [
      'associate with a persistent block',
      { op: OP.associate, socket: 5, port: 45_000, value: 10 },
      '5 |  | 45000 |  | with the persistent block of 10 ports',
    ],
    [
      'kind of fills',
      { op: OP.fillOf, value: (8 << 8) | 1 },
      ' |  |  |  | the next rows bind IPv4 UDP sockets with SO_PORT_SCALABILITY',
    ],
    ['process', { op: OP.process, value: 3 }, ' |  |  |  | process 3 makes the next calls'],
    ['process of the lab', { op: OP.process }, ' |  |  |  | the lab makes the next calls'],
    ['exit', { op: OP.exit, value: 3 }, ' |  |  |  | process 3 ends'],
    [
      'address that comes',
      { op: OP.addressAdd, address: 1 },
      ' | 10.0.0.1 |  |  | the host gets this address',
    ],
    ['wait', { op: OP.wait, value: 120_000 }, ' |  |  |  | 120 s pass'],
    ['mark', { op: OP.mark, value: 2 }, ' |  |  |  | the arm is at its peak'],
    ['a mark of a later version', { op: OP.mark, value: 99 }, ' |  |  |  | mark 99'],
    ['a call of a later version', { op: 77, socket: 1, value: 4 }, '1 |  |  |  | value 4'],
    [
      'an address it does not know',
      { op: OP.bind, address: 9 },
      ' | address 9 | 0 |  | any port asked for',
    ],
  ])('%s', (_, given, expected) => {
    const { socket, address, port, error, meaning } = eventWords({ ...BLANK, ...given }, ADDRESSES);
    expect([socket, address, port, error, meaning].join(' | ')).toBe(expected);
  });

  test('times do not lose the µs, however long the run', () => {
    expect(timeWords(0)).toBe('0.000');
    expect(timeWords(1_234_567)).toBe('1.235');
    expect(timeWords(3_600e9)).toBe('3,600,000.000');
    expect(tookWords(860)).toBe('0.9');
    expect(tookWords(2_627_500)).toBe('2,627.5');
  });

  test('a row’s number may be typed with separators, and must be one of the run', () => {
    expect(rowOf('1,204', 2_000)).toBe(1_204);
    expect(rowOf(' 12 345 ', 20_000)).toBe(12_345);
    expect(rowOf('0', 1)).toBe(0);
    for (const text of ['', '-1', '1e3', '2000', 'abc', '9'.repeat(30)]) {
      expect(rowOf(text, 2_000), text).toBeNull();
    }
  });
});

describe('the words of a run recorded for real', () => {
  let recorded: RecordedView;
  beforeAll(async () => {
    recorded = await recordedView(FULL);
  });
  afterAll(() => recorded.close());

  test('every row has a call and a meaning, and the calls add up', () => {
    const { rows, view } = recorded;
    let calls = 0;
    const unsaid: EventRow[] = [];
    for (const row of rows) {
      calls += callsInRow(row.op, row.value);
      const { call, error, meaning, address } = eventWords(row, view.addresses);
      const isSaid =
        meaning !== '' && !call.startsWith('op ') && (row.code === 0) === (error === '');
      if (!isSaid || address.startsWith('address ')) unsaid.push(row);
    }
    expect(unsaid).toEqual([]);
    expect(calls).toBe(view.document.run.eventCount);
  });

  test('as text for a spreadsheet, every row has every column, as recorded', () => {
    const { rows, view } = recorded;
    const some = rows.slice(16_380, 16_420);
    const [header, ...lines] = toTsv(some, view.addresses).trimEnd().split('\r\n');
    const names = header?.split('\t') ?? [];
    expect(lines.length).toBe(some.length);
    lines.forEach((line, at) => {
      const cells = line.split('\t');
      expect(cells.length).toBe(names.length);
      const cell = (name: string): string => cells[names.indexOf(name)] ?? '';
      const row = some[at]!;
      expect(Number(cell('row'))).toBe(row.seq);
      expect(Number(cell('t_ns'))).toBe(row.t);
      expect(Number(cell('code'))).toBe(row.code);
      expect(cell('address')).toBe(view.addresses[row.address]);
    });
  });
});
