import { selfStated, verdictBasis } from '#engine/claim/verdict-basis.ts';
import { count } from '#engine/model/words.ts';
import { recordedSwitches, type RecordedSwitch } from '#engine/profile/recorded-switches.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import { basisTag } from '../badges.ts';
import { html, type Content, type Markup } from '../markup.ts';
import { table } from '../table.ts';
import { valueRows } from '../../values.ts';

/**
 * What a simulated verdict rests on: first the assumptions without which its claims would come out
 * otherwise, then the modelled host and, folded, everything else it assumes about Windows.
 */
export function profile(document: RunDocument): Markup | null {
  const { profile: posed } = document.run;
  if (posed === null) return null;
  const { assumptions: _listed, ...rest } = posed.resolved;
  const switches = recordedSwitches(posed);
  return html`${restsOn(document, switches)}
    <section class="card long" aria-labelledby="profile">
      <div class="head">
        <h2 id="profile">Profile ${posed.name}</h2>
        <p>the modelled host: every figure above rests on it</p>
      </div>
      ${table({
        caption: html`The modelled host ${basisTag('modelled')}`,
        columns: [{ title: 'Setting', width: 32 }, { title: 'Value' }],
        rows: valueRows(rest).map(({ path, value }) => [html`<code>${path}</code>`, value]),
      })}
      ${
        switches.length > 0 &&
        html`<details>
          <summary>All ${count(switches.length, 'assumption')} of this profile</summary>
          ${all(switches)}
        </details>`
      }
    </section>`;
}

/** Nothing for a run that came to no claim: then nothing stands or falls with an assumption. */
function restsOn(document: RunDocument, switches: readonly RecordedSwitch[]): Markup | null {
  const basis = verdictBasis(document);
  if (basis.length === 0) return null;
  const known = new Map(switches.map((entry) => [entry.id, entry]));
  const own = selfStated(basis);
  return html`<section class="card long" aria-labelledby="rests-on">
    <div class="head">
      <h2 id="rests-on">This verdict rests on</h2>
      <p>set otherwise, each of these could have changed how a claim came out</p>
    </div>
    ${table({
      caption: html`Assumptions of profile ${document.run.profile?.name} ${basisTag('modelled')}`,
      columns: [
        { title: 'Id', width: 7 },
        { title: 'Assumed', width: 17 },
        { title: 'It decides', width: 30 },
        { title: 'Claims', width: 10 },
        { title: 'Standing', width: 12 },
        { title: 'Source' },
      ],
      cards: true,
      rows: basis.map(({ id, claims, role }): Content[] => {
        const entry = known.get(id);
        return [
          id,
          entry === undefined ? 'not recorded' : assumed(entry),
          role,
          claims.join(', '),
          entry?.standing,
          entry?.source,
        ];
      }),
    })}
    ${
      own.length > 0 &&
      html`<p class="note">
        ${own.join(' and ')} ${own.length === 1 ? 'says' : 'say'} what the claims say: how those
        came out shows that the model keeps its rules, not what Windows does.
      </p>`
    }
  </section>`;
}

function all(switches: readonly RecordedSwitch[]): Markup {
  return table({
    caption: html`Assumptions about the port allocator ${basisTag('modelled')}`,
    columns: [
      { title: 'Id', width: 15 },
      { title: 'Question', width: 40 },
      { title: 'Assumed', width: 22 },
      { title: 'Standing' },
    ],
    cards: true,
    rows: switches.map((entry): Content[] => [
      entry.id,
      entry.about,
      assumed(entry),
      entry.standing,
    ]),
  });
}

function assumed({ value, other }: RecordedSwitch): Markup {
  return html`<code>${value}</code
    >${other !== null && html` <span class="quiet">default ${other}</span>`}`;
}
