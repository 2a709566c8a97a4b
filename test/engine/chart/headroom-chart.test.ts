import { describe, expect, test } from 'vitest';
import { toEChartsOption } from '#engine/chart/echarts-option.ts';
import { headroomChart as chartOf } from '#engine/chart/headroom-chart.ts';
import type { HeadroomSample } from '#engine/doctor/headroom-sample.ts';
import type { Pool } from '#engine/model/protocol.ts';
import type { Basis } from '#engine/run/run-document.ts';

const BEGAN = Date.parse('2026-11-27T03:00:00Z');

const headroomChart = (samples: readonly HeadroomSample[], pool: Pool) =>
  chartOf(samples, pool, Date.parse);

/** One look every 5 s; `undefined` is a look that did not tell. */
function samples(free: readonly (number | undefined)[], basis: Basis = 'measured') {
  return free.map((value, at) => sample(BEGAN + at * 5_000, value, basis));
}

function sample(at: number, free: number | undefined, basis: Basis = 'measured'): HeadroomSample {
  return {
    at: new Date(at).toISOString(),
    hostname: 'EDGE',
    basis,
    profile: null,
    pools: [
      {
        protocol: 'tcp',
        family: 'ipv4',
        total: 16_384,
        used: free === undefined ? null : 16_384 - free,
        freeOnAll: free ?? null,
        timeWait: 12,
      },
    ],
    top: null,
  };
}

const SURFACE = { color: (token: string) => token, fontFamily: 'Inter', width: 700, height: 280 };

describe('headroom over time', () => {
  test('is drawn against the clock, from the first look to the last that told', () => {
    const chart = headroomChart(samples([16_000, 9_000, 78, undefined]), 'tcp4');
    expect(chart?.x).toMatchObject({ since: BEGAN, max: BEGAN + 10_000 });
    expect(chart?.y.max).toBe(16_384);
    expect(chart?.series.map(({ label }) => label.figure)).toEqual(['78', '12']);
    expect(chart?.description).toContain('78 at the least');
    expect(chart?.references).toEqual([
      { value: 1_638, words: 'few left below 1,638', atStart: true },
    ]);
  });

  test('has a gap where nobody looked, and where a look did not tell', () => {
    const later = [...samples([100, undefined, 90, 80]), sample(BEGAN + 3_600_000, 70)];
    const points = headroomChart(later, 'tcp4')?.series[0]?.points.map(([, y]) => y);
    expect(points).toEqual([100, null, 90, 80, null, 70]);
  });

  test('is nothing where no look told of that pool', () => {
    expect(headroomChart(samples([undefined, undefined]), 'tcp4')).toBeNull();
    expect(headroomChart(samples([5]), 'udp6')).toBeNull();
    expect(headroomChart([], 'tcp4')).toBeNull();
  });

  test('never draws a model or Wine like a measured host', () => {
    for (const basis of ['wine', 'modelled'] as const) {
      const chart = headroomChart(samples([5, 4], basis), 'tcp4')!;
      const [line] = toEChartsOption(chart, SURFACE)['series'] as { areaStyle?: unknown }[];
      expect(line?.areaStyle, basis).toBeDefined();
      expect(chart.subtitle, basis).not.toContain('measured on Windows');
    }
    const [real] = toEChartsOption(headroomChart(samples([5, 4]), 'tcp4')!, SURFACE)['series'] as {
      areaStyle?: unknown;
    }[];
    expect(real?.areaStyle).toBeUndefined();
  });

  test('has at most some 60 rows as a table, the last look among them', () => {
    const free = Array.from({ length: 1_000 }, (_, at) => 2_000 - at);
    const rows = headroomChart(samples(free), 'tcp4')?.table.rows ?? [];
    expect(rows.length).toBeLessThanOrEqual(61);
    expect(rows.at(-1)?.[1]).toBe(1_001);
  });
});
