import { describe, expect, it } from 'vitest';
import { A, ANY, bindOne, hostWith, OPTION, socketWith } from './stack-under-test.ts';

const START = 50_000;
const PICKS = 8_000;

/** Pearson's statistic against "all alike". */
function chiSquare(hits: readonly number[]): number {
  const expected = hits.reduce((sum, count) => sum + count, 0) / hits.length;
  return hits.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/** 0.999 quantile of chi-square, by Wilson and Hilferty; good to a percent from 3 degrees on. */
function limit(degrees: number): number {
  const share = 2 / (9 * degrees);
  return degrees * (1 - share + 3.09 * Math.sqrt(share)) ** 3;
}

function countsOf(legal: readonly number[], pick: () => number): number[] {
  const hits = new Map(legal.map((port) => [port, 0]));
  for (let i = 0; i < PICKS; i++) {
    const port = pick();
    expect(hits.has(port), `port ${port} is legal`).toBe(true);
    hits.set(port, hits.get(port)! + 1);
  }
  return [...hits.values()];
}

/** Clusters and gaps: where next-fit from a random start would favour the numbers after a gap. */
const LEGAL = [0, 1, 2, 11, 19, 20, 31, 32, 33, 39].map((offset) => START + offset);

describe('random picks are uniform over the legal numbers', () => {
  for (const [name, assumptions, options] of [
    ['A19 random, option-less', { A19: 'random' }, []],
    ['A19 random, with the option', { A19: 'random' }, [OPTION]],
    ['SO_RANDOMIZE_PORT under next-fit', {}, ['SO_RANDOMIZE_PORT']],
  ] as const) {
    it(`${name}`, () => {
      const stack = hostWith(assumptions);
      for (let port = START; port < START + 40; port++) {
        if (!LEGAL.includes(port)) bindOne(stack, A, [], port);
      }
      const hits = countsOf(LEGAL, () => {
        const socket = socketWith(stack, options);
        stack.bind(socket, stack.intern(A), 0);
        const port = stack.getsockname(socket);
        stack.close(socket);
        return port;
      });
      expect(chiSquare(hits)).toBeLessThan(limit(LEGAL.length - 1));
    });
  }

  for (const [name, bindTo] of [
    ['of an unbound connect', null],
    ['of a connect after a bind that put the choice off', A],
  ] as const) {
    it(`auto-reuse picks ${name}, around numbers that are held and 4-tuples in use`, () => {
      const range = { start: 51_000, count: 24 };
      const stack = hostWith({}, { autoReuseRange: range });
      const remote = stack.intern('203.0.113.1');
      const barred = [51_000, 51_003, 51_004, 51_005, 51_023];
      for (const port of barred) bindOne(stack, ANY, [], port);
      const connect = (): { socket: number; port: number } => {
        const socket = socketWith(stack, bindTo === null ? [] : ['SO_REUSE_UNICASTPORT']);
        if (bindTo !== null) stack.bind(socket, stack.intern(bindTo), 0);
        expect(stack.connect(socket, remote, 443)).toBe(0);
        return { socket, port: stack.getsockname(socket) };
      };
      const inUse = Array.from({ length: 6 }, () => connect().port);
      const legal = Array.from({ length: range.count }, (_, i) => range.start + i).filter(
        (port) => !barred.includes(port) && !inUse.includes(port),
      );
      expect(legal).toHaveLength(range.count - 11);
      const hits = countsOf(legal, () => {
        const { socket, port } = connect();
        stack.close(socket, 'abort');
        return port;
      });
      expect(chiSquare(hits)).toBeLessThan(limit(legal.length - 1));
    });
  }

  it('the test itself tells next-fit from a random start apart', () => {
    let seed = 1;
    const random = (): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return START + ((seed >>> 8) % 40);
    };
    const hits = countsOf(LEGAL, () => {
      const from = random();
      return LEGAL.find((port) => port >= from) ?? LEGAL[0]!;
    });
    expect(chiSquare(hits)).toBeGreaterThan(limit(LEGAL.length - 1));
  });
});
