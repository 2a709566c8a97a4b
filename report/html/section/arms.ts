import type { RunSeries } from '#engine/analysis/run-series.ts';
import { basisOfRun } from '#engine/chart/provenance.ts';
import { keepsWhatItBinds, rangeOfRun } from '#engine/chart/run-range.ts';
import { armNames } from '#engine/chart/strategy-style.ts';
import { duration, thousands } from '#engine/model/words.ts';
import type { Arm, Basis, RunDocument } from '#engine/run/run-document.ts';
import { ENDED_WORDS } from '#engine/run/run-words.ts';
import { errorWords } from '../../words.ts';
import { basisTag, strategyLetter } from '../badges.ts';
import { html, type Markup } from '../markup.ts';
import { table } from '../table.ts';
import { addressBars } from './address-bars.ts';

/** What each way of getting ports came to. */
export function arms(document: RunDocument, series: RunSeries | null): Markup {
  const basis = basisOfRun(document.run);
  const names = armNames(document.arms);
  const kept = keepsWhatItBinds(document);
  const range = rangeOfRun(document);
  const most = Math.max(1, ...document.arms.flatMap((arm) => Object.values(arm.perAddress)));
  const full = range !== null && range >= most ? range : most;
  return html`<section class="card" aria-labelledby="arms">
    <div class="head">
      <h2 id="arms">Arms</h2>
      <p>
        ${kept ? 'ports bound until each ended' : 'successful binds; ports were closed again as they came'}
      </p>
      <p class="aside">
        bars: per address, full width ${thousands(full)}${full === range && ' (dynamic range)'}
      </p>
    </div>
    ${
      document.arms.length === 0
        ? html`<p class="empty">No arm was begun.</p>`
        : table({
            caption: html`Ports by strategy ${basisTag(basis)}`,
            columns: [
              { title: 'Strategy', width: 24 },
              { title: kept ? 'Bound' : 'Binds', number: true, width: 9 },
              { title: 'Per address', width: 32 },
              { title: 'Overlap', number: true, width: 9 },
              { title: 'First error' },
            ],
            cards: true,
            rows: document.arms.map((arm) => [
              html`<span class="strategy"
                >${strategyLetter(arm.strategy)}${names.get(arm.index)?.name}</span
              >`,
              html`<strong>${thousands(arm.bound)}</strong>`,
              addressBars(arm, basis, full),
              thousands(arm.overlap),
              firstError(arm, basis, series),
            ]),
          })
    }
    <p class="note">Overlap: port numbers held on two or more of these addresses at once.</p>
  </section>`;
}

/** The error, where and when it came if the events tell, and what ended the arm if it was not that. */
function firstError(arm: Arm, basis: Basis, series: RunSeries | null): Markup {
  const details = place(arm, basis, series);
  if (arm.ended !== 'error' && arm.ended !== 'exhausted') details.push(ENDED_WORDS[arm.ended]);
  const words = arm.firstError === null ? 'none' : errorWords(arm.firstError);
  return html`<span class="error-name">${words}</span
    >${details.length > 0 && html`<span class="sub">${details.join(', ')}</span>`}`;
}

function place(arm: Arm, basis: Basis, series: RunSeries | null): string[] {
  const found = series?.arms.find((candidate) => candidate.index === arm.index);
  const seen = found?.firstError ?? null;
  if (found === undefined || seen === null || arm.firstError === null) return [];
  if (seen.code !== arm.firstError.code || seen.call !== arm.firstError.call) return [];
  return [
    ...(seen.address === '' ? [] : [`on ${seen.address}`]),
    `at ${thousands(seen.held)} held`,
    ...(basis === 'modelled' ? [] : [`after ${duration(seen.t - found.begin)}`]),
  ];
}
