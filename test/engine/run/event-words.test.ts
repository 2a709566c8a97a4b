import { describe, expect, test } from 'vitest';
import { OP } from '#engine/event/op.ts';
import { optionTag } from '#engine/model/socket-option.ts';
import { WSA } from '#engine/model/winsock-error.ts';
import { eventWords, type WordedRow } from '#engine/run/event-words.ts';

const ADDRESSES = ['', '10.0.0.1', 'fe80::1'];
const BLANK: WordedRow = { op: OP.mark, socket: 0, address: 0, port: 0, code: 0, value: 0 };

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
    ['a short wait', { op: OP.wait, value: 50 }, ' |  |  |  | 50 ms pass'],
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
});
