import { comparedSentence } from '#engine/lockstep/differs.ts';
import { thousands } from '#engine/model/words.ts';
import type { ModelRecord } from '#engine/run/model-record.ts';
import { table } from './table.ts';

/** Kinds of differences shown; the others are in the JSON. */
const MOST_KINDS = 12;

/** How a real run compares with a model of its host: the sentence, then the first step of each kind. */
export function modelText(model: ModelRecord): string {
  const shown = model.divergences.slice(0, MOST_KINDS);
  const hidden = model.divergences.length - shown.length;
  return [
    comparedSentence(model),
    ...model.notes,
    ...(shown.length === 0 ? [] : [kindsTable(shown)]),
    ...(hidden > 0 ? [`… ${hidden} more kinds: portlab runs show, with --json`] : []),
  ].join('\n');
}

function kindsTable(kinds: ModelRecord['divergences']): string {
  return table(
    [
      { title: 'Difference' },
      { title: 'Steps', right: true },
      { title: 'First' },
      { title: 'Host' },
      { title: 'Model' },
    ],
    kinds.map(({ kind, count, first }) => [
      kind,
      thousands(count),
      `row ${first.seq}: ${first.call}`,
      first.host,
      first.model,
    ]),
  );
}
