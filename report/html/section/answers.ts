import { DEFAULT_ASSUMPTIONS, listSwitches } from '#engine/profile/assumptions.ts';
import type { Answer, RunDocument } from '#engine/run/run-document.ts';
import { html, type Content, type Markup } from '../markup.ts';
import { table } from '../table.ts';

const SWITCHES: ReadonlyMap<string, { readonly about: string; readonly default: string }> = new Map(
  listSwitches(DEFAULT_ASSUMPTIONS).map((one) => [one.id, one]),
);

/** What the run says of questions no document settles, beside what the model assumes otherwise. */
export function answers({ answers: given }: RunDocument): Markup | null {
  if (given === undefined || given.length === 0) return null;
  return html`<section class="card" aria-labelledby="answers">
    <div class="head">
      <h2 id="answers">Open questions it answers</h2>
      <p>portlab profiles learn makes a profile of them</p>
    </div>
    ${table({
      caption: 'Questions no document settles, and what this run found',
      captionHidden: true,
      columns: [
        { title: 'Question', width: 32 },
        { title: 'Answer', width: 12 },
        { title: 'Assumed otherwise', width: 12 },
        { title: 'Pool', width: 9 },
        { title: 'Because' },
      ],
      cards: true,
      rows: given.map(row),
    })}
  </section>`;
}

function row({ id, value, protocol, family, because }: Answer): Content[] {
  const known = SWITCHES.get(id);
  return [
    known === undefined ? id : `${id}: ${known.about}`,
    value,
    known?.default ?? null,
    `${protocol.toUpperCase()}, ${family === 'ipv4' ? 'IPv4' : 'IPv6'}`,
    because,
  ];
}
