import { count, thousands } from '#engine/model/words.ts';
import type { ModelRecord } from '#engine/run/model-record.ts';
import type { Basis } from '#engine/run/run-document.ts';
import { sentenceCase } from '../../runs/run-words.ts';

/** Where host and model part, in one sentence. */
export function modelSentence({ differs, compared, profile }: ModelRecord, basis: Basis): string {
  if (compared === 0) return 'No call was compared.';
  if (differs !== null) return sentenceCase(differs);
  const who = basis === 'wine' ? 'Wine' : 'This host';
  return `${who} answered all ${count(compared, 'call')} as the model does (profile ${profile}).`;
}

/** Which model, and how much of the run was made again on it. */
export function modelHint({ profile, compared, divergences }: ModelRecord): string {
  const parted = divergences.reduce((sum, kind) => sum + kind.count, 0);
  return `profile ${profile} with the host’s own ranges; ${thousands(parted)} of ${count(compared, 'call')} answered otherwise`;
}
