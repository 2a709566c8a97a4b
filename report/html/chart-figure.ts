import type { ChartSpec } from '#engine/chart/chart-spec.ts';
import { formatNumber } from '#engine/chart/format.ts';
import { chartSvg } from '../chart-svg.ts';
import { basisTag } from './badges.ts';
import { html, type Markup } from './markup.ts';
import { table } from './table.ts';

/** Widths, px, at which a chart's text has its true size: beside another one, and on a phone. */
const WIDE = 540;
const NARROW = 320;

/** A chart drawn for both widths (the page shows one), and its figures for reading. */
export function chartFigure(spec: ChartSpec): Markup {
  return html`<figure class="card chart" id="${spec.id}">
    <figcaption>
      <h3>${spec.title}</h3>
      <p>${basisTag(spec.basis)} <span>${spec.subtitle}</span></p>
    </figcaption>
    <div class="wide">${chartSvg(spec, WIDE, `${spec.id}-wide`)}</div>
    <div class="narrow">${chartSvg(spec, NARROW, `${spec.id}-narrow`)}</div>
    <details>
      <summary>Figures of this chart</summary>
      ${table({
        caption: html`${spec.title}, ${spec.subtitle}`,
        columns: spec.table.columns.map(({ name, numeric }) => ({ title: name, number: numeric })),
        rows: spec.table.rows.map((row) =>
          row.map((value) => (typeof value === 'number' ? formatNumber(value, 3) : value)),
        ),
      })}
    </details>
  </figure>`;
}
