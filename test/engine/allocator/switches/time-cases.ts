import type { SimulatedStack } from '#engine/stack/simulated-stack.ts';
import { A, ANY, bindOne, socketWith } from '../stack-under-test.ts';
import type { SwitchCases } from './case.ts';

const FAR = '203.0.113.1';
const REUSE = 'SO_REUSEADDR';

/** Whole seconds until every number is free. */
function secondsUntilFree(stack: SimulatedStack): number {
  for (let seconds = 0; seconds <= 300; seconds++) {
    if (stack.freeOnAll('tcp', 'ipv4') === 40) return seconds;
    stack.advance(1e9);
  }
  return Infinity;
}

function connected(stack: SimulatedStack, address: string, port: number): number {
  const socket = socketWith(stack, [REUSE]);
  stack.bind(socket, stack.intern(address), port);
  stack.connect(socket, stack.intern(FAR), 443);
  return socket;
}

/** Connections, and what they leave behind. */
export const TIME_CASES: SwitchCases = {
  A21: {
    about: 'a port is held for so many seconds after a connection closed from this side',
    observe(host) {
      const stack = host();
      stack.close(connected(stack, A, 0));
      return secondsUntilFree(stack);
    },
    seen: { 120: 120, 0: 0, 30: 30, 60: 60, 90: 90, 180: 180, 240: 240 },
  },
  A22: {
    about: 'a never connected socket frees its port at once, or after TIME_WAIT',
    observe(host) {
      const stack = host();
      const socket = socketWith(stack);
      stack.bind(socket, stack.intern(A), 0);
      stack.close(socket);
      return secondsUntilFree(stack);
    },
    seen: { 'at-once': 0, 'time-wait': 120 },
  },
  timeWaitScope: {
    about:
      'TIME_WAIT holds the port, or the 4-tuple only, or the port but not against binds that name it',
    observe(host) {
      const stack = host();
      stack.close(connected(stack, A, 50_020));
      const free = stack.freeOnAll('tcp', 'ipv4');
      const again = socketWith(stack);
      return [
        free,
        stack.bind(again, stack.intern(A), 50_020),
        stack.connect(again, stack.intern(FAR), 443),
      ];
    },
    // 10048 at connect: the 4-tuple. A socket that could not be bound connects from elsewhere.
    seen: { port: [39, 10048, 0], tuple: [40, 0, 10048], 'wildcard-port': [39, 0, 10048] },
  },
  tupleInUse: {
    about: 'a repeated 4-tuple answers 10048, or what Wine gives',
    observe(host) {
      const stack = host();
      connected(stack, A, 50_020);
      const twin = socketWith(stack, [REUSE]);
      stack.bind(twin, stack.intern(A), 50_020);
      return stack.connect(twin, stack.intern(FAR), 443);
    },
    seen: { 10048: 10048, 10049: 10049 },
  },
  connectSource: {
    about: 'a wildcard-address socket stays one after connect, or moves to an address',
    observe(host) {
      const stack = host();
      const socket = socketWith(stack);
      stack.bind(socket, stack.intern(ANY), 8_080);
      stack.connect(socket, stack.intern(FAR), 443);
      return [bindOne(stack, ANY, [], 8_080), bindOne(stack, A, [], 8_080)];
    },
    // Moved, it is in nobody's way on the wildcard address, and in everybody's on its own.
    seen: { 'stays-wildcard': [-10048, 8_080], routed: [8_080, -10048] },
  },
  implicitConnect: {
    about: 'an unbound connect needs a number of its own, or one with a new 4-tuple',
    observe(host) {
      const stack = host();
      return [1, 2, 3].map((remote) => {
        let connects = 0;
        for (let i = 0; i < 30; i++) {
          const to = stack.intern(`203.0.113.${remote}`);
          if (stack.connect(socketWith(stack), to, 443) === 0) connects++;
        }
        return connects;
      });
    },
    seen: { 'as-unicast-port': [30, 10, 0], 'per-tuple': [30, 30, 30] },
  },
};
