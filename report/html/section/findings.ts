import { adviceParts } from '#engine/run/advice-parts.ts';
import type { Finding, RunDocument } from '#engine/run/run-document.ts';
import { ICONS } from '../icons.ts';
import { html, type Markup } from '../markup.ts';

const ICON = { info: ICONS.info, warning: ICONS.warning, error: ICONS.cross } as const;

/** What struck the lab, and what to do about it. */
export function findings({ findings: found }: RunDocument): Markup {
  return html`<section class="card" aria-labelledby="findings">
    <div class="head">
      <h2 id="findings">Findings</h2>
      <p>and what to do</p>
    </div>
    ${
      found.length === 0
        ? html`<p class="empty">Nothing beyond the claims.</p>`
        : html`<ul class="findings">
            ${found.map(item)}
          </ul>`
    }
  </section>`;
}

function item({ severity, text }: Finding): Markup {
  const { what, advice } = adviceParts(text);
  return html`<li class="${severity}">
    ${ICON[severity]}
    <div>
      <p class="what"><span class="hidden">${severity}: </span>${what}</p>
      ${advice !== null && html`<p><b>Do:</b> ${advice}</p>`}
    </div>
  </li> `;
}
