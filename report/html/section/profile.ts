import { DEFAULT_ASSUMPTIONS, listSwitches } from '#engine/profile/assumptions.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import { basisTag } from '../badges.ts';
import { html, type Content, type Markup } from '../markup.ts';
import { table } from '../table.ts';
import { isRecord, valueRows } from '../../values.ts';

const MARK_WORDS: Readonly<Record<string, string>> = {
  D: 'documented',
  O: 'observed in public',
  W: 'observed under Wine',
  I: 'inferred',
};

/** What a simulated verdict rests on: the modelled host, and every assumption about Windows. */
export function profile({ run }: RunDocument): Markup | null {
  if (run.profile === null) return null;
  const { assumptions, ...rest } = run.profile.resolved;
  return html`<section class="card long" aria-labelledby="profile">
    <div class="head">
      <h2 id="profile">Profile ${run.profile.name}</h2>
      <p>the modelled host: every figure above rests on it</p>
    </div>
    ${table({
      caption: html`The modelled host ${basisTag('modelled')}`,
      columns: [{ title: 'Setting', width: 32 }, { title: 'Value' }],
      rows: valueRows(rest).map(({ path, value }) => [html`<code>${path}</code>`, value]),
    })}
    ${assumptions !== undefined && assumptionTable(assumptions)}
  </section>`;
}

function assumptionTable(assumptions: unknown): Markup {
  const known = new Map(
    listSwitches(DEFAULT_ASSUMPTIONS).map((entry) => [String(entry.id), entry]),
  );
  const entries: [string, unknown][] = isRecord(assumptions)
    ? Object.entries(assumptions)
    : valueRows(assumptions).map(({ path, value }) => [path, value]);
  return table({
    caption: html`Assumptions about the port allocator ${basisTag('modelled')}`,
    columns: [
      { title: 'Id', width: 8 },
      { title: 'Question', width: 44 },
      { title: 'Assumed', width: 22 },
      { title: 'Standing' },
    ],
    cards: true,
    rows: entries.map(([id, value]): Content[] => {
      const about = known.get(id);
      const changed = about !== undefined && about.default !== value;
      return [
        id,
        about?.about,
        html`<code>${String(value)}</code
          >${changed && html` <span class="quiet">default ${about.default}</span>`}`,
        about === undefined ? null : MARK_WORDS[about.mark],
      ];
    }),
  });
}
