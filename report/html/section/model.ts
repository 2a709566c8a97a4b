import { comparedSentence } from '#engine/lockstep/differs.ts';
import { thousands } from '#engine/model/words.ts';
import type { ModelRecord } from '#engine/run/model-record.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import { html, type Content, type Markup } from '../markup.ts';
import { table } from '../table.ts';

/** A real run beside a model of its host: what differs, each kind with its first step. */
export function model({ model: track }: RunDocument): Markup | null {
  if (track === undefined) return null;
  return html`<section class="card" aria-labelledby="model">
    <div class="head">
      <h2 id="model">Model against measurement</h2>
      <p>the same calls by the rules of profile ${track.profile}, with this host’s ranges</p>
    </div>
    <p>${comparedSentence(track)}</p>
    ${track.notes.map((note) => html`<p class="note">${note}</p>`)}
    ${
      track.divergences.length > 0 &&
      table({
        caption: 'Differences, each with the first step that shows it',
        captionHidden: true,
        columns: [
          { title: 'Difference', width: 34 },
          { title: 'Steps', width: 8, number: true },
          { title: 'First', width: 22 },
          { title: 'Host', width: 16 },
          { title: 'Model' },
        ],
        cards: true,
        rows: track.divergences.map(row),
      })
    }
  </section>`;
}

function row({ text, assumptions, count, first }: ModelRecord['divergences'][number]): Content[] {
  const ids = assumptions.join(', ');
  return [
    ids === '' ? text : `${text} (${ids})`,
    thousands(count),
    `row ${first.seq}: ${first.call}`,
    first.host,
    first.model,
  ];
}
