import { describe, expect, test } from 'vitest';
import type { Answer } from '#engine/run/run-document.ts';
import { answerRows, answersHint, sharedBy } from '#renderer/screens/run/verdict/answer-words.ts';

const ANSWER: Answer = {
  id: 'A18',
  value: 'refused',
  basis: 'measured',
  addressClass: 'same-nic',
  protocol: 'tcp',
  family: 'ipv4',
  because: 'reading it answers WSAENOPROTOOPT (10042)',
};

describe('answers to open questions', () => {
  test('say what is asked, and what the lab would else assume', () => {
    const [row] = answerRows([ANSWER]);
    expect(row?.about).toMatch(/read\s*back/);
    expect(row?.other).toBe('readable');
    expect(row?.of).toBe('TCP IPv4, same NIC');
  });

  test('say nothing of a default that is the answer, and know nothing of a later lab’s switch', () => {
    const rows = answerRows([
      { ...ANSWER, value: 'readable' },
      { ...ANSWER, id: 'toString' },
    ]);
    expect(rows[0]?.other).toBeNull();
    expect(rows[1]).toMatchObject({ about: null, other: null });
  });

  test('say once what they have in common, and only that', () => {
    const udp: Answer = { ...ANSWER, protocol: 'udp', basis: 'wine' };
    expect(sharedBy(answerRows([ANSWER, { ...ANSWER, id: 'A17' }]))).toEqual({
      basis: 'measured',
      of: 'TCP IPv4, same NIC',
    });
    expect(sharedBy(answerRows([ANSWER, udp]))).toEqual({ basis: null, of: null });
    expect(sharedBy([])).toEqual({ basis: null, of: null });
  });

  test('of Wine or a model are said to be nothing about Windows', () => {
    expect(answersHint({ basis: 'measured', of: null })).not.toContain('Windows');
    expect(answersHint({ basis: 'wine', of: null })).toContain('nothing about Windows');
    expect(answersHint({ basis: 'modelled', of: null })).toContain('nothing about Windows');
  });
});
