import { describe, expect, it } from 'vitest';
import { NULL_SINK } from '#engine/event/event-sink.ts';
import { resolveProfile } from '#engine/profile/resolve-profile.ts';
import { createSimulatedStack } from '#engine/stack/simulated-stack.ts';
import { A, ANY, B, bindOne, fillUp, hostWith, OPTION, socketWith } from './stack-under-test.ts';

const V6 = 'fd00::1';

/** Every switch the engine has, at its default and switched: what a caller sees. */
describe('assumptions change what a host answers', () => {
  it('A1: the option is honoured, ignored, or refused by setsockopt', () => {
    const bound = (A1: string) => fillUp(hostWith({ A1 }), [A, B], [OPTION]);
    expect(bound('honoured').bound).toBe(80);
    expect(bound('ignored').bound).toBe(40);
    expect(bound('refused')).toMatchObject({ bound: 0, code: 10042 });
    expect(fillUp(hostWith({ 'PS-2': 'ignored' }), [A, B], [OPTION]).bound).toBe(40);
  });

  it('A2: numbers of option-less sockets are barred to option sockets elsewhere, or not', () => {
    const bound = (A2: string): number => {
      const stack = hostWith({ A2 });
      for (let i = 0; i < 10; i++) bindOne(stack, A);
      return fillUp(stack, [B], [OPTION]).bound;
    };
    expect(bound('blocked')).toBe(30);
    expect(bound('allowed')).toBe(40);
  });

  it('A3: numbers held through the option are lost to option-less sockets, or not', () => {
    const bound = (assumptions: Record<string, string>): number => {
      const stack = hostWith(assumptions);
      fillUp(stack, [A], [OPTION]);
      return fillUp(stack, [B]).bound;
    };
    expect(bound({ A3: 'blocked' })).toBe(0);
    expect(bound({ A3: 'allowed' })).toBe(40);
    expect(bound({ 'PS-4': 'allowed' })).toBe(40);
  });

  it('A6: the option on the wildcard address counts as none, or shares with specific addresses', () => {
    const port = (A6: string): number => {
      const stack = hostWith({ A6 });
      fillUp(stack, [A], [OPTION]);
      return bindOne(stack, ANY, [OPTION]);
    };
    expect(port('as-option-less')).toBe(-10055);
    expect(port('as-option')).toBeGreaterThan(0);
  });

  it('A10: an explicit holder bars option-less sockets, everyone, or nobody', () => {
    const left = (A10: string): number[] => {
      const stack = hostWith({ A10 });
      for (let port = 50_000; port < 50_010; port++) bindOne(stack, A, [], port);
      const option = fillUp(stack, [B], [OPTION]);
      stack.release(option.first, option.bound, 1e15);
      return [option.bound, fillUp(stack, ['10.0.0.3']).bound];
    };
    expect(left('option-less')).toEqual([40, 30]);
    expect(left('all')).toEqual([30, 30]);
    expect(left('none')).toEqual([40, 40]);
  });

  it('A11: an explicit wildcard-address holder bars the option everywhere, or only an exclusive one', () => {
    const bound = (A11: string, exclusive: boolean): number => {
      const stack = hostWith({ A11 });
      bindOne(stack, ANY, exclusive ? ['SO_EXCLUSIVEADDRUSE'] : [], 50_005);
      return fillUp(stack, [A], [OPTION]).bound;
    };
    expect(bound('blocked', false)).toBe(39);
    expect(bound('allowed', false)).toBe(40);
    expect(bound('allowed', true)).toBe(39);
  });

  it('A12 and A13: the option works for UDP and for IPv6, or is ignored there', () => {
    const udp = (A12: string) => fillUp(hostWith({ A12 }), [A, B], [OPTION], 'udp').bound;
    expect([udp('as-tcp'), udp('ignored')]).toEqual([80, 40]);
    const v6 = (A13: string): number => {
      const stack = hostWith({ A13 });
      fillUp(stack, [V6], [OPTION]);
      return fillUp(stack, ['::1'], [OPTION]).bound;
    };
    expect([v6('as-ipv4'), v6('ignored')]).toEqual([40, 0]);
  });

  it('A14 and A15: exhaustion and starvation answer 10055, or what Wine gives', () => {
    const codes = (assumptions: Record<string, string>): number[] => {
      const full = hostWith(assumptions);
      fillUp(full, [A]);
      const starved = hostWith(assumptions);
      fillUp(starved, [A], [OPTION]);
      const implicit = full.connect(socketWith(full), full.intern('203.0.113.1'), 80);
      return [bindOne(full, A), implicit, bindOne(starved, B)];
    };
    expect(codes({})).toEqual([-10055, 10055, -10055]);
    expect(codes({ A14: 'wine' })).toEqual([-10048, 10049, -10055]);
    expect(codes({ A14: 'wine', A15: 'wine' })).toEqual([-10048, 10049, -10048]);
  });

  it('A16: both options on one TCP socket: the second fails, or both stay', () => {
    const second = (id: string, value: string): number =>
      hostSet(hostWith({ [id]: value }), [OPTION], 'SO_REUSE_UNICASTPORT');
    expect([second('A16', 'second-fails'), second('A16', 'accepted')]).toEqual([10022, 0]);
    expect(second('PS-9', 'accepted')).toBe(0);
  });

  it('A17: the option on a bound socket is accepted, or refused', () => {
    const late = (A17: string): number => {
      const stack = hostWith({ A17 });
      const socket = socketWith(stack);
      stack.bind(socket, stack.intern(A), 0);
      return stack.setsockopt(socket, OPTION, 1);
    };
    expect([late('accepted'), late('refused')]).toEqual([0, 10022]);
  });

  it('A18: the port options can be read back, or not; a fill goes on either way', () => {
    const read = (A18: string): number => {
      const stack = hostWith({ A18 });
      expect(fillUp(stack, [A], [OPTION]).bound).toBe(40);
      return stack.getsockopt(socketWith(stack, [OPTION]), OPTION);
    };
    expect([read('readable'), read('refused')]).toEqual([1, -10042]);
  });

  it('A23: the value 0 clears the option, or is ignored', () => {
    const left = (A23: string): number => {
      const stack = hostWith({ A23 });
      const socket = socketWith(stack, [OPTION]);
      stack.setsockopt(socket, OPTION, 0);
      return stack.getsockopt(socket, OPTION);
    };
    expect([left('clears'), left('ignored')]).toEqual([0, 1]);
  });

  it('A24: exclusive use goes with the option, or the second of them fails', () => {
    const second = (A24: string): number =>
      hostSet(hostWith({ A24 }), ['SO_EXCLUSIVEADDRUSE'], OPTION);
    expect([second('allowed'), second('second-fails')]).toEqual([0, 10022]);
    expect(hostSet(hostWith({ A24: 'second-fails' }), [OPTION], 'SO_EXCLUSIVEADDRUSE')).toBe(10022);
  });

  it('A27: loopback addresses have pools of their own, one together, or must be listed', () => {
    const bound = (A27: string) => fillUp(hostWith({ A27 }), ['127.0.0.2', '127.0.0.3'], [OPTION]);
    expect(bound('own-pools').bound).toBe(80);
    expect(bound('one-pool')).toMatchObject({ bound: 40, code: 10055 });
    expect(bound('as-listed')).toMatchObject({ bound: 0, code: 10049 });
  });

  it('A28: addresses of one adapter share numbers, or only those of different ones do', () => {
    const bound = (A28: string, adapters: readonly string[]): number => {
      const addresses = [A, B, '10.0.0.3'];
      const profile = resolveProfile({
        dynamicRanges: { tcp4: { start: 50_000, count: 40 } },
        addresses: addresses.map((address, i) => ({ address, adapter: adapters[i]! })),
        assumptions: { A28 },
      });
      const stack = createSimulatedStack({ sink: NULL_SINK, profile, addresses, seed: 1 });
      let all = 0;
      for (const address of addresses) {
        const fill = fillUp(stack, [address], [OPTION]);
        all += fill.bound;
      }
      expect(stack.closeAll()).toBe(all);
      expect(fillUp(stack, [B], [OPTION]).bound, 'all came back').toBe(40);
      return all;
    };
    expect(bound('shared', ['a', 'a', 'b'])).toBe(120);
    expect(bound('not-shared', ['a', 'a', 'b'])).toBe(80);
    expect(bound('not-shared', ['a', 'b', 'c'])).toBe(120);
  });

  it('A29: exclusions bind option sockets too, or only option-less ones', () => {
    const bound = (A29: string): number[] => {
      const excludedRanges = [{ protocol: 'tcp', start: 50_000, count: 10 }];
      const stack = hostWith({ A29 }, { excludedRanges });
      const legacy = fillUp(stack, [A]);
      stack.closeAll();
      return [legacy.bound, fillUp(stack, [A], [OPTION]).bound];
    };
    expect(bound('all')).toEqual([30, 30]);
    expect(bound('option-less')).toEqual([30, 40]);
  });

  it('PS-1: without the option one range for all addresses, or one each as on Wine', () => {
    const bound = (rule: string): number[] => {
      const stack = hostWith({ 'PS-1': rule });
      const some = fillUp(stack, [A, B]).bound;
      return [some, bindOne(stack, ANY)];
    };
    expect(bound('one-range')).toEqual([40, -10055]);
    expect(bound('per-address')).toEqual([80, -10055]);
  });
});

function hostSet(
  stack: ReturnType<typeof hostWith>,
  first: Parameters<typeof socketWith>[1],
  second: 'SO_REUSE_UNICASTPORT' | 'SO_PORT_SCALABILITY' | 'SO_EXCLUSIVEADDRUSE',
): number {
  return stack.setsockopt(socketWith(stack, first), second, 1);
}
