import type { Part, RunDocument } from '#engine/run/run-document.ts';
import { html, type Content, type Markup } from '../markup.ts';
import { table } from '../table.ts';

/** The experiments of a full run: how each ended, its answer, and what it says of the claims. */
export function experiments({ experiments: parts }: RunDocument): Markup | null {
  if (parts === undefined) return null;
  const ran = parts.filter(({ status }) => status !== 'refused').length;
  return html`<section class="card" aria-labelledby="experiments">
    <div class="head">
      <h2 id="experiments">Experiments</h2>
      <p>${ran} of ${parts.length} ran; their arms are in the JSON and CSV reports</p>
    </div>
    ${table({
      caption: 'Experiments of this run, in order',
      captionHidden: true,
      columns: [
        { title: 'Experiment', width: 16 },
        { title: 'Ended', width: 10 },
        { title: 'Answer', width: 50 },
        { title: 'Claims' },
      ],
      cards: true,
      rows: parts.map(row),
    })}
  </section>`;
}

function row({ id, parameters, status, verdict, claims }: Part): Content[] {
  const { protocol } = parameters;
  const said = claims
    .filter(({ outcome }) => outcome !== 'untested')
    .map((claim) => `${claim.id} ${claim.outcome}`);
  return [
    typeof protocol === 'string' ? `${id}, ${protocol.toUpperCase()}` : id,
    status === 'refused' ? 'not run' : status,
    verdict,
    said.length === 0 ? null : said.join(', '),
  ];
}
