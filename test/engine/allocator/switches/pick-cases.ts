import { A, B, bindOne, OPTION } from '../stack-under-test.ts';
import type { MakeHost, SwitchCases } from './case.ts';

const START = 50_000;
const COUNT = 40;

/**
 * How many of ten numbers that A holds an option bind on B picks too, of ten picks: where the next
 * number in turn is the first of the ten, and where it is the first after them.
 */
function shared(host: MakeHost): string[] {
  return [1, -10].map((ahead) => {
    const stack = host();
    const probe = stack.socket('tcp', 'ipv4');
    stack.bind(probe, stack.intern(B), 0);
    const last = stack.getsockname(probe) - START;
    stack.close(probe);
    const held = Array.from(
      { length: 10 },
      (_, i) => START + ((last + ahead + i + 1 + COUNT - 1) % COUNT),
    );
    for (const port of held) {
      stack.occupy({ protocol: 'tcp', address: A, port, kind: 'option' });
    }
    const both = held.map(() => bindOne(stack, B, [OPTION])).filter((port) => held.includes(port));
    return both.length === 10 ? 'all' : both.length === 0 ? 'none' : 'some';
  });
}

/** Which of the legal numbers is picked. */
export const PICK_CASES: SwitchCases = {
  A19: {
    about: 'picks go round the range, or are random, or share numbers, or avoid that',
    observe: shared,
    seen: {
      'next-fit': ['all', 'none'],
      random: ['some', 'some'],
      pack: ['all', 'all'],
      spread: ['none', 'none'],
    },
  },
  A20: {
    about: 'option binds have no preference, or share numbers, or avoid that',
    observe: shared,
    seen: { none: ['all', 'none'], pack: ['all', 'all'], spread: ['none', 'none'] },
  },
};
