import { CLAIM_OUTCOMES, type RunDocument } from '#engine/run/run-document.ts';
import { ADDRESS_CLASS_WORDS, claimText } from '#engine/run/run-words.ts';
import { basisTag, outcomeMark } from '../badges.ts';
import { html, type Markup } from '../markup.ts';
import { table } from '../table.ts';

/** How each documented claim came out, and why. */
export function claims(
  { claims: results }: RunDocument,
  texts: Readonly<Record<string, string>>,
): Markup {
  const only =
    results.length === 0 || results.some((claim) => claim.basis === 'measured')
      ? ''
      : `, ${results[0]?.basis === 'wine' ? 'under Wine' : 'by the model'} only`;
  const tally = CLAIM_OUTCOMES.map((outcome) => {
    const found = results.filter((claim) => claim.outcome === outcome).length;
    return found === 0 ? [] : [`${found} ${outcome}`];
  }).flat();
  return html`<section class="card" aria-labelledby="claims">
    <div class="head">
      <h2 id="claims">Claims</h2>
      <p>${tally.join(', ')}${only}</p>
      <p class="aside">Only measured evidence on Windows counts</p>
    </div>
    ${
      results.length === 0
        ? html`<p class="empty">The run came to no claim.</p>`
        : table({
            caption: 'Documented claims and how this run settles them',
            columns: [
              { title: 'Claim', width: 7 },
              { title: 'Microsoft\u2019s page says', width: 33 },
              { title: 'Outcome', width: 12 },
              { title: 'Basis', width: 12 },
              { title: 'Addresses', width: 10 },
              { title: 'Because' },
            ],
            captionHidden: true,
            cards: true,
            rows: results.map((claim) => [
              claim.id,
              claimText(texts, claim.id),
              outcomeMark(claim.outcome, claim.basis),
              claim.outcome === 'untested' ? null : basisTag(claim.basis),
              claim.outcome === 'untested' ? null : ADDRESS_CLASS_WORDS[claim.addressClass],
              claim.because,
            ]),
          })
    }
  </section>`;
}
