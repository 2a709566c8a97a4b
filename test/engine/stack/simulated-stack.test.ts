import { describe, expect, it } from 'vitest';
import { OP, callsInRow } from '#engine/event/op.ts';
import type { SocketOption } from '#engine/model/socket-option.ts';
import { resolveProfile } from '#engine/profile/resolve-profile.ts';
import { createSimulatedStack, MODEL_CALL_NS } from '#engine/stack/simulated-stack.ts';
import { EventLog } from '../../stack/event-log.ts';

const A = '10.0.0.1';
const B = '10.0.0.2';
const V6 = 'fd00::1';
const START = 50_000;

function host(more: { count?: number; callNs?: number; seed?: number } = {}) {
  const { count = 100, seed = 1, ...options } = more;
  const range = { start: START, count };
  const profile = resolveProfile({ dynamicRanges: { tcp4: range, tcp6: range } });
  const log = new EventLog();
  const stack = createSimulatedStack({
    sink: log,
    profile,
    addresses: [A, B, V6],
    seed,
    ...options,
  });
  return { stack, log };
}

function fillOf(addresses: readonly number[], count: number, budgetNs = 1e15) {
  return {
    protocol: 'tcp' as const,
    family: 'ipv4' as const,
    addresses,
    from: 0,
    options: [],
    count,
    budgetNs,
  };
}

describe('SimulatedStack', () => {
  it('gives the same events for the same seed and calls, others for another seed', () => {
    const story = (seed: number): string => {
      const { stack, log } = host({ seed });
      const [a, b] = [stack.intern(A), stack.intern(B)];
      stack.fill({ ...fillOf([a, b], 30), options: ['SO_PORT_SCALABILITY'] });
      const random = stack.socket('tcp', 'ipv4');
      stack.setsockopt(random, 'SO_RANDOMIZE_PORT', 1);
      stack.bind(random, a, 0);
      stack.getsockname(random);
      stack.connect(stack.socket('tcp', 'ipv4'), stack.intern('203.0.113.9'), 443);
      stack.fill(fillOf([b], 200));
      stack.closeAll();
      return JSON.stringify(log.rows);
    };
    expect(story(1)).toBe(story(1));
    expect(story(1)).not.toBe(story(2));
  });

  it('has a clock that only its calls move, a fixed time each', () => {
    const { stack, log } = host();
    expect(stack.now()).toBe(0);
    const socket = stack.socket('tcp', 'ipv4');
    stack.bind(socket, stack.intern(A), 0);
    expect(stack.now()).toBe(2 * MODEL_CALL_NS);
    expect(log.rows.map(({ t, dur }) => [t, dur])).toEqual([
      [0, MODEL_CALL_NS],
      [MODEL_CALL_NS, MODEL_CALL_NS],
    ]);
    const paced = host({ callNs: 5e6 }).stack;
    paced.socket('udp', 'ipv6');
    expect(paced.now()).toBe(5e6);
    expect(() => host({ callNs: 0 })).toThrow(RangeError);
  });

  it('tells a fill of one address in rows of consecutive ports, at most 4,096 a row', () => {
    const { stack, log } = host({ count: 10_000 });
    const { first } = stack.fill(fillOf([stack.intern(A)], 10_000));
    const rows = log.take();
    expect(rows.every(({ op, code, value }) => op === OP.fill && code === 0 && value <= 4_096));
    expect(rows.reduce((sum, { value }) => sum + value, 0)).toBe(10_000);
    expect(rows.length).toBeLessThanOrEqual(4);
    let next = first;
    for (const { socket, port, value } of rows) {
      expect(socket).toBe(next);
      for (let i = 0; i < value; i += 997) expect(stack.getsockname(socket + i)).toBe(port + i);
      next += value;
    }
  });

  it('ends a fill within its budget of virtual time, but never without a bind', () => {
    const { stack } = host({ count: 10_000 });
    const address = stack.intern(A);
    const before = stack.now();
    expect(stack.fill(fillOf([address], 10_000, 20 * MODEL_CALL_NS)).bound).toBe(20);
    expect(stack.now() - before).toBe(20 * MODEL_CALL_NS);
    expect(stack.fill(fillOf([address], 10_000, 0)).bound).toBe(1);
    expect(stack.release(1, 21, 5 * MODEL_CALL_NS)).toBe(5);
    expect(stack.release(6, 16, 0)).toBe(1);
    expect(stack.open).toBe(15);
  });

  it('tells a release in rows too, and every other socket by its close', () => {
    const { stack, log } = host();
    const address = stack.intern(A);
    const { first } = stack.fill(fillOf([address], 10));
    const port = stack.getsockname(first);
    stack.close(first + 4);
    const unbound = stack.socket('udp', 'ipv4');
    log.take();
    expect(stack.closeAll()).toBe(10);
    const rows = log.take().map((row) => [row.op, row.socket, row.address, row.port, row.value]);
    const wrapped = (offset: number): number => START + ((port - START + offset) % 100);
    expect(rows.at(0)).toEqual([OP.release, first, address, port, 4]);
    expect(rows.find((row) => row[1] === first + 5)?.slice(2, 4)).toEqual([address, wrapped(5)]);
    expect(rows.at(-1)).toEqual([OP.close, unbound, 0, 0, 0]);
    const freed = rows.map(([op, , , , value]) => (op === OP.release ? Number(value) : 0));
    expect(freed.reduce((sum, value) => sum + value, 0)).toBe(9);
  });

  it('shows the calls of the socket a fill could not bind', () => {
    const { stack, log } = host({ count: 3 });
    stack.fill({ ...fillOf([stack.intern(A)], 9), options: ['SO_PORT_SCALABILITY'] });
    const { op: fill, socket, setsockopt, getsockopt, bind, close } = { ...OP, op: OP.fill };
    const ops = log.rows.map((row) => row.op).filter((op) => op !== fill);
    expect(ops).toEqual([OP.fillOf, socket, setsockopt, getsockopt, bind, close]);
    expect(log.rows.find((row) => row.op === bind)?.code).toBe(10055);
    const conflict = host();
    const refused = conflict.stack.fill({
      ...fillOf([conflict.stack.intern(A)], 9),
      options: ['SO_PORT_SCALABILITY', 'SO_REUSE_UNICASTPORT'],
    });
    expect(refused).toMatchObject({ bound: 0, refused: { op: setsockopt, code: 10022 } });
  });

  it('says what the sockets of fill rows are, once it is another kind', () => {
    const { stack, log } = host();
    const fill = (options: readonly SocketOption[]): unknown =>
      stack.fill({ ...fillOf([stack.intern(A)], 2), options });
    fill([]);
    fill(['SO_PORT_SCALABILITY']);
    fill(['SO_PORT_SCALABILITY']);
    fill([]);
    const told = log.rows.filter(({ op }) => op === OP.fillOf).map(({ value }) => value);
    expect(told).toEqual([8 << 8, 0]);
    expect(callsInRow(OP.fillOf, 8 << 8)).toBe(0);
  });

  it('binds :: with IPV6_V6ONLY off to a number free in both families, and frees both', () => {
    const { stack } = host({ count: 4 });
    const dual = (): number => {
      const socket = stack.socket('tcp', 'ipv6');
      stack.setsockopt(socket, 'IPV6_V6ONLY', 0);
      return socket;
    };
    const taken = [START, START + 1].map((port) => {
      const holder = stack.socket('tcp', 'ipv4');
      expect(stack.bind(holder, stack.intern(A), port)).toBe(0);
      return holder;
    });
    const all = stack.intern('::');
    const [one, two, three] = [dual(), dual(), dual()];
    expect(stack.bind(one, all, 0)).toBe(0);
    expect(stack.bind(two, all, 0)).toBe(0);
    expect(stack.bind(three, all, 0)).toBe(10055);
    expect([one, two].map((socket) => stack.getsockname(socket)).sort()).toEqual([
      START + 2,
      START + 3,
    ]);
    expect(stack.freeOnAll('tcp', 'ipv4')).toBe(0);
    expect(stack.freeOnAll('tcp', 'ipv6')).toBe(2);
    stack.close(one);
    expect(stack.freeOnAll('tcp', 'ipv4')).toBe(1);
    stack.close(taken[0]!);
    expect(stack.bind(three, all, 0)).toBe(0);
  });

  it('binds at connect to the wildcard address, without the option, and names the end it took', () => {
    const { stack, log } = host({ count: 1 });
    const socket = stack.socket('tcp', 'ipv4');
    stack.setsockopt(socket, 'SO_PORT_SCALABILITY', 1);
    const remote = stack.intern('203.0.113.9');
    expect(stack.connect(socket, remote, 0)).toBe(10049);
    expect(stack.connect(socket, stack.intern('0.0.0.0'), 80)).toBe(10049);
    expect(stack.connect(socket, stack.intern(V6), 80)).toBe(10014);
    expect(stack.connect(socket, remote, 80)).toBe(0);
    expect(stack.connect(socket, remote, 80)).toBe(10056);
    expect(stack.getsockname(socket)).toBe(START);
    expect(stack.addresses[log.rows.at(-1)!.address]).toBe('0.0.0.0');
    const second = stack.socket('tcp', 'ipv4');
    stack.setsockopt(second, 'SO_PORT_SCALABILITY', 1);
    expect(stack.bind(second, stack.intern(A), 0)).toBe(10055);
    stack.close(socket, 'abort');
    expect(stack.bind(second, stack.intern(A), 0)).toBe(0);
  });

  it('lets accepted sockets hold the port as long as they live, within the backlog', () => {
    const { stack } = host();
    const local = stack.intern(A);
    const listener = stack.socket('tcp', 'ipv4');
    expect(stack.listen(listener, 1)).toBe(10022);
    stack.bind(listener, local, 8_080);
    stack.listen(listener, 1);
    const [one, two] = [stack.socket('tcp', 'ipv4'), stack.socket('tcp', 'ipv4')];
    expect(stack.connect(one, local, 8_080)).toBe(0);
    expect(stack.connect(two, local, 8_080)).toBe(10061);
    const accepted = stack.accept(listener);
    expect(stack.getsockname(accepted)).toBe(8_080);
    stack.close(listener);
    const rival = stack.socket('tcp', 'ipv4');
    expect(stack.bind(rival, local, 8_080)).toBe(10048);
    stack.close(accepted, 'remote');
    expect(stack.bind(rival, local, 8_080)).toBe(0);
  });

  it('knows other applications: their ports are taken, and closing all leaves them', () => {
    const { stack, log } = host({ count: 5 });
    const protocol = 'tcp' as const;
    expect(stack.occupy({ protocol, address: B, port: START, kind: 'legacy' })).toBe(0);
    expect(stack.occupy({ protocol, address: A, port: START, kind: 'option' })).toBe(10048);
    expect(stack.occupy({ protocol, address: A, port: START + 1, kind: 'option' })).toBe(0);
    expect(stack.occupy({ protocol, address: A, port: START + 1, kind: 'explicit' })).toBe(10048);
    expect(stack.occupy({ protocol, address: '10.7.7.7', port: 80, kind: 'explicit' })).toBe(10049);
    expect(stack.freeOnAll('tcp', 'ipv4')).toBe(3);
    const option = { ...fillOf([stack.intern(B)], 9), options: ['SO_PORT_SCALABILITY'] as const };
    expect(stack.fill(option).bound).toBe(4);
    stack.closeAll();
    expect(stack.open).toBe(0);
    expect(stack.freeOnAll('tcp', 'ipv4')).toBe(3);
    expect(log.rows.some(({ port, op }) => port === START && op === OP.release)).toBe(false);
  });

  it('throws for a port number that is none, before anything is held', () => {
    const { stack } = host();
    const socket = stack.socket('tcp', 'ipv4');
    for (const port of [-1, 65_536, 1.5, Number.NaN]) {
      expect(() => stack.bind(socket, stack.intern(A), port)).toThrow(RangeError);
      const holder = { protocol: 'tcp', address: A, port, kind: 'explicit' } as const;
      expect(() => stack.occupy(holder)).toThrow(RangeError);
    }
    expect(stack.getsockname(socket)).toBe(-10022);
    expect(stack.freeOnAll('tcp', 'ipv4')).toBe(100);
  });

  it('keeps numbering sockets, and finds none of those long closed', () => {
    const { stack } = host();
    for (let i = 1; i <= 50_000; i++) {
      expect(stack.socket('tcp', 'ipv4')).toBe(i);
      expect(stack.close(i)).toBe(0);
    }
    expect(stack.close(7)).toBe(10038);
    expect(stack.release(1, 50_000, 0)).toBe(50_000);
    expect(stack.open).toBe(0);
  });
});
