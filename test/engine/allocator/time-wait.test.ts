import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NULL_SINK } from '#engine/event/event-sink.ts';
import { resolveProfile } from '#engine/profile/resolve-profile.ts';
import { createSimulatedStack, type SimulatedStack } from '#engine/stack/simulated-stack.ts';
import { A, ANY, B, bindOne, fillUp, hostWith, OPTION, socketWith } from './stack-under-test.ts';

const FAR = '203.0.113.1';
const COUNT = 40;

function hostOf(seconds: string, seed: number, callNs: number): SimulatedStack {
  const range = { start: 50_000, count: COUNT };
  const profile = resolveProfile({ dynamicRanges: { tcp4: range }, assumptions: { A21: seconds } });
  return createSimulatedStack({ sink: NULL_SINK, profile, addresses: [A, B], seed, callNs });
}

describe('TIME_WAIT on the stack’s clock', () => {
  it('ends to the nanosecond: seconds of A21 after the close began, whatever the call takes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('30', '60', '120', '240'),
        fc.integer({ min: 1, max: 5_000_000 }),
        fc.array(fc.integer({ min: 0, max: 20_000_000_000 }), { minLength: 1, maxLength: 12 }),
        fc.nat(),
        (seconds, callNs, gaps, seed) => {
          const stack = hostOf(seconds, seed, callNs);
          const free = (): number => stack.freeOnAll('tcp', 'ipv4');
          const sockets = gaps.map(() => {
            const socket = socketWith(stack);
            stack.connect(socket, stack.intern(FAR), 443);
            return socket;
          });
          const ends = sockets.map((socket, i) => {
            stack.advance(gaps[i]!);
            const end = stack.now() + Number(seconds) * 1e9;
            expect(stack.close(socket)).toBe(0);
            return end;
          });
          for (const end of [...ends].sort((one, two) => one - two)) {
            if (end > stack.now()) stack.advance(end - 1 - stack.now());
            const passed = (now: number): number => ends.filter((other) => other <= now).length;
            expect(free()).toBe(COUNT - ends.length + passed(stack.now()));
            if (end > stack.now()) stack.advance(1);
            expect(free()).toBe(COUNT - ends.length + passed(stack.now()));
          }
          expect(free()).toBe(COUNT);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('comes of this side’s close only: not where the peer closed before, nor after a reset', () => {
    const left = (how: 'local' | 'remote' | 'abort'): number => {
      const stack = hostWith();
      const socket = socketWith(stack);
      stack.connect(socket, stack.intern(FAR), 443);
      stack.close(socket, how);
      return stack.freeOnAll('tcp', 'ipv4');
    };
    expect([left('local'), left('remote'), left('abort')]).toEqual([39, 40, 40]);
  });

  it('on a connection within the host is at the end that closed first', () => {
    for (const first of ['client', 'server'] as const) {
      const stack = hostWith();
      const listener = socketWith(stack);
      stack.bind(listener, stack.intern(B), 50_007);
      stack.listen(listener, 5);
      const client = socketWith(stack);
      stack.bind(client, stack.intern(A), 0);
      expect(stack.connect(client, stack.intern(B), 50_007)).toBe(0);
      const port = stack.getsockname(client);
      const server = stack.accept(listener);
      stack.close(listener);
      for (const end of first === 'client' ? [client, server] : [server, client]) stack.close(end);
      // Naming the numbers shows who still holds one.
      const clientPlace = bindOne(stack, A, [], port);
      const serverPlace = bindOne(stack, B, [], 50_007);
      expect([clientPlace, serverPlace]).toEqual(
        first === 'client' ? [-10048, 50_007] : [port, -10048],
      );
    }
  });

  it('blocks what the socket blocked: an option socket’s number is lost to option-less ones only', () => {
    const stack = hostWith();
    const { first } = fillUp(stack, [A], [OPTION]);
    for (let i = 0; i < COUNT; i++) stack.connect(first + i, stack.intern(FAR), 443);
    expect(stack.closeAll()).toBe(COUNT);
    expect(stack.open).toBe(0);
    expect(bindOne(stack, A, [OPTION])).toBe(-10055);
    expect(bindOne(stack, ANY)).toBe(-10055);
    expect(fillUp(stack, [B], [OPTION]).bound).toBe(COUNT);
    stack.closeAll();
    stack.advance(120e9);
    expect(fillUp(stack, [B]).bound).toBe(COUNT);
  });

  it('of a whole process begins when it ends', () => {
    const stack = hostWith();
    const sockets = [1, 1, 2].map((process) => {
      const socket = stack.socket('tcp', 'ipv4', process);
      stack.connect(socket, stack.intern(FAR), 443);
      return socket;
    });
    expect(stack.exit(1)).toBe(2);
    expect(stack.open).toBe(1);
    expect(stack.freeOnAll('tcp', 'ipv4')).toBe(COUNT - 3);
    stack.advance(120e9);
    expect(stack.freeOnAll('tcp', 'ipv4')).toBe(COUNT - 1);
    expect(stack.getsockname(sockets[2]!)).toBeGreaterThan(0);
    expect(stack.exit(7), 'a process that has nothing').toBe(0);
  });

  it('of thousands of connections ends for each in its turn', () => {
    const count = 5_000;
    const profile = resolveProfile({ dynamicRanges: { tcp4: { start: 20_000, count } } });
    const stack = createSimulatedStack({ sink: NULL_SINK, profile, addresses: [A, B], seed: 3 });
    const connectAll = (): number[] =>
      Array.from({ length: count }, () => {
        const socket = socketWith(stack);
        expect(stack.connect(socket, stack.intern(FAR), 443)).toBe(0);
        return socket;
      });
    // Half go, then a quarter and a quarter, a minute apart: the queue wraps round while it grows.
    const batches: number[][] = [];
    for (let round = 0; round < 3; round++) {
      const sockets = connectAll();
      for (const size of [count / 2, count / 4, count / 4]) batches.push(sockets.splice(0, size));
      for (const batch of batches.splice(0)) {
        for (const socket of batch) stack.close(socket);
        stack.advance(30e9);
      }
      expect(stack.freeOnAll('tcp', 'ipv4')).toBe(0);
      stack.advance(30e9);
      expect(stack.freeOnAll('tcp', 'ipv4')).toBe(count / 2);
      stack.advance(30e9);
      expect(stack.freeOnAll('tcp', 'ipv4')).toBe((3 * count) / 4);
      stack.advance(30e9);
      expect(stack.freeOnAll('tcp', 'ipv4')).toBe(count);
    }
    expect(fillUp(stack, [A]).bound, 'every number came back').toBe(count);
  });
});
