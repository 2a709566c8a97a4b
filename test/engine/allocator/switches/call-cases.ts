import type { SocketOption } from '#engine/model/socket-option.ts';
import type { SimulatedStack } from '#engine/stack/simulated-stack.ts';
import { A, ANY, B, bindOne, fillUp, OPTION, socketWith } from '../stack-under-test.ts';
import type { SwitchCases } from './case.ts';

const UNICAST = 'SO_REUSE_UNICASTPORT';
const EXCLUSIVE = 'SO_EXCLUSIVEADDRUSE';
const FAR = '203.0.113.1';

/** What setting the second option answers. */
function second(stack: SimulatedStack, first: SocketOption, then: SocketOption): number {
  return stack.setsockopt(socketWith(stack, [first]), then, 1);
}

/** A number held through the option on A. */
function optionHeld(stack: SimulatedStack): number {
  return bindOne(stack, A, [OPTION]);
}

/** What bind, bind with SO_REUSEADDR and an unbound connect answer where there is no port left. */
function refusals(stack: SimulatedStack): number[] {
  return [
    bindOne(stack, B),
    bindOne(stack, B, ['SO_REUSEADDR']),
    stack.connect(socketWith(stack), stack.intern(FAR), 80),
  ];
}

/** What single calls answer. */
export const CALL_CASES: SwitchCases = {
  A7: {
    about: 'a number the option holds elsewhere can be named, or not',
    observe(host) {
      const stack = host();
      return bindOne(stack, B, [], optionHeld(stack)) > 0;
    },
    seen: { 'by-matrix': true, blocked: false },
  },
  A8: {
    about: 'naming a number the option holds on the same address goes by the table, or is denied',
    observe(host) {
      const stack = host();
      return bindOne(stack, A, [], optionHeld(stack));
    },
    seen: { 'by-matrix': -10048, denied: -10013 },
  },
  A9: {
    about: 'a number the option holds can be named on the wildcard address, or not',
    observe(host) {
      const stack = host();
      return bindOne(stack, ANY, [], optionHeld(stack)) > 0;
    },
    seen: { 'by-matrix': true, blocked: false },
  },
  A14: {
    about: 'an exhausted pool answers 10055, or what Wine gives',
    observe(host) {
      const stack = host();
      fillUp(stack, [A]);
      return refusals(stack);
    },
    seen: { 10055: [-10055, -10055, 10055], wine: [-10048, -10013, 10049] },
  },
  A15: {
    about: 'so does one that the option starves',
    observe(host) {
      const stack = host();
      fillUp(stack, [A], [OPTION]);
      return refusals(stack);
    },
    seen: { 10055: [-10055, -10055, 10055], wine: [-10048, -10013, 10049] },
  },
  A16: {
    about: 'both options on one TCP socket: the second fails, or both stay',
    observe: (host) => [second(host(), OPTION, UNICAST), second(host(), UNICAST, OPTION)],
    seen: { 'second-fails': [10022, 10022], accepted: [0, 0] },
  },
  A17: {
    about: 'the option on a bound socket is accepted, or refused',
    observe(host) {
      const stack = host();
      const socket = socketWith(stack);
      stack.bind(socket, stack.intern(A), 0);
      return stack.setsockopt(socket, OPTION, 1);
    },
    seen: { accepted: 0, refused: 10022 },
  },
  A18: {
    about: 'the port options can be read back, or not; a fill goes on either way',
    observe(host) {
      const stack = host();
      const { bound } = fillUp(stack, [A], [OPTION]);
      return [bound, stack.getsockopt(socketWith(stack, [OPTION]), OPTION)];
    },
    seen: { readable: [40, 1], refused: [40, -10042] },
  },
  A23: {
    about: 'the value 0 clears the option, or is ignored',
    observe(host) {
      const stack = host();
      const socket = socketWith(stack, [OPTION]);
      stack.setsockopt(socket, OPTION, 0);
      return stack.getsockopt(socket, OPTION);
    },
    seen: { clears: 0, ignored: 1 },
  },
  A24: {
    about: 'exclusive use goes with the option, or the second of them fails',
    observe: (host) => [second(host(), EXCLUSIVE, OPTION), second(host(), OPTION, EXCLUSIVE)],
    seen: { allowed: [0, 0], 'second-fails': [10022, 10022] },
  },
  A25: {
    about: 'an address added later can be bound at once, or 3 s later',
    observe(host) {
      const stack = host();
      stack.addAddress('10.0.0.9');
      const codes = [bindOne(stack, '10.0.0.9')];
      stack.advance(3e9);
      return [...codes, bindOne(stack, '10.0.0.9')].map((port) => Math.min(0, port));
    },
    seen: { 'at-once': [0, 0], 'after-duplicate-detection': [-10049, 0] },
  },
  bindMatrix: {
    about: 'the published table of conflicts, or what was measured under Wine',
    observe(host) {
      const again = (protocol: 'tcp' | 'udp', address: string): number => {
        const stack = host();
        bindOne(stack, ANY, [EXCLUSIVE], 8_080, protocol);
        return bindOne(stack, address, [], 8_080, protocol);
      };
      const udp = host();
      bindOne(udp, A, [], 8_080, 'udp');
      return [again('tcp', ANY), again('udp', A), bindOne(udp, B, [], 8_080, 'udp')];
    },
    seen: { 'doc-2021': [-10048, -10013, 8_080], 'wine-8': [-10013, -10048, -10048] },
  },
  unicastPort: {
    about: 'SO_REUSE_UNICASTPORT is known, or answers 10042 to all that name it',
    observe(host) {
      const stack = host();
      const socket = socketWith(stack);
      const codes = [stack.setsockopt(socket, UNICAST, 1), stack.getsockopt(socket, UNICAST)];
      return [...codes, fillUp(stack, [A], [UNICAST]).code];
    },
    seen: { known: [0, 1, 10055], 'unknown-option': [10042, -10042, 10042] },
  },
  randomizeWithUnicast: {
    about: 'SO_RANDOMIZE_PORT after SO_REUSE_UNICASTPORT fails, or goes well',
    observe: (host) => second(host(), UNICAST, 'SO_RANDOMIZE_PORT'),
    seen: { 'second-fails': 10022, accepted: 0 },
  },
  reservations: {
    about: 'blocks can be reserved, or the call is not supported',
    observe(host) {
      const stack = host();
      const socket = socketWith(stack);
      return [
        stack.reserve(socket, 40_000, 5),
        stack.associate(socketWith(stack), socket),
        stack.associatePersistent(socketWith(stack), 40_000, 5),
      ];
    },
    seen: { supported: [40_000, 0, 1168], unsupported: [-10045, 10045, 10045] },
  },
  reservationScope: {
    about: 'a number of a block can be given on each address, or once',
    observe(host) {
      const stack = host();
      const holder = socketWith(stack);
      stack.reserve(holder, 40_000, 1);
      return [A, B, A].map((address) => {
        const socket = socketWith(stack);
        stack.associate(socket, holder);
        return stack.bind(socket, stack.intern(address), 0);
      });
    },
    seen: { 'per-address': [0, 0, 10055], 'host-wide': [0, 10055, 10055] },
  },
  wrongFamily: {
    about: 'an address of the other family answers 10014, or what Wine gives',
    observe(host) {
      const stack = host();
      const v4 = stack.socket('tcp', 'ipv4');
      const v6 = stack.socket('tcp', 'ipv6');
      return [
        stack.bind(v4, stack.intern('fd00::1'), 0),
        stack.bind(v6, stack.intern(A), 0),
        stack.connect(v4, stack.intern('2001:db8::1'), 80),
        stack.connect(v6, stack.intern(FAR), 80),
      ];
    },
    seen: { 10014: [10014, 10014, 10014, 10014], wine: [10045, 10022, 10045, 10022] },
  },
};
