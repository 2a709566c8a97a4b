import assert from 'node:assert/strict';
import { OP } from '#engine/event/op.ts';
import { WSA } from '#engine/model/winsock-error.ts';
import type { FillRequest, SocketStack } from '#engine/stack/socket-stack.ts';
import { heldPorts } from './event-log.ts';
import { type SuiteCase, tcp } from './suite-case.ts';

const SECOND = 1e9;

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

/** Binding and releasing many at once, to the last port. */
export const FILL_CASES: readonly SuiteCase[] = [
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
      assert.equal(result.next, host.pool, 'the refused bind is the next to try');
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
];
