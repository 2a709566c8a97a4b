import type { RunDocument } from '#engine/run/run-document.ts';
import { readableParameters } from '#engine/run/readable-parameters.ts';
import { html, type Markup } from '../markup.ts';
import { table } from '../table.ts';
import { valueRows } from '../../values.ts';

/** All that was chosen, and the command that chooses it again. */
export function parameters(document: RunDocument): Markup {
  const { run, command } = document;
  const chosen = readableParameters(document);
  const rows = [
    { path: 'addresses', value: run.addresses.join(', ') },
    ...(Object.keys(chosen).length === 0 ? [] : valueRows(chosen)),
    { path: 'seed', value: String(run.seed) },
  ];
  return html`<section class="card" aria-labelledby="parameters">
    <div class="head">
      <h2 id="parameters">Parameters</h2>
      <p>exactly as the run had them</p>
    </div>
    ${table({
      caption: 'Parameters',
      captionHidden: true,
      columns: [{ title: 'Name', width: 32 }, { title: 'Value' }],
      rows: rows.map(({ path, value }) => [html`<code>${path}</code>`, value]),
    })}
    <h3 id="repeat">To repeat the run</h3>
    <pre aria-labelledby="repeat" tabindex="0"><code>${command}</code></pre>
  </section>`;
}
