import { DEFAULT_ASSUMPTIONS, listSwitches } from '#engine/profile/assumptions.ts';
import type { Answer, Basis } from '#engine/run/run-document.ts';
import { ADDRESS_CLASS_WORDS } from '#engine/run/run-words.ts';

/** An answered question for reading. */
export interface AnswerRow {
  readonly answer: Answer;
  /** What the switch decides; null of one this version doesn't know. */
  readonly about: string | null;
  /** What the lab assumes by itself, where that is something else. */
  readonly other: string | null;
  /** `TCP IPv4, same NIC`. */
  readonly of: string;
}

const KNOWN = new Map(listSwitches(DEFAULT_ASSUMPTIONS).map((entry) => [String(entry.id), entry]));

/** In the order the run gave them. */
export function answerRows(answers: readonly Answer[]): AnswerRow[] {
  return answers.map((answer) => {
    const known = KNOWN.get(answer.id);
    return {
      answer,
      about: known?.about ?? null,
      other: known === undefined || known.default === answer.value ? null : known.default,
      of: `${answer.protocol.toUpperCase()} ${answer.family === 'ipv4' ? 'IPv4' : 'IPv6'}, ${ADDRESS_CLASS_WORDS[answer.addressClass]}`,
    };
  });
}

/** What holds for all of them; null where they differ in it. */
export interface AnswersShare {
  readonly basis: Basis | null;
  readonly of: string | null;
}

export function sharedBy(rows: readonly AnswerRow[]): AnswersShare {
  const [first] = rows;
  if (first === undefined) return { basis: null, of: null };
  const { basis } = first.answer;
  return {
    basis: rows.every(({ answer }) => answer.basis === basis) ? basis : null,
    of: rows.every(({ of }) => of === first.of) ? first.of : null,
  };
}

/** What the answers are worth. */
export function answersHint({ basis, of }: AnswersShare): string {
  const where = of === null ? '' : ` (${of})`;
  if (basis === 'wine') return `of the model, as Wine answers them${where}: nothing about Windows`;
  return basis === 'modelled'
    ? `of the model, which answers as its profile has it${where}: nothing about Windows`
    : `of the model, as this run answers them${where}`;
}
