import type { RunSeries } from '#engine/analysis/run-series.ts';
import { bindsOverTimeChart } from '#engine/chart/binds-over-time-chart.ts';
import type { ChartSpec } from '#engine/chart/chart-spec.ts';
import { formatNumber } from '#engine/chart/format.ts';
import { latencyByLevelCharts } from '#engine/chart/latency-by-level-chart.ts';
import { portsPerAddressChart } from '#engine/chart/ports-per-address-chart.ts';
import { basisOfRun } from '#engine/chart/provenance.ts';
import { armNames } from '#engine/chart/strategy-style.ts';
import { thousands } from '#engine/model/words.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import { basisTag, strategyLetter } from '../badges.ts';
import { chartFigure } from '../chart-figure.ts';
import { ICONS } from '../icons.ts';
import { html, type Markup } from '../markup.ts';
import { table } from '../table.ts';

/** The curves, and the speed of each arm where speed was measured. */
export function charts(document: RunDocument, series: RunSeries | null): Markup {
  const specs: (ChartSpec | null)[] = [portsPerAddressChart(document)];
  if (series !== null) {
    specs.push(bindsOverTimeChart(document, series), ...latencyByLevelCharts(document, series));
  }
  const drawn = specs.filter((spec) => spec !== null);
  if (drawn.length === 0) return html``;
  return html`<section aria-labelledby="charts">
      <h2 id="charts" class="bare">Charts</h2>
      <div class="charts">${drawn.map(chartFigure)}</div>
    </section>
    ${series !== null && speed(document, series)}`;
}

function speed(document: RunDocument, series: RunSeries): Markup {
  const basis = basisOfRun(document.run);
  if (basis === 'modelled') {
    return html`<p class="remark">
      ${ICONS.info}<span
        >Speed and latency are not shown: on the simulated stack every call takes 1 µs of virtual
        time by convention, so they would measure nothing.</span
      >
    </p>`;
  }
  const names = armNames(document.arms);
  const rows = document.arms.flatMap((arm) => {
    const found = series.arms.find((candidate) => candidate.index === arm.index);
    if (found === undefined) return [];
    const us = (ns: number | undefined): string | null =>
      ns === undefined ? null : formatNumber(ns / 1_000, 1);
    return [
      [
        html`<span class="strategy"
          >${strategyLetter(arm.strategy)}${names.get(arm.index)?.name}</span
        >`,
        found.bindsPerSecond === null ? null : thousands(found.bindsPerSecond),
        us(found.latency?.p50),
        us(found.latency?.p95),
        us(found.latency?.p99),
        us(found.latency?.max),
        thousands(found.failedBinds),
      ],
    ];
  });
  const number = (title: string): { title: string; number: true } => ({ title, number: true });
  return html`<section class="card" aria-labelledby="speed">
    <div class="head">
      <h2 id="speed">Speed</h2>
      <p>of successful <code>bind</code> calls; percentiles within 0.4 %</p>
    </div>
    ${table({
      caption: html`Bind speed and latency by strategy ${basisTag(basis)}`,
      columns: [
        { title: 'Strategy', width: 28 },
        ...[
          'Binds per second',
          'p50, \u00b5s',
          'p95, \u00b5s',
          'p99, \u00b5s',
          'Max, \u00b5s',
          'Failed binds',
        ].map(number),
      ],
      cards: true,
      rows,
    })}
  </section>`;
}
