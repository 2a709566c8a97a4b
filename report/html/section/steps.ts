import type { RunDocument } from '#engine/run/run-document.ts';
import type { StepRecord } from '#engine/run/script-record.ts';
import { thousands } from '#engine/model/words.ts';
import { html, type Content, type Markup } from '../markup.ts';
import { table } from '../table.ts';

/** A page is for reading; what is beyond is in the JSON. */
const MOST_ROWS = 1_000;

/** A scenario script's steps, each with its answer and how its expectation came out. */
export function steps({ steps: all, script }: RunDocument): Markup | null {
  if (all === undefined) return null;
  const left = all.length - MOST_ROWS;
  return html`<section class="card long" aria-labelledby="steps">
    <div class="head">
      <h2 id="steps">Steps</h2>
      <p>${script?.title ?? 'of the script'}, each with its answer</p>
    </div>
    ${table({
      caption: 'Steps',
      captionHidden: true,
      columns: [
        { title: 'Step', width: 6 },
        { title: 'Call', width: 44 },
        { title: 'Answer', width: 28 },
        { title: 'Expectation' },
      ],
      cards: true,
      rows: all.slice(0, MOST_ROWS).map(row),
    })}
    ${left > 0 && html`<p class="note">${thousands(left)} further steps are in the JSON report.</p>`}
  </section>`;
}

function row({ index, call, answer, expectation, missed }: StepRecord): Content[] {
  return [
    String(index),
    call,
    answer,
    expectation === 'none'
      ? null
      : expectation === 'met'
        ? 'met'
        : html`<b>failed</b>: ${missed ?? 'not as expected'}`,
  ];
}
