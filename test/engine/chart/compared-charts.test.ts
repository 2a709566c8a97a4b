import { describe, expect, it } from 'vitest';
import type { ChartSpec } from '#engine/chart/chart-spec.ts';
import { comparedBindsCharts } from '#engine/chart/compared-binds-charts.ts';
import { comparedLatencyCharts } from '#engine/chart/compared-latency-charts.ts';
import { comparedPortsChart } from '#engine/chart/compared-ports-chart.ts';
import type { ComparedRun } from '#engine/chart/compared-run.ts';
import { toEChartsOption } from '#engine/chart/echarts-option.ts';
import type { ChartOption } from '#engine/chart/echarts-parts.ts';
import { LIGHT } from '#engine/chart/palette.ts';
import { sampleRun, type SampleChoice } from '#test/report/sample-run.ts';

function runs(...choices: Partial<SampleChoice>[]): ComparedRun[] {
  return choices.map((choice, at) => {
    const { document, series } = sampleRun({ usable: 900, ...choice });
    return { at, name: `run ${at}`, document, series };
  });
}

function allCharts(compared: readonly ComparedRun[]): ChartSpec[] {
  const ports = comparedPortsChart(compared);
  return [
    ...(ports === null ? [] : [ports]),
    ...comparedBindsCharts(compared),
    ...comparedLatencyCharts(compared),
  ];
}

function option(spec: ChartSpec, width = 540): ChartOption {
  const color = (token: keyof typeof LIGHT): string => LIGHT[token];
  return toEChartsOption(spec, { color, fontFamily: 'Inter', width, height: 280 });
}

function lines(spec: ChartSpec): readonly ChartOption[] {
  return option(spec)['series'] as readonly ChartOption[];
}

const MIXED = runs({ usable: 900 }, { basis: 'wine' }, { basis: 'modelled' }, { usable: 700 });

describe('charts of several runs', () => {
  it('have every run on the same axes, arm by arm', () => {
    const ports = comparedPortsChart(MIXED);
    expect(ports?.rows.map(({ name }) => name)).toEqual(
      ['Legacy (no option)', 'Port scalability'].flatMap((arm) =>
        ['A', 'B', 'C', 'D'].map((letter) => `${letter}  ${arm}`),
      ),
    );
    const totals = ports?.rows.map(({ segments }) =>
      segments.reduce((sum, { value }) => sum + value, 0),
    );
    expect(totals).toEqual([900, 3_600, 900, 700, 3_600, 3_600, 3_600, 2_800]);
    const [legacy] = comparedBindsCharts(MIXED);
    expect(legacy?.y.max).toBe(3_600);
    expect(legacy?.series.map(({ run }) => run?.letter)).toEqual(['A', 'B', 'D']);
  });

  it('never put virtual and real time on one axis, and have no latency of a model', () => {
    for (const chart of comparedBindsCharts(MIXED)) {
      const virtual = chart.x.name.startsWith('virtual');
      for (const { run } of chart.series) expect(run?.basis === 'modelled').toBe(virtual);
      expect(chart.subtitle).toContain(virtual ? 'simulated, not measured' : 'measured on Windows');
    }
    expect(comparedLatencyCharts(MIXED)).toHaveLength(4);
    for (const chart of comparedLatencyCharts(MIXED)) {
      expect(chart.series.map(({ run }) => run?.letter)).toEqual(['A', 'B', 'D']);
    }
    expect(comparedLatencyCharts(runs({ basis: 'modelled' }, { basis: 'modelled' }))).toEqual([]);
  });

  it('tell bases apart by line and fill: solid is measured and nothing else', () => {
    for (const chart of [...comparedBindsCharts(MIXED), ...comparedLatencyCharts(MIXED)]) {
      for (const [at, line] of lines(chart).entries()) {
        const { type } = line['lineStyle'] as { type: unknown };
        expect(type === 'solid').toBe(chart.series[at]?.run?.basis === 'measured');
      }
    }
    const ports = comparedPortsChart(MIXED);
    const [first] = lines(ports!);
    const styles = (first!['data'] as readonly ChartOption[]).map(
      ({ itemStyle }) => itemStyle as ChartOption,
    );
    expect(styles.slice(0, 4).map(({ decal }) => decal !== undefined)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('give runs of one model lines of their own, each with its letter on it', () => {
    const eight = runs(...Array.from({ length: 8 }, () => ({ basis: 'modelled' as const })));
    const [legacy] = comparedBindsCharts(eight);
    const dashes = lines(legacy!).map(({ lineStyle }) => JSON.stringify(lineStyle));
    expect(new Set(dashes).size).toBe(8);
    const letters = lines(legacy!).map((line) =>
      (line['data'] as readonly ChartOption[]).flatMap(({ label }) => {
        const formatter = (label as ChartOption | undefined)?.['formatter'];
        return typeof formatter === 'string' && formatter.length === 1 ? [formatter] : [];
      }),
    );
    expect(letters.map((own) => own[0])).toEqual(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H']);
  });

  it('translate to plain data, with a table of the same figures', () => {
    for (const chart of allCharts(MIXED)) {
      for (const width of [540, 320]) {
        expect(structuredClone(option(chart, width))).toEqual(option(chart, width));
      }
      expect(chart.table.rows.length).toBeGreaterThan(0);
      for (const row of chart.table.rows) expect(row).toHaveLength(chart.table.columns.length);
      for (const letter of ['A', 'B', 'D']) {
        if (chart.id.endsWith('virtual')) continue;
        expect(chart.table.rows.some(([first]) => first === letter)).toBe(true);
        expect(chart.description).toMatch(new RegExp(`\\b${letter}\\b`));
      }
    }
  });

  it('are not drawn where arms are no match', () => {
    const [one, two] = runs({}, {});
    const other = { ...two!.document, run: { ...two!.document.run, experiment: 'sweep' } };
    expect(allCharts([one!, { ...two!, document: other }])).toEqual([]);
    expect(allCharts(runs({ usable: 10 }, { usable: 20 }))).toEqual([]);
  });
});
