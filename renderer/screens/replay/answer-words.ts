import { OP } from '#engine/event/op.ts';
import { describeCode } from '#engine/model/winsock-error.ts';
import { thousands } from '#engine/model/words.ts';
import type { EventRow } from '../../events/event-row.ts';
import type { ModelAnswer } from './model-frame.ts';

/** Rows that are told by the recording, and asked of no stack. */
const TOLD: ReadonlySet<number> = new Set([
  OP.mark,
  OP.process,
  OP.exit,
  OP.fillOf,
  OP.wait,
  OP.canary,
  OP.addressAdd,
  OP.addressRemove,
]);

/** Nobody answers it: it only tells. */
export function isTold({ op, code }: EventRow): boolean {
  return TOLD.has(op) && code === 0;
}

export interface AnswerWords {
  readonly text: string;
  /** Host and model differ here. */
  readonly differs: boolean;
}

/** How the model answered an event, beside how it was answered. '' where there is nothing to answer. */
export function answerWords(row: EventRow, answer: ModelAnswer | undefined): AnswerWords {
  const plain = (text: string): AnswerWords => ({ text, differs: false });
  if (answer === undefined || TOLD.has(row.op)) return plain('');
  if (!answer.covered) return plain('–');
  if (answer.difference !== null) return { text: answer.difference.model, differs: true };
  const { call } = answer;
  if (call === null) return plain('no such call');
  if (call.code !== 0) return plain(row.code === call.code ? 'the same' : describeCode(call.code));
  if (row.code !== 0) return plain('ok');
  const told = row.op === OP.getsockname || row.op === OP.close || row.op === OP.fill;
  if (told && call.port !== row.port && call.port !== 0) return plain(`ok, ${call.port}`);
  if (row.op === OP.getsockopt && call.value !== row.value) return plain(thousands(call.value));
  return plain('ok');
}
