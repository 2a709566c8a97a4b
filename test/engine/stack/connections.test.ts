import { describe, expect, it } from 'vitest';
import {
  A,
  ANY,
  B,
  boundTo,
  connectTo,
  made,
  modelled,
  OTHER_REMOTE,
  SECOND,
  START,
} from './modelled.ts';

const REUSE = ['SO_REUSEADDR'] as const;

describe('connections of the simulated stack', () => {
  it('keep their port for TIME_WAIT when this side closes first, and not otherwise', () => {
    for (const [how, free] of [
      ['local', 9],
      ['remote', 10],
      ['abort', 10],
    ] as const) {
      const { stack } = modelled();
      const socket = boundTo(stack, A);
      expect(connectTo(stack, socket)).toBe(0);
      expect(stack.close(socket, how)).toBe(0);
      expect(stack.freeOnAll('tcp', 'ipv4'), how).toBe(free);
      stack.advance(120 * SECOND);
      expect(stack.freeOnAll('tcp', 'ipv4'), how).toBe(10);
    }
  });

  it('end TIME_WAIT to the nanosecond, counted from the close', () => {
    const { stack } = modelled({ assumptions: { A21: 60 } });
    const socket = boundTo(stack, A);
    connectTo(stack, socket);
    const closed = stack.now();
    stack.close(socket);
    stack.advance(closed + 60 * SECOND - 1 - stack.now());
    expect(stack.freeOnAll('tcp', 'ipv4')).toBe(9);
    stack.advance(1);
    expect(stack.freeOnAll('tcp', 'ipv4')).toBe(10);
  });

  it('never repeat a 4-tuple: the second connect answers 10048 and stays bound', () => {
    const { stack } = modelled();
    const one = boundTo(stack, A, 8_000, REUSE);
    const two = boundTo(stack, A, 8_000, REUSE);
    expect(connectTo(stack, one)).toBe(0);
    expect(connectTo(stack, two)).toBe(10048);
    expect(stack.getsockname(two)).toBe(8_000);
    expect(connectTo(stack, two, 443, OTHER_REMOTE)).toBe(0);
    const third = boundTo(stack, A, 8_000, REUSE);
    stack.close(one);
    expect(connectTo(stack, third), 'TIME_WAIT').toBe(10048);
    stack.advance(120 * SECOND);
    expect(connectTo(stack, third)).toBe(0);
  });

  it('leave only the tuple where a profile says so, and the next one collides', () => {
    const { stack } = modelled({
      dynamicRanges: { tcp4: { start: START, count: 1 } },
      assumptions: { timeWaitScope: 'tuple' },
    });
    const socket = boundTo(stack, A);
    connectTo(stack, socket);
    stack.close(socket);
    const next = boundTo(stack, A);
    expect(stack.getsockname(next)).toBe(START);
    expect(connectTo(stack, next)).toBe(10048);
    stack.advance(120 * SECOND);
    expect(connectTo(stack, next)).toBe(0);
  });

  it('within the host, the end that closes second has no TIME_WAIT', () => {
    const { stack } = modelled();
    const listener = boundTo(stack, A, 8_080);
    stack.listen(listener, 5);
    const client = boundTo(stack, B);
    expect(connectTo(stack, client, 8_080, A)).toBe(0);
    const accepted = stack.accept(listener);
    stack.close(listener);
    stack.close(accepted);
    stack.close(client);
    expect(stack.freeOnAll('tcp', 'ipv4'), 'the client closed second').toBe(10);
    const rival = made(stack);
    expect(stack.bind(rival, stack.intern(A), 8_080), 'the server closed first').toBe(10048);
    stack.advance(120 * SECOND);
    expect(stack.bind(rival, stack.intern(A), 8_080)).toBe(0);
  });

  it('die with their process: its sockets close, its connections wait, others go on', () => {
    const { stack } = modelled();
    boundTo(stack, A, 0, [], 1);
    const connected = boundTo(stack, A, 0, [], 1);
    connectTo(stack, connected);
    const other = boundTo(stack, A, 0, [], 2);
    expect(stack.exit(1)).toBe(2);
    expect(stack.open).toBe(1);
    expect(stack.getsockname(other)).toBeGreaterThan(0);
    expect(stack.freeOnAll('tcp', 'ipv4')).toBe(8);
    stack.advance(120 * SECOND);
    expect(stack.freeOnAll('tcp', 'ipv4')).toBe(9);
  });

  it('of UDP sockets have no tuple and no TIME_WAIT', () => {
    const { stack } = modelled();
    const [one, two] = [stack.socket('udp', 'ipv4'), stack.socket('udp', 'ipv4')];
    expect([connectTo(stack, one), connectTo(stack, one), connectTo(stack, two)]).toEqual([
      0, 0, 0,
    ]);
    stack.close(one);
    stack.close(two);
    expect(stack.freeOnAll('udp', 'ipv4')).toBe(10);
  });
});

describe('SO_REUSE_UNICASTPORT with an auto-reuse range', () => {
  const reusable = { autoReuseRange: { start: 40_000, count: 3 } };
  const UNICAST = ['SO_REUSE_UNICASTPORT'] as const;

  it('leaves the port to connect, and shares numbers between remotes', () => {
    const { stack } = modelled(reusable);
    const ports = new Set<number>();
    for (const remote of [OTHER_REMOTE, '203.0.113.11']) {
      for (let i = 0; i < 3; i++) {
        const socket = boundTo(stack, A, 0, UNICAST);
        expect(stack.getsockname(socket)).toBe(0);
        expect(stack.listen(socket, 1)).toBe(10022);
        expect(connectTo(stack, socket, 443, remote)).toBe(0);
        ports.add(stack.getsockname(socket));
      }
      expect(connectTo(stack, boundTo(stack, A, 0, UNICAST), 443, remote)).toBe(10055);
      expect(connectTo(stack, boundTo(stack, B, 0, UNICAST), 443, remote)).toBe(0);
    }
    expect([...ports].toSorted()).toEqual([40_000, 40_001, 40_002]);
    expect(stack.freeOnAll('tcp', 'ipv4'), 'the dynamic range is untouched').toBe(10);
  });

  it('serves connects without a bind too, from the wildcard address', () => {
    const { stack, log } = modelled(reusable);
    const sockets = [made(stack), made(stack), made(stack), made(stack)];
    expect(sockets.map((socket) => connectTo(stack, socket))).toEqual([0, 0, 0, 10055]);
    expect(stack.getsockname(sockets[0]!)).toBeGreaterThanOrEqual(40_000);
    expect(stack.addresses[log.rows.at(-1)!.address]).toBe(ANY);
    expect(stack.getsockname(sockets[3]!), 'not bound by the failure').toBe(-10022);
    stack.close(sockets[0]!);
    expect(connectTo(stack, sockets[3]!), 'TIME_WAIT').toBe(10055);
    expect(connectTo(stack, sockets[3]!, 444), 'another remote needs no waiting').toBe(0);
  });

  it('keeps off numbers somebody else holds there, and off exclusions', () => {
    const { stack } = modelled({
      ...reusable,
      excludedRanges: [{ protocol: 'tcp', start: 40_001, count: 1, administered: true }],
    });
    boundTo(stack, ANY, 40_002);
    const first = boundTo(stack, A, 0, UNICAST);
    expect(connectTo(stack, first)).toBe(0);
    expect(stack.getsockname(first)).toBe(40_000);
    expect(connectTo(stack, boundTo(stack, A, 0, UNICAST))).toBe(10055);
    const rival = made(stack);
    expect(stack.bind(rival, stack.intern(A), 40_000), 'by the matrix').toBe(10048);
    stack.close(first, 'abort');
    expect(stack.bind(rival, stack.intern(A), 40_000)).toBe(0);
  });

  it('finds the last free number of a crowded remote, and all of them again after a churn', () => {
    const { stack } = modelled({ autoReuseRange: { start: 20_000, count: 1_000 } });
    const sockets = Array.from({ length: 1_000 }, () => boundTo(stack, A, 0, UNICAST));
    for (const socket of sockets) expect(connectTo(stack, socket)).toBe(0);
    for (let i = 0; i < 2_000; i++) {
      const at = (i * 7) % 1_000;
      stack.close(sockets[at]!, 'abort');
      sockets[at] = boundTo(stack, A, 0, UNICAST);
      expect(connectTo(stack, sockets[at])).toBe(0);
    }
    expect(new Set(sockets.map((socket) => stack.getsockname(socket))).size).toBe(1_000);
    stack.closeAll();
    stack.advance(120 * SECOND);
    for (let i = 0; i < 1_000; i++) {
      expect(connectTo(stack, boundTo(stack, A, 0, UNICAST))).toBe(0);
    }
  });
});
