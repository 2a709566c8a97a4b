import assert from 'node:assert/strict';
import { OP } from '#engine/event/op.ts';
import { SOCKET_OPTIONS } from '#engine/model/socket-option.ts';
import { WSA } from '#engine/model/winsock-error.ts';
import { type SuiteCase, bound, tcp } from './suite-case.ts';

/** Single calls, their answers and their events. */
export const CALL_CASES: readonly SuiteCase[] = [
  {
    name: 'addresses are numbered from 1 in canonical spelling, and what is no address is refused',
    check: ({ stack, host }) => {
      assert.deepEqual(stack.addresses, ['']);
      assert.equal(stack.intern(host.a), 1);
      assert.equal(stack.intern(host.b), 2);
      assert.equal(stack.intern(host.a), 1);
      assert.equal(stack.intern('0:0::1'), stack.intern('::1'));
      assert.equal(stack.addresses[1], host.a);
      assert.throws(() => stack.intern('10.1'), RangeError);
      assert.throws(() => stack.bind(tcp(stack), 99, 0), RangeError);
    },
  },
  {
    name: 'socket numbers start at 1 and are never used again',
    check: ({ stack }) => {
      assert.equal(stack.socket('tcp', 'ipv4'), 1);
      assert.equal(stack.socket('udp', 'ipv4'), 2);
      assert.equal(stack.open, 2);
      assert.equal(stack.close(1), 0);
      assert.equal(stack.open, 1);
      assert.equal(stack.socket('tcp', 'ipv6'), 3);
      assert.equal(stack.close(1), WSA.WSAENOTSOCK, 'a closed number is dead');
    },
  },
  {
    name: 'the clock gives whole nanoseconds and never goes back',
    check: ({ stack }) => {
      let last = stack.now();
      for (let i = 0; i < 200; i++) {
        const now = stack.now();
        assert.ok(Number.isInteger(now) && now >= last);
        last = now;
      }
    },
  },
  {
    name: 'an unknown socket number answers 10038 to every call',
    check: ({ stack, host }) => {
      const address = stack.intern(host.a);
      for (const socket of [0, 7, 1_000_000]) {
        assert.equal(stack.setsockopt(socket, 'SO_REUSEADDR', 1), WSA.WSAENOTSOCK);
        assert.equal(stack.getsockopt(socket, 'SO_REUSEADDR'), -WSA.WSAENOTSOCK);
        assert.equal(stack.bind(socket, address, 0), WSA.WSAENOTSOCK);
        assert.equal(stack.getsockname(socket), -WSA.WSAENOTSOCK);
        assert.equal(stack.listen(socket, 1), WSA.WSAENOTSOCK);
        assert.equal(stack.connect(socket, address, 9), WSA.WSAENOTSOCK);
        assert.equal(stack.accept(socket), -WSA.WSAENOTSOCK);
        assert.equal(stack.reserve(socket, 0, 1), -WSA.WSAENOTSOCK);
        assert.equal(stack.associate(socket, socket), WSA.WSAENOTSOCK);
        assert.equal(stack.associatePersistent(socket, 50_000, 1), WSA.WSAENOTSOCK);
        for (const how of ['local', 'remote', 'abort'] as const) {
          assert.equal(stack.close(socket, how), WSA.WSAENOTSOCK);
        }
        assert.equal(stack.close(socket), WSA.WSAENOTSOCK);
      }
      assert.equal(stack.open, 0);
    },
  },
  {
    name: 'a wildcard port is held until its socket is closed',
    check: ({ stack, host }) => {
      const { socket, port } = bound(stack, host.a);
      assert.equal(stack.getsockname(socket), port);
      const rival = tcp(stack);
      assert.equal(stack.bind(rival, stack.intern(host.a), port), WSA.WSAEADDRINUSE);
      assert.equal(stack.close(socket), 0);
      assert.equal(stack.bind(rival, stack.intern(host.a), port), 0);
      assert.equal(stack.getsockname(rival), port);
    },
  },
  {
    name: 'the same explicit port may be bound on two specific addresses, and for TCP and UDP',
    check: ({ stack, host }) => {
      const { socket, port } = bound(stack, host.a);
      stack.close(socket);
      assert.equal(stack.bind(tcp(stack), stack.intern(host.a), port), 0);
      assert.equal(stack.bind(tcp(stack), stack.intern(host.b), port), 0);
      const udp = stack.socket('udp', 'ipv4');
      assert.equal(stack.bind(udp, stack.intern(host.a), port), 0);
    },
  },
  {
    name: 'misuse of bind and getsockname answers as documented',
    check: ({ stack, host }) => {
      const socket = tcp(stack);
      assert.equal(stack.getsockname(socket), -WSA.WSAEINVAL, 'unbound');
      assert.equal(stack.bind(socket, stack.intern(host.foreign), 0), WSA.WSAEADDRNOTAVAIL);
      assert.equal(stack.bind(socket, stack.intern(host.v6), 0), host.wrongFamilyCode);
      assert.equal(stack.bind(socket, stack.intern(host.a), 0), 0);
      assert.equal(stack.bind(socket, stack.intern(host.a), 0), WSA.WSAEINVAL, 'bound already');
    },
  },
  {
    name: 'options are set and read by number; SO_PORT_SCALABILITY reads as this host gives it',
    check: ({ stack, host }) => {
      const socket = tcp(stack);
      assert.equal(stack.getsockopt(socket, 'SO_REUSEADDR'), 0);
      assert.equal(stack.setsockopt(socket, 'SO_REUSEADDR', 1), 0);
      assert.equal(stack.getsockopt(socket, 'SO_REUSEADDR'), 1);
      assert.equal(stack.setsockopt(socket, 'SO_EXCLUSIVEADDRUSE', 1), WSA.WSAEINVAL);
      const other = tcp(stack);
      assert.equal(stack.setsockopt(other, 'SO_PORT_SCALABILITY', 1), 0);
      assert.equal(stack.getsockopt(other, 'SO_PORT_SCALABILITY'), host.optionReadsBack);
      const v6 = stack.socket('tcp', 'ipv6');
      assert.equal(stack.getsockopt(v6, 'IPV6_V6ONLY'), 1, 'Windows turns it on by default');
    },
  },
  {
    name: 'IPv6 sockets bind to wildcard ports of their own pool',
    check: ({ stack, host }) => {
      const socket = stack.socket('tcp', 'ipv6');
      assert.equal(stack.bind(socket, stack.intern(host.v6), 0), 0);
      assert.ok(stack.getsockname(socket) > 0);
      assert.equal(stack.addresses.at(-1), host.v6);
    },
  },
  {
    name: 'every call is one event, in order, with its code, inside the time it took',
    check: ({ stack, log, host }) => {
      const before = stack.now();
      const socket = tcp(stack);
      stack.setsockopt(socket, 'SO_REUSEADDR', 1);
      stack.getsockopt(socket, 'SO_REUSEADDR');
      const a = stack.intern(host.a);
      stack.bind(socket, a, 0);
      const port = stack.getsockname(socket);
      stack.bind(socket, a, 0);
      stack.close(socket);
      const after = stack.now();
      const rows = log.take();
      const tag = SOCKET_OPTIONS.SO_REUSEADDR.number;
      assert.deepEqual(
        rows.map((row) => [row.op, row.socket, row.address, row.port, row.code, row.value]),
        [
          [OP.socket, socket, 0, 0, 0, 0],
          [OP.setsockopt, socket, 0, tag, 0, 1],
          [OP.getsockopt, socket, 0, tag, 0, 1],
          [OP.bind, socket, a, 0, 0, 0],
          [OP.getsockname, socket, a, port, 0, 0],
          [OP.bind, socket, a, 0, WSA.WSAEINVAL, 0],
          [OP.close, socket, a, port, 0, 0],
        ],
      );
      let end = before;
      for (const { t, dur } of rows) {
        assert.ok(Number.isInteger(t) && Number.isInteger(dur) && dur >= 0);
        assert.ok(t >= end, 'a call starts when the one before has ended');
        end = t + dur;
      }
      assert.ok(end <= after);
    },
  },
];
