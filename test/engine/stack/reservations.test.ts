import { describe, expect, it } from 'vitest';
import { A, ANY, B, boundTo, made, modelled, START } from './modelled.ts';

describe('port reservations of the simulated stack', () => {
  it('keep a block from everybody but the sockets associated with it', () => {
    const { stack } = modelled();
    const holder = made(stack);
    expect(stack.reserve(holder, 0, 4)).toBe(START);
    expect(stack.freeOnAll('tcp', 'ipv4')).toBe(6);
    const outsider = made(stack);
    expect(stack.bind(outsider, stack.intern(A), START)).toBe(10013);
    const ports = [A, A, B].map((address) => {
      const socket = made(stack);
      expect(stack.associate(socket, holder)).toBe(0);
      expect(stack.bind(socket, stack.intern(address), 0)).toBe(0);
      return stack.getsockname(socket);
    });
    expect(ports, 'each address has the whole block').toEqual([START, START + 1, START]);
    const named = made(stack);
    stack.associate(named, holder);
    expect(stack.bind(named, stack.intern(A), START + 3)).toBe(0);
    for (const expected of [0, 10055]) {
      const socket = made(stack);
      stack.associate(socket, holder);
      expect(stack.bind(socket, stack.intern(A), 0)).toBe(expected);
    }
  });

  it('end with the socket they hang on; what was bound from them stays', () => {
    const { stack } = modelled();
    const holder = made(stack, [], 1);
    stack.reserve(holder, START + 2, 3);
    const user = made(stack, [], 1);
    stack.associate(user, holder);
    stack.bind(user, stack.intern(A), 0);
    expect(stack.exit(1)).toBe(2);
    expect(stack.freeOnAll('tcp', 'ipv4')).toBe(10);
    const again = made(stack);
    expect(stack.reserve(again, START + 2, 3)).toBe(START + 2);
    const bound = made(stack);
    stack.associate(bound, again);
    stack.bind(bound, stack.intern(A), 0);
    stack.close(again);
    expect(stack.getsockname(bound)).toBe(START + 2);
    expect(stack.freeOnAll('tcp', 'ipv4')).toBe(9);
  });

  it('are refused where the block can’t be had, and one socket holds one', () => {
    const { stack } = modelled({
      excludedRanges: [{ protocol: 'tcp', start: START + 8, count: 2, administered: true }],
    });
    boundTo(stack, A, START + 4);
    const holder = made(stack);
    expect(stack.reserve(holder, START + 3, 2), 'held').toBe(-10048);
    expect(stack.reserve(holder, START + 7, 2), 'excluded').toBe(-10048);
    expect(stack.reserve(holder, 0, 5), 'no such gap').toBe(-10055);
    expect(stack.reserve(holder, 0, 0)).toBe(-10022);
    expect(stack.reserve(holder, 65_535, 2)).toBe(-10022);
    expect(stack.reserve(holder, 0, 4)).toBe(START);
    expect(stack.reserve(holder, 0, 1), 'a second').toBe(-10022);
    expect(stack.reserve(made(stack), START + 3, 1), 'reserved').toBe(-10048);
    expect(stack.reserve(99, 0, 1)).toBe(-10038);
    const stranger = made(stack, [], 7);
    expect(stack.associate(stranger, holder), 'another process').toBe(10022);
    const udp = stack.socket('udp', 'ipv4');
    expect(stack.associate(udp, holder), 'another protocol').toBe(10022);
    expect(stack.associate(made(stack), stranger), 'no block').toBe(10022);
  });

  it('can be the host’s own: an administered exclusion serves any process', () => {
    const { stack } = modelled({
      excludedRanges: [{ protocol: 'tcp', start: 45_000, count: 2, administered: true }],
    });
    for (const [process, port] of [
      [1, 45_000],
      [2, 45_001],
    ] as const) {
      const socket = made(stack, [], process);
      expect(stack.associatePersistent(socket, 45_000, 2)).toBe(0);
      expect(stack.bind(socket, stack.intern(ANY), 0)).toBe(0);
      expect(stack.getsockname(socket)).toBe(port);
    }
    expect(stack.associatePersistent(made(stack), 45_000, 3)).toBe(1168);
  });

  it('are not known to every host', () => {
    const { stack } = modelled({ assumptions: { reservations: 'unsupported' } });
    const socket = made(stack);
    expect(stack.reserve(socket, 0, 1)).toBe(-10045);
    expect(stack.associate(made(stack), socket)).toBe(10045);
  });
});
