import assert from 'node:assert/strict';
import { OP } from '#engine/event/op.ts';
import { WSA } from '#engine/model/winsock-error.ts';
import type { SocketStack } from '#engine/stack/socket-stack.ts';
import { type SuiteCase, bound, tcp } from './suite-case.ts';

const BLOCK = 10;

/** A block the system chose, and the socket it hangs on. */
function block(stack: SocketStack): { holder: number; start: number } {
  const holder = tcp(stack);
  const start = stack.reserve(holder, 0, BLOCK);
  assert.ok(start > 0 && start + BLOCK - 1 <= 65_535, `block at ${start}`);
  return { holder, start };
}

/** Whom ports and sockets belong to: reservations, processes. */
export const OWNER_CASES: readonly SuiteCase[] = [
  {
    name: 'every reservation call is one event, whatever it answers',
    check: ({ stack, log, host }) => {
      const [holder, socket] = [tcp(stack), tcp(stack)];
      log.take();
      const start = stack.reserve(holder, 0, BLOCK);
      const code = stack.associate(socket, holder);
      const persistent = stack.associatePersistent(tcp(stack), 60_000, 7);
      const rows = log.take().filter(({ op }) => op !== OP.socket);
      assert.deepEqual(
        rows.map((row) => [row.op, row.socket, row.address, row.port, row.code, row.value]),
        [
          [OP.reserve, holder, 0, Math.max(start, 0), Math.max(-start, 0), BLOCK],
          [OP.associate, socket, 0, 0, code, holder],
          [OP.associate, socket + 1, 0, 60_000, persistent, 7],
        ],
      );
      assert.equal(start > 0, host.reserves);
      assert.equal(code, host.reserves ? 0 : WSA.WSAEOPNOTSUPP);
      assert.equal(persistent, host.noSuchBlockCode, 'the lab makes no persistent block');
    },
  },
  {
    name: 'a block serves the sockets associated with it, and nobody else; or the host has none',
    check: ({ stack, host }) => {
      if (!host.reserves) {
        for (const start of [0, 50_000]) {
          assert.equal(stack.reserve(tcp(stack), start, BLOCK), -WSA.WSAEOPNOTSUPP);
        }
        assert.equal(stack.reserve(stack.socket('udp', 'ipv4'), 0, 1), -WSA.WSAEOPNOTSUPP);
        return;
      }
      const { holder, start } = block(stack);
      const a = stack.intern(host.a);
      assert.equal(stack.reserve(holder, 0, BLOCK), -WSA.WSAEINVAL, 'one block a socket');
      const taken = new Set<number>();
      for (let i = 0; i < BLOCK; i++) {
        const socket = tcp(stack);
        assert.equal(stack.associate(socket, holder), 0);
        assert.equal(stack.bind(socket, a, 0), 0);
        taken.add(stack.getsockname(socket));
      }
      assert.deepEqual(
        [...taken].toSorted((x, y) => x - y),
        Array.from({ length: BLOCK }, (_, i) => start + i),
      );
      assert.equal(stack.bind(tcp(stack), stack.intern(host.b), start), WSA.WSAEACCES);
    },
  },
  {
    name: 'a socket associates before its bind, with a socket that has a block',
    check: ({ stack, host }) => {
      const late = bound(stack, host.a).socket;
      const without = tcp(stack);
      const code = host.reserves ? WSA.WSAEINVAL : WSA.WSAEOPNOTSUPP;
      assert.equal(stack.associate(tcp(stack), without), code);
      if (host.reserves) assert.equal(stack.associate(late, block(stack).holder), code);
    },
  },
  {
    name: 'a block ends with the socket it hangs on',
    check: ({ stack, host }) => {
      if (!host.reserves) {
        const socket = tcp(stack);
        assert.ok(stack.reserve(socket, 0, BLOCK) < 0);
        assert.equal(stack.close(socket), 0);
        return;
      }
      const { holder, start } = block(stack);
      assert.equal(stack.reserve(tcp(stack), start, BLOCK), -WSA.WSAEADDRINUSE);
      assert.equal(stack.close(holder), 0);
      assert.equal(stack.reserve(tcp(stack), start, BLOCK), start);
    },
  },
  {
    name: 'sockets belong to the process they were made for, or there is but one process',
    check: ({ stack, host }) => {
      const address = stack.intern(host.a);
      const request = {
        protocol: 'tcp',
        family: 'ipv4',
        addresses: [address],
        from: 0,
        options: [],
        count: 2,
        process: 3,
        budgetNs: 60e9,
      } as const;
      assert.equal(stack.bind(stack.socket('tcp', 'ipv4', 0), address, 0), 0);
      if (host.hasProcesses) {
        assert.equal(stack.bind(stack.socket('tcp', 'ipv4', 3), address, 0), 0);
        assert.equal(stack.fill(request).bound, 2);
        assert.equal(stack.open, 4);
        return;
      }
      assert.throws(() => stack.socket('tcp', 'ipv4', 3), RangeError);
      assert.throws(() => stack.fill(request), RangeError);
      assert.equal(stack.open, 1);
    },
  },
];
