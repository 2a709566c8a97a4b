import assert from 'node:assert/strict';
import { OP } from '#engine/event/op.ts';
import { SOCKET_OPTIONS } from '#engine/model/socket-option.ts';
import { WSA } from '#engine/model/winsock-error.ts';
import type { FillRequest, SocketStack } from '#engine/stack/socket-stack.ts';
import { EventLog, heldPorts } from './event-log.ts';
import type { SuiteHost } from './suite-host.ts';

/** What a case works with. */
interface Bench {
  readonly stack: SocketStack;
  readonly log: EventLog;
  readonly host: SuiteHost;
}

interface SuiteCase {
  readonly name: string;
  readonly check: (bench: Bench) => void;
}

const SECOND = 1e9;
const CONNECT_TRIES = 500;

/** Runs one case on a stack of its own. */
export function runCase({ check }: SuiteCase, host: SuiteHost): void {
  const log = new EventLog(host.onEmit);
  const stack = host.create(log);
  try {
    check({ stack, log, host });
  } finally {
    stack.dispose();
  }
  assert.equal(stack.open, 0, 'dispose leaves no socket open');
}

function fillOf(stack: SocketStack, addresses: readonly string[], count: number): FillRequest {
  return {
    protocol: 'tcp',
    family: 'ipv4',
    addresses: addresses.map((address) => stack.intern(address)),
    from: 0,
    options: [],
    count,
    budgetNs: 60 * SECOND,
  };
}

/** A TCP/IPv4 socket, known good. */
function tcp(stack: SocketStack): number {
  const socket = stack.socket('tcp', 'ipv4');
  assert.ok(socket > 0, `socket gave ${socket}`);
  return socket;
}

/** A TCP/IPv4 socket bound to a wildcard port, and that port. */
function bound(stack: SocketStack, address: string): { socket: number; port: number } {
  const socket = tcp(stack);
  assert.equal(stack.bind(socket, stack.intern(address), 0), 0);
  const port = stack.getsockname(socket);
  assert.ok(port > 0 && port <= 65_535, `port ${port}`);
  return { socket, port };
}

export const SOCKET_STACK_SUITE: readonly SuiteCase[] = [
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
  {
    name: 'fill binds in rotation, numbers its sockets without a gap, and says where to go on',
    check: ({ stack, log, host }) => {
      const request = { ...fillOf(stack, [host.a, host.b], 5), from: 1 };
      const result = stack.fill({ ...request, options: ['SO_PORT_SCALABILITY'] });
      assert.deepEqual(
        { bound: result.bound, next: result.next, refused: result.refused },
        { bound: 5, next: 6, refused: null },
      );
      assert.equal(stack.open, 5);
      const [a, b] = request.addresses;
      const held = [...heldPorts(log.take())];
      assert.equal(held.filter((key) => key.startsWith(`${a}:`)).length, 2);
      assert.equal(held.filter((key) => key.startsWith(`${b}:`)).length, 3);
      for (let i = 0; i < 5; i++) {
        const at = i % 2 === 0 ? b : a;
        assert.ok(held.includes(`${at}:${stack.getsockname(result.first + i)}`));
      }
      const more = stack.fill({ ...request, count: 1, from: result.next });
      assert.equal(more.first, result.first + 5);
    },
  },
  {
    name: 'a fill in slices binds as many as one without a limit',
    check: ({ stack, host }) => {
      const count = Math.min(host.pool, 64);
      let done = 0;
      let from = 0;
      for (let slices = 0; done < count && slices < 10_000; slices++) {
        const request = { ...fillOf(stack, [host.a], count - done), from, budgetNs: 2e6 };
        const result = stack.fill(request);
        assert.equal(result.refused, null);
        assert.equal(result.next, from + result.bound);
        done += result.bound;
        from = result.next;
      }
      assert.equal(done, count);
      assert.equal(stack.open, count);
    },
  },
  {
    name: 'release closes consecutive sockets, and their ports are free at once',
    check: ({ stack, log, host }) => {
      const { first } = stack.fill(fillOf(stack, [host.a], 20));
      assert.equal(stack.release(first, 15, 60 * SECOND), 15);
      assert.equal(stack.open, 5);
      const port = stack.getsockname(first + 15);
      assert.ok(port > 0, 'the rest is still bound');
      assert.equal(heldPorts(log.rows).size, 5);
      assert.equal(stack.getsockname(first + 14), -WSA.WSAENOTSOCK);
      assert.equal(stack.release(first, 20, 60 * SECOND), 20, 'closed ones are worked off too');
      assert.equal(stack.open, 0);
      assert.equal(stack.bind(tcp(stack), stack.intern(host.a), port), 0);
    },
  },
  {
    name: 'a fill ends at the first refused bind and leaves no half-made socket',
    check: ({ stack, log, host }) => {
      const refused = stack.fill(fillOf(stack, [host.foreign], 3));
      assert.equal(refused.bound, 0);
      assert.deepEqual(refused.refused, {
        op: OP.bind,
        code: WSA.WSAEADDRNOTAVAIL,
        address: stack.intern(host.foreign),
      });
      assert.equal(stack.open, 0);
      assert.equal(log.take().at(-1)?.op, OP.close);
    },
  },
  {
    name: 'without the option one address can take the whole pool, and then this host refuses',
    check: ({ stack, log, host }) => {
      const a = stack.intern(host.a);
      const result = stack.fill(fillOf(stack, [host.a], host.pool + 40));
      assert.equal(result.bound, host.pool);
      assert.deepEqual(result.refused, { op: OP.bind, code: host.exhaustionCode, address: a });
      assert.equal(stack.open, host.pool);
      assert.equal(heldPorts(log.take()).size, host.pool);
      const other = stack.fill(fillOf(stack, [host.b], host.pool + 40));
      assert.equal(other.bound, host.sharesWithoutOption ? host.pool : 0);
      assert.equal(other.refused?.code, host.exhaustionCode);
    },
  },
  {
    name: 'with the option each address gives the whole pool, the same numbers on both',
    check: ({ stack, log, host }) => {
      const request = fillOf(stack, [host.a, host.b], 2 * host.pool + 40);
      const result = stack.fill({ ...request, options: ['SO_PORT_SCALABILITY'] });
      assert.equal(result.bound, 2 * host.pool);
      assert.equal(result.refused?.code, host.exhaustionCode);
      const numbers = [...heldPorts(log.take())].map((key) => key.split(':')[1]);
      assert.equal(numbers.length, 2 * host.pool);
      assert.equal(new Set(numbers).size, host.pool);
      assert.equal(stack.closeAll(), 2 * host.pool);
      assert.equal(stack.open, 0);
    },
  },
  {
    name: 'a connection over a listener: connected, accepted, both ends named',
    check: ({ stack, log, host }) => {
      const { socket: listener, port } = bound(stack, host.a);
      assert.equal(stack.listen(listener, 5), 0);
      assert.equal(stack.accept(listener), -WSA.WSAEWOULDBLOCK, 'nobody has come yet');
      const client = tcp(stack);
      const remote = stack.intern(host.a);
      let code = stack.connect(client, remote, port);
      for (let i = 0; code === WSA.WSAEWOULDBLOCK && i < CONNECT_TRIES; i++) {
        code = stack.connect(client, remote, port);
      }
      assert.equal(code, 0);
      assert.ok(stack.getsockname(client) > 0, 'connect bound it');
      let accepted = stack.accept(listener);
      for (let i = 0; accepted === -WSA.WSAEWOULDBLOCK && i < CONNECT_TRIES; i++) {
        accepted = stack.accept(listener);
      }
      assert.ok(accepted > 0, `accept gave ${accepted}`);
      const row = log.rows.findLast(({ op }) => op === OP.accept);
      assert.deepEqual(
        [row?.socket, row?.address, row?.port, row?.code, row?.value],
        [accepted, remote, port, 0, listener],
      );
      assert.equal(stack.getsockname(accepted), port);
      assert.equal(stack.closeAll(), 3);
    },
  },
];
