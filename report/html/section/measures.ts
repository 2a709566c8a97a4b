import { formatNumber } from '#engine/chart/format.ts';
import { basisOfRun } from '#engine/chart/provenance.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import { basisTag } from '../badges.ts';
import { html, type Markup } from '../markup.ts';
import { table } from '../table.ts';

/** Every measure by the name it has in the JSON document. */
export function measures(document: RunDocument): Markup | null {
  const entries = Object.entries(document.measures);
  if (entries.length === 0) return null;
  return html`<section class="card" aria-labelledby="measures">
    <div class="head">
      <h2 id="measures">Measures</h2>
      <p>by their names in the JSON export</p>
    </div>
    ${table({
      caption: html`Measures ${basisTag(basisOfRun(document.run))}`,
      columns: [{ title: 'Name' }, { title: 'Value', number: true }],
      rows: entries.map(([name, value]) => [html`<code>${name}</code>`, formatNumber(value, 3)]),
    })}
  </section>`;
}
