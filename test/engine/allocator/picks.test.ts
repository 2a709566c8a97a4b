import { describe, expect, it } from 'vitest';
import { A, B, bindOne, fillUp, hostWith, OPTION, socketWith } from './stack-under-test.ts';

const START = 50_000;
const COUNT = 40;

function ports(count: number, bind: () => number): number[] {
  return Array.from({ length: count }, bind);
}

/** The number after this one, round the range. */
function after(port: number): number {
  return START + ((port - START + 1) % COUNT);
}

describe('which legal number is picked', () => {
  it('next-fit goes round the range with one cursor for all addresses', () => {
    const stack = hostWith();
    let last = bindOne(stack, A, [OPTION]);
    for (let i = 1; i < COUNT; i++) {
      const port = bindOne(stack, i % 2 === 0 ? A : B, [OPTION]);
      expect(port).toBe(after(last));
      last = port;
    }
  });

  it('next-fit steps over held numbers, and a refusal does not move it', () => {
    const stack = hostWith();
    const first = bindOne(stack, A);
    const blocked = after(first);
    expect(bindOne(stack, A, [], blocked)).toBe(blocked);
    expect(bindOne(stack, A)).toBe(after(blocked));
    const rest = fillUp(stack, [A]);
    expect(rest.code).toBe(10055);
    stack.close(rest.first + 3);
    stack.close(rest.first + 9);
    const again = [bindOne(stack, A), bindOne(stack, A)];
    expect(new Set(again).size).toBe(2);
  });

  it('fill picks what as many single binds would, over gaps and word ends', () => {
    const single = hostWith();
    const filled = hostWith();
    for (const stack of [single, filled]) {
      for (const port of [50_007, 50_015, 50_016, 50_031]) bindOne(stack, A, [], port);
    }
    const one = ports(36, () => bindOne(single, A, [OPTION]));
    const { first, bound } = fillUp(filled, [A], [OPTION]);
    expect(bound).toBe(36);
    expect(
      ports(
        36,
        (
          (id) => () =>
            filled.getsockname(id++)
        )(first),
      ),
    ).toEqual(one);
  });

  it('random is uniform over the legal numbers, also when few are left', () => {
    const stack = hostWith({ A19: 'random' });
    for (let port = START; port < START + COUNT; port++) {
      if (port % 10 !== 3) bindOne(stack, A, [], port);
    }
    const hits = new Map<number, number>();
    for (let i = 0; i < 4_000; i++) {
      const socket = stack.socket('tcp', 'ipv4');
      stack.bind(socket, stack.intern(A), 0);
      const port = stack.getsockname(socket);
      hits.set(port, (hits.get(port) ?? 0) + 1);
      stack.close(socket);
    }
    expect([...hits.keys()].sort()).toEqual([50_003, 50_013, 50_023, 50_033]);
    // 1,000 each is expected; 5 standard deviations are 137.
    for (const count of hits.values()) expect(Math.abs(count - 1_000)).toBeLessThan(140);
  });

  it('SO_RANDOMIZE_PORT picks at random under any policy', () => {
    const stack = hostWith();
    const got = ports(20, () => bindOne(stack, A, ['SO_RANDOMIZE_PORT']));
    expect(new Set(got).size).toBe(20);
    expect(got.slice(1).filter((port, i) => port === after(got[i]!)).length).toBeLessThan(10);
  });

  it('pack reuses numbers other addresses hold, spread takes ones nobody holds', () => {
    for (const assumptions of [{ A19: 'pack' }, { A20: 'pack' }, { A19: 'random', A20: 'pack' }]) {
      const stack = hostWith(assumptions);
      fillUpTo(stack, A, 20);
      fillUpTo(stack, B, 20);
      expect(stack.freeOnAll('tcp', 'ipv4'), JSON.stringify(assumptions)).toBe(20);
    }
    const stack = hostWith({ A20: 'spread' });
    fillUpTo(stack, A, 20);
    fillUpTo(stack, B, 20);
    expect(stack.freeOnAll('tcp', 'ipv4')).toBe(0);
    fillUpTo(stack, B, 20);
    expect(bindOne(stack, B, [OPTION])).toBe(-10055);
  });

  it('pack goes on from where it was, not from the lowest number', () => {
    const stack = hostWith({ A20: 'pack' });
    const held = Array.from({ length: 10 }, (_, i) => START + 16 + i);
    for (const port of held) {
      stack.occupy({ protocol: 'tcp', address: A, port, kind: 'option' });
    }
    const sockets = [0, 1].map(() => socketWith(stack, [OPTION]));
    for (const socket of sockets) stack.bind(socket, stack.intern(B), 0);
    const second = held.indexOf(stack.getsockname(sockets[1]!));
    stack.close(sockets[0]!);
    expect(bindOne(stack, B, [OPTION])).toBe(held[(second + 1) % held.length]);
  });
});

function fillUpTo(stack: ReturnType<typeof hostWith>, address: string, count: number): void {
  for (let i = 0; i < count; i++) expect(bindOne(stack, address, [OPTION])).toBeGreaterThan(0);
}
