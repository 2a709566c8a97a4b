import { basisOfRun } from '#engine/chart/provenance.ts';
import { isScriptRun } from '#engine/run/run-words.ts';
import { COLOR_RULES } from './html/colors.ts';
import { html, raw } from './html/markup.ts';
import { answers } from './html/section/answers.ts';
import { arms } from './html/section/arms.ts';
import { charts } from './html/section/charts.ts';
import { claims } from './html/section/claims.ts';
import { experiments } from './html/section/experiments.ts';
import { findings } from './html/section/findings.ts';
import { heading } from './html/section/heading.ts';
import { host } from './html/section/host.ts';
import { measures } from './html/section/measures.ts';
import { model } from './html/section/model.ts';
import { parameters } from './html/section/parameters.ts';
import { profile } from './html/section/profile.ts';
import { safety } from './html/section/safety.ts';
import { steps } from './html/section/steps.ts';
import { pageLabel } from './html/layout.ts';
import { STYLESHEET } from './html/stylesheet.ts';
import type { RunReportInput } from './run-report.ts';
import { utcWords } from './words.ts';

/**
 * A run as one HTML file that needs nothing else: no script, no font, no picture, no network. The
 * policy in its head forbids them, should a hostile run ever get past the escaping.
 */
export function renderHtml({ document, series, claimTexts, generatedAt }: RunReportInput): string {
  const { run } = document;
  const style = `${COLOR_RULES}\n${STYLESHEET}\n${pageLabel(basisOfRun(run))}`;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${run.title ?? document.verdict}, run ${run.id}</title>
        <style>
          ${raw(style)}
        </style>
      </head>
      <body>
        ${heading(document)}
        <main>
          ${
            isScriptRun(run)
              ? html`${findings(document)}${steps(document)}`
              : html`${claims(document, claimTexts)}
                ${
                  document.experiments === undefined
                    ? html`<div class="side">${arms(document, series)}${findings(document)}</div>`
                    : html`${experiments(document)}${findings(document)}`
                }`
          }
          ${answers(document)} ${model(document)} ${charts(document, series)}
          <div class="pair">
            <div>${safety(document)}${measures(document)}</div>
            ${parameters(document)}
          </div>
          ${profile(document)} ${host(document)}
        </main>
        <footer>
          <p>
            Port Scalability Lab ${run.labVersion}, recording format ${run.version}. Written
            ${utcWords(generatedAt)}.
          </p>
        </footer>
      </body>
    </html> `;
  return page.text;
}
