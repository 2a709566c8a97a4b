import { A, ANY, B, bindOne, fillUp, OPTION, socketWith } from '../stack-under-test.ts';
import type { SwitchCases } from './case.ts';

const C = '10.0.0.3';
const V6 = 'fd00::1';

/** Who may have a number that others have. */
export const SHARING_CASES: SwitchCases = {
  A1: {
    about: 'the option is honoured, ignored, or refused by setsockopt',
    observe(host) {
      const { bound, code } = fillUp(host(), [A, B], [OPTION]);
      return { bound, code };
    },
    seen: {
      honoured: { bound: 80, code: 10055 },
      ignored: { bound: 40, code: 10055 },
      refused: { bound: 0, code: 10042 },
    },
  },
  A2: {
    about: 'numbers of option-less sockets are barred to option sockets elsewhere, or not',
    observe(host) {
      const stack = host();
      for (let i = 0; i < 10; i++) bindOne(stack, A);
      return fillUp(stack, [B], [OPTION]).bound;
    },
    seen: { blocked: 30, allowed: 40 },
  },
  A3: {
    about: 'numbers held through the option are lost to option-less sockets, or not',
    observe(host) {
      const stack = host();
      fillUp(stack, [A], [OPTION]);
      return fillUp(stack, [B]).bound;
    },
    seen: { blocked: 0, allowed: 40 },
  },
  A4: {
    about: 'two processes share numbers through the option, or one keeps the other out',
    observe(host) {
      const stack = host();
      const fill = (address: string, process: number): number =>
        stack.fill({
          protocol: 'tcp',
          family: 'ipv4',
          addresses: [stack.intern(address)],
          from: 0,
          options: [OPTION],
          count: 30,
          process,
          budgetNs: 1e15,
        }).bound;
      return [fill(A, 1), fill(B, 2), fill(C, 1)];
    },
    seen: { 'host-wide': [30, 30, 30], 'same-process-only': [30, 10, 30] },
  },
  A6: {
    about: 'the option on the wildcard address counts as none, or shares with specific addresses',
    observe(host) {
      const stack = host();
      fillUp(stack, [A], [OPTION]);
      return fillUp(stack, [ANY], [OPTION]).bound;
    },
    seen: { 'as-option-less': 0, 'as-option': 40 },
  },
  A10: {
    about: 'an explicit holder bars option-less sockets, everyone, or nobody',
    observe(host) {
      const stack = host();
      for (let port = 50_000; port < 50_010; port++) bindOne(stack, A, [], port);
      const option = fillUp(stack, [B], [OPTION]);
      stack.release(option.first, option.bound, 1e15);
      return [option.bound, fillUp(stack, [C]).bound];
    },
    seen: { 'option-less': [40, 30], all: [30, 30], none: [40, 40] },
  },
  A11: {
    about:
      'an explicit wildcard-address holder bars the option everywhere, or only an exclusive one',
    observe(host) {
      const left = (exclusive: boolean): number => {
        const stack = host();
        bindOne(stack, ANY, exclusive ? ['SO_EXCLUSIVEADDRUSE'] : [], 50_005);
        return fillUp(stack, [A], [OPTION]).bound;
      };
      return [left(false), left(true)];
    },
    seen: { blocked: [39, 39], allowed: [40, 39] },
  },
  A12: {
    about: 'the option works for UDP, or is ignored there',
    observe: (host) => fillUp(host(), [A, B], [OPTION], 'udp').bound,
    seen: { 'as-tcp': 80, ignored: 40 },
  },
  A13: {
    about: 'the option works for IPv6, or is ignored there',
    observe(host) {
      const stack = host();
      fillUp(stack, [V6], [OPTION]);
      return fillUp(stack, ['::1'], [OPTION]).bound;
    },
    seen: { 'as-ipv4': 40, ignored: 0 },
  },
  A26: {
    about:
      'the auto-reuse range is kept out of dynamic allocation, or is part of it; UDP never cares',
    observe(host) {
      const stack = host({ autoReuseRange: { start: 50_010, count: 10 } });
      const option = fillUp(stack, [A], [OPTION]);
      stack.release(option.first, option.bound, 1e15);
      return [option.bound, fillUp(stack, [A]).bound, fillUp(stack, [A], [], 'udp').bound];
    },
    seen: { 'kept-out': [30, 30, 40], overlaps: [40, 40, 40] },
  },
  A27: {
    about: 'loopback addresses have pools of their own, one together, or must be listed',
    observe(host) {
      const { bound, code } = fillUp(host(), ['127.0.0.2', '127.0.0.3'], [OPTION]);
      return { bound, code };
    },
    seen: {
      'own-pools': { bound: 80, code: 10055 },
      'one-pool': { bound: 40, code: 10055 },
      'as-listed': { bound: 0, code: 10049 },
    },
  },
  A28: {
    about: 'addresses of one adapter share numbers, or only those of different ones do',
    observe(host) {
      return [
        ['a', 'a', 'b'],
        ['a', 'b', 'c'],
      ].map((adapters) => {
        const addresses = [A, B, C].map((address, i) => ({ address, adapter: adapters[i]! }));
        const stack = host({ addresses });
        let all = 0;
        for (const { address } of addresses) all += fillUp(stack, [address], [OPTION]).bound;
        stack.closeAll();
        return [all, fillUp(stack, [B], [OPTION]).bound];
      });
    },
    seen: {
      shared: [
        [120, 40],
        [120, 40],
      ],
      'not-shared': [
        [80, 40],
        [120, 40],
      ],
    },
  },
  A29: {
    about: 'exclusions bind option sockets too, or only option-less ones',
    observe(host) {
      const stack = host({ excludedRanges: [{ protocol: 'tcp', start: 50_000, count: 10 }] });
      const { bound } = fillUp(stack, [A]);
      stack.closeAll();
      return [bound, fillUp(stack, [A], [OPTION]).bound];
    },
    seen: { all: [30, 30], 'option-less': [30, 40] },
  },
  'PS-1': {
    about: 'without the option one range for all addresses, or one each, or one each for TCP',
    observe(host) {
      const stack = host();
      const bound = (['tcp', 'udp'] as const).map(
        (protocol) => fillUp(stack, [A, B], [], protocol).bound,
      );
      return [...bound, bindOne(stack, ANY)];
    },
    seen: {
      'one-range': [40, 40, -10055],
      'per-address': [80, 80, -10055],
      'per-address-tcp': [80, 40, -10055],
    },
  },
  'PS-6': {
    about: 'the option set on a bound socket leaves its number as it is, or makes it shareable',
    observe(host) {
      const stack = host();
      for (let i = 0; i < 10; i++) {
        const socket = socketWith(stack);
        stack.bind(socket, stack.intern(A), 0);
        stack.setsockopt(socket, OPTION, 1);
      }
      return fillUp(stack, [B], [OPTION]).bound;
    },
    seen: { 'no-effect': 30, 'takes-effect': 40 },
  },
};
