import assert from 'node:assert/strict';
import { OP } from '#engine/event/op.ts';
import { WSA } from '#engine/model/winsock-error.ts';
import type { CloseHow, SocketStack } from '#engine/stack/socket-stack.ts';
import { type Bench, type SuiteCase, bound, tcp } from './suite-case.ts';

const TRIES = 500;
const BACKLOG = 5;
/** A port outside every pool the suite counts. */
const NAMED_PORT = 20_007;

/** A listening socket on a wildcard port. */
function listening(stack: SocketStack, address: string): { socket: number; port: number } {
  const listener = bound(stack, address);
  assert.equal(stack.listen(listener.socket, BACKLOG), 0);
  return listener;
}

/** Connects to the end. @returns code */
function connect(stack: SocketStack, socket: number, address: string, port: number): number {
  const remote = stack.intern(address);
  let code = stack.connect(socket, remote, port);
  for (let i = 0; code === WSA.WSAEWOULDBLOCK && i < TRIES; i++) {
    code = stack.connect(socket, remote, port);
  }
  return code;
}

/** The next connection that waits. */
function accept(stack: SocketStack, listener: number): number {
  let accepted = stack.accept(listener);
  for (let i = 0; accepted === -WSA.WSAEWOULDBLOCK && i < TRIES; i++) {
    accepted = stack.accept(listener);
  }
  assert.ok(accepted > 0, `accept gave ${accepted}`);
  return accepted;
}

/**
 * Connects from a wildcard port of `address`, closes, and takes the listener away too.
 * @returns how many wildcard ports the address gives afterwards
 */
function portsAfterClose({ stack, log, host }: Bench, address: string, how: CloseHow): number {
  const [at] = host.spares;
  const listener = tcp(stack);
  assert.equal(stack.bind(listener, stack.intern(at), NAMED_PORT), 0);
  assert.equal(stack.listen(listener, BACKLOG), 0);
  const client = bound(stack, address);
  assert.equal(connect(stack, client.socket, at, NAMED_PORT), 0);
  const accepted = accept(stack, listener);
  if (how === 'remote') assert.equal(stack.close(accepted), 0);
  assert.equal(stack.close(client.socket, how), 0);
  const row = log.rows.at(-1);
  assert.deepEqual(
    [row?.op, row?.socket, row?.address, row?.port, row?.code, row?.value],
    [OP.close, client.socket, stack.intern(address), client.port, 0, HOW_VALUES[how]],
  );
  if (how !== 'remote') assert.equal(stack.close(accepted), 0);
  assert.equal(stack.close(listener), 0);
  const { bound: got } = stack.fill({
    protocol: 'tcp',
    family: 'ipv4',
    addresses: [stack.intern(address)],
    from: 0,
    options: [],
    count: host.pool + 40,
    budgetNs: 60e9,
  });
  return got;
}

const HOW_VALUES: Readonly<Record<CloseHow, number>> = { local: 0, remote: 1, abort: 2 };

/** Connections: how they come about, what ends them, and what stays of them. */
export const CONNECTION_CASES: readonly SuiteCase[] = [
  {
    name: 'a connection over a listener: connected, accepted, both ends named',
    check: ({ stack, log, host }) => {
      const listener = listening(stack, host.a);
      assert.equal(stack.accept(listener.socket), -WSA.WSAEWOULDBLOCK, 'nobody has come yet');
      const client = tcp(stack);
      assert.equal(connect(stack, client, host.a, listener.port), 0);
      assert.ok(stack.getsockname(client) > 0, 'connect bound it');
      const accepted = accept(stack, listener.socket);
      const row = log.rows.findLast(({ op }) => op === OP.accept);
      assert.deepEqual(
        [row?.socket, row?.address, row?.port, row?.code, row?.value],
        [accepted, stack.intern(host.a), listener.port, 0, listener.socket],
      );
      assert.equal(stack.getsockname(accepted), listener.port);
      assert.equal(stack.closeAll(), 3);
    },
  },
  {
    name: 'connect binds an unbound socket for good, and connects once',
    check: ({ stack, host }) => {
      const listener = listening(stack, host.a);
      const client = tcp(stack);
      assert.equal(connect(stack, client, host.a, listener.port), 0);
      assert.equal(stack.bind(client, stack.intern(host.b), 0), WSA.WSAEINVAL);
      assert.equal(connect(stack, client, host.a, listener.port), WSA.WSAEISCONN);
      assert.equal(stack.listen(client, BACKLOG), host.listenConnectedCode);
      stack.close(client, 'abort');
    },
  },
  {
    name: 'a listening socket connects nowhere, and an unbound one does not listen',
    check: ({ stack, host }) => {
      const listener = listening(stack, host.a);
      assert.equal(connect(stack, listener.socket, host.a, listener.port), WSA.WSAEINVAL);
      assert.equal(stack.listen(tcp(stack), BACKLOG), WSA.WSAEINVAL);
      assert.equal(stack.accept(tcp(stack)), -WSA.WSAEINVAL);
    },
  },
  {
    name: 'without an auto-reuse range SO_REUSE_UNICASTPORT puts no choice off: bind gives a port',
    check: ({ stack, host }) => {
      const socket = tcp(stack);
      assert.equal(stack.setsockopt(socket, 'SO_REUSE_UNICASTPORT', 1), 0);
      assert.equal(stack.bind(socket, stack.intern(host.a), 0), 0);
      assert.ok(stack.getsockname(socket) > 0);
    },
  },
  {
    name: 'two sockets on one port may not connect to the same remote endpoint at once',
    check: ({ stack, host }) => {
      const [first, second] = [listening(stack, host.b), listening(stack, host.b)];
      const { socket, port } = bound(stack, host.a);
      stack.close(socket);
      const [one, two] = [tcp(stack), tcp(stack)];
      for (const client of [one, two]) {
        assert.equal(stack.setsockopt(client, 'SO_REUSEADDR', 1), 0);
        assert.equal(stack.bind(client, stack.intern(host.a), port), 0);
      }
      assert.equal(connect(stack, one, host.b, first.port), 0);
      assert.equal(connect(stack, two, host.b, first.port), host.tupleTakenCode);
      assert.equal(stack.getsockname(two), port, 'it stays bound');
      assert.equal(connect(stack, two, host.b, second.port), 0);
      for (const client of [one, two]) stack.close(client, 'abort');
    },
  },
  {
    name: 'a connection this side resets leaves its port free at once',
    check: (bench) => {
      assert.equal(portsAfterClose(bench, bench.host.b, 'abort'), bench.host.pool);
    },
  },
  {
    name: 'a connection the peer closed before leaves its port free at once',
    check: (bench) => {
      assert.equal(portsAfterClose(bench, bench.host.b, 'remote'), bench.host.pool);
    },
  },
  {
    name: 'a connection this side closes first keeps its port in TIME_WAIT',
    check: (bench) => {
      assert.equal(portsAfterClose(bench, bench.host.spares[1], 'local'), bench.host.pool - 1);
    },
  },
  {
    name: 'a reset of what was never connected is a plain close, for UDP too',
    check: ({ stack, log, host }) => {
      for (const protocol of ['tcp', 'udp'] as const) {
        const socket = stack.socket(protocol, 'ipv4');
        assert.equal(stack.bind(socket, stack.intern(host.a), 0), 0);
        const port = stack.getsockname(socket);
        assert.equal(stack.close(socket, 'abort'), 0);
        assert.deepEqual([log.rows.at(-1)?.port, log.rows.at(-1)?.value], [port, 2]);
        const again = stack.socket(protocol, 'ipv4');
        assert.equal(stack.bind(again, stack.intern(host.a), port), 0);
      }
    },
  },
];
