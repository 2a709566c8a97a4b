import type { Answer, Finding } from '../run/run-document.ts';

/** What several experiments of one run say of the model's switches. */
export interface MergedAnswers {
  /** One a question: the first that was given. */
  readonly answers: readonly Answer[];
  /** A warning for each question that two of them answer differently; such answers are dropped. */
  readonly findings: readonly Finding[];
}

/** Puts answers together; a question is a switch for one protocol, family and kind of addresses. */
export function mergeAnswers(given: readonly Answer[]): MergedAnswers {
  const groups = new Map<string, Answer[]>();
  for (const answer of given) {
    const key = `${answer.id} ${answer.protocol} ${answer.family} ${answer.addressClass}`;
    groups.set(key, [...(groups.get(key) ?? []), answer]);
  }
  const answers: Answer[] = [];
  const findings: Finding[] = [];
  for (const group of groups.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const other = group.find(({ value }) => value !== first.value);
    if (other === undefined) answers.push(first);
    else findings.push(disagreement(first, other));
  }
  return { answers, findings };
}

function disagreement(one: Answer, other: Answer): Finding {
  return {
    id: `answers-disagree-${one.id}-${one.protocol}`,
    severity: 'warning',
    text: `Two experiments answer ${one.id} differently, so neither answer is kept: ${one.value} (${one.because}), but ${other.value} (${other.because}). Do: repeat both one by one on a quiet host.`,
  };
}
