import { describe, expect, it } from 'vitest';
import { bindsOverTimeChart } from '#engine/chart/binds-over-time-chart.ts';
import type { ChartSpec } from '#engine/chart/chart-spec.ts';
import { toEChartsOption } from '#engine/chart/echarts-option.ts';
import { latencyByLevelCharts } from '#engine/chart/latency-by-level-chart.ts';
import { LIGHT } from '#engine/chart/palette.ts';
import { portsPerAddressChart } from '#engine/chart/ports-per-address-chart.ts';
import { armNames } from '#engine/chart/strategy-style.ts';
import { sampleAddresses, sampleRun, type SampleRun } from '#test/report/sample-run.ts';

const SAMPLES: [string, SampleRun][] = [
  ['measured', sampleRun({ usable: 900 })],
  ['wine', sampleRun({ basis: 'wine', usable: 256 })],
  ['modelled', sampleRun({ basis: 'modelled', usable: 16_384 })],
  ['64 addresses', sampleRun({ addresses: sampleAddresses(64), usable: 60 })],
  [
    '100 addresses',
    sampleRun({ basis: 'modelled', addresses: sampleAddresses(100), usable: 5_000 }),
  ],
];

function allCharts({ document, series }: SampleRun): ChartSpec[] {
  return [
    portsPerAddressChart(document),
    bindsOverTimeChart(document, series),
    ...latencyByLevelCharts(document, series),
  ].filter((spec) => spec !== null);
}

const SURFACES = [540, 320].map((width) => ({
  color: (token: keyof typeof LIGHT) => LIGHT[token],
  fontFamily: 'Inter',
  width,
  height: 280,
}));

describe.each(SAMPLES)('charts of a run, %s', (_, run) => {
  it('show as many ports as the arms bound', () => {
    const chart = portsPerAddressChart(run.document);
    const totals = chart?.rows.map((row) =>
      row.segments.reduce((sum, part) => sum + part.value, 0),
    );
    expect(totals).toEqual(run.document.arms.map((arm) => arm.bound));
    expect(
      bindsOverTimeChart(run.document, run.series)?.series.map((line) => line.points.at(-1)?.[1]),
    ).toEqual(run.document.arms.map((arm) => arm.bound));
  });

  it('say beside every figure whether it was measured', () => {
    const words = { measured: 'measured on Windows', wine: 'Wine', modelled: 'simulated' };
    for (const chart of allCharts(run)) expect(chart.subtitle).toContain(words[chart.basis]);
  });

  it('translate to plain data that begins at 0, does not move, and has at most six ticks', () => {
    for (const chart of allCharts(run)) {
      for (const surface of SURFACES) {
        const option = toEChartsOption(chart, surface);
        expect(structuredClone(option)).toEqual(option);
        expect(option['animation']).toBe(false);
        for (const name of ['xAxis', 'yAxis']) {
          const axis = option[name] as Record<string, number | string>;
          if (axis['type'] === 'category') continue;
          expect(axis['min']).toBe(0);
          expect(Number(axis['max']) / Number(axis['interval'])).toBeLessThanOrEqual(5 + 1e-9);
        }
      }
    }
  });

  it('keep a table of the same figures, short enough to read', () => {
    for (const chart of allCharts(run)) {
      expect(chart.table.rows.length).toBeGreaterThan(0);
      expect(chart.table.rows.length).toBeLessThanOrEqual(101);
      for (const row of chart.table.rows) expect(row.length).toBe(chart.table.columns.length);
    }
  });
});

describe('latencyByLevelCharts', () => {
  it('has nothing to show for a simulated run', () => {
    const run = sampleRun({ basis: 'modelled' });
    expect(latencyByLevelCharts(run.document, run.series)).toEqual([]);
  });

  it('puts all arms on one scale of time', () => {
    const run = sampleRun({ usable: 2_000 });
    const charts = latencyByLevelCharts(run.document, run.series);
    expect(charts.length).toBe(2);
    expect(new Set(charts.map((chart) => chart.y.max)).size).toBe(1);
  });
});

describe('portsPerAddressChart', () => {
  it('draws the legacy ceiling with its number', () => {
    const run = sampleRun({ usable: 700 });
    expect(portsPerAddressChart(run.document)?.references).toEqual([
      { value: 700, words: 'legacy ceiling 700' },
    ]);
  });

  it('speaks of binds where ports were closed again', () => {
    const { document } = sampleRun({ usable: 700 });
    const sweep = { ...document, safety: { ...document.safety, peakHeld: 201 } };
    expect(portsPerAddressChart(sweep)?.title).toBe('Successful binds, by address');
  });

  it('joins neighbours where there are more addresses than can be seen', () => {
    const run = sampleRun({ basis: 'modelled', addresses: sampleAddresses(100), usable: 500 });
    const segments = portsPerAddressChart(run.document)?.rows[1]?.segments ?? [];
    expect(segments.length).toBe(50);
    expect(segments[0]?.name).toBe('198.51.100.21 to 198.51.100.22');
  });

  it('is not drawn where nothing was bound', () => {
    const { document } = sampleRun({ usable: 700 });
    const arms = document.arms.map((arm) => ({ ...arm, bound: 0, perAddress: {} }));
    expect(portsPerAddressChart({ ...document, arms })).toBeNull();
  });
});

describe('armNames', () => {
  it('tells arms of one strategy apart', () => {
    const names = armNames([
      { strategy: 'legacy', index: 1 },
      { strategy: 'port-scalability', index: 2 },
      { strategy: 'legacy', index: 3 },
    ]);
    expect([...names.values()].map((name) => name.short)).toEqual(['L1', 'S', 'L3']);
    expect(names.get(3)?.name).toBe('Legacy (no option), arm 3');
    expect(names.get(2)?.name).toBe('Port scalability');
  });
});
