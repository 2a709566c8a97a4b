import { LOW } from '../doctor/advice.ts';
import type { HeadroomSample, PoolSample } from '../doctor/headroom-sample.ts';
import { poolOf, type Pool } from '../model/protocol.ts';
import type { LineChart, LineSeries } from './chart-spec.ts';
import { formatNumber } from './format.ts';
import { BASIS_WORDS } from './provenance.ts';

const TABLE_ROWS = 60;
/** A pause this many times the usual one is a gap: nobody looked. */
const GAP = 4;
/** Nor is a shorter pause than this one, ms. */
const LEAST_GAP_MS = 30_000;

type Point = LineSeries['points'][number];

/**
 * Numbers free on all addresses against the clock, and those that wait in TIME_WAIT below. A pause in
 * which nobody looked is a gap, not a line. Null where no sample knows how many were free.
 * @param samples of one host and one basis, oldest first
 * @param timeOf ms since 1970 of an ISO 8601 time
 */
export function headroomChart(
  samples: readonly HeadroomSample[],
  pool: Pool,
  timeOf: (at: string) => number,
): LineChart | null {
  const seen = samples.flatMap((sample) => {
    const found = sample.pools.find(({ protocol, family }) => poolOf(protocol, family) === pool);
    const { at: stamp, basis } = sample;
    return found === undefined ? [] : [{ at: timeOf(stamp), stamp, basis, found }];
  });
  const last = seen.findLastIndex(({ found }) => found.freeOnAll !== null);
  const known = seen.slice(0, last + 1);
  const [first, end] = [known[0], known.at(-1)];
  if (first === undefined || end === undefined) return null;

  const { basis } = first;
  const total = Math.max(...known.map(({ found }) => found.total ?? 0));
  const gap = Math.max(LEAST_GAP_MS, GAP * usualPause(known.map(({ at }) => at)));
  const line = (valueOf: (sample: PoolSample) => number | null): Point[] =>
    known.flatMap(({ at, found }, place): Point[] => {
      const before = known[place - 1];
      const point: Point = [at, valueOf(found)];
      return before !== undefined && at - before.at > gap
        ? [[before.at + 1, null], point]
        : [point];
    });
  const free = line(({ freeOnAll }) => freeOnAll);
  const waiting = line(({ timeWait }) => timeWait);
  const [least, now, waits] = [
    Math.min(...known.map(({ found }) => found.freeOnAll ?? Infinity)),
    end.found.freeOnAll ?? 0,
    end.found.timeWait,
  ];
  const low = Math.round(total * LOW);
  return {
    kind: 'line',
    id: `headroom-${pool}`,
    title: 'Free on all addresses over time',
    subtitle: BASIS_WORDS[basis],
    description: `A line over time. ${formatNumber(now)} numbers free on all addresses at the end, ${formatNumber(least)} at the least; ${formatNumber(waits)} in TIME_WAIT at the end.`,
    basis,
    x: { name: 'UTC', unit: '', max: end.at, since: first.at },
    y: { name: 'numbers', unit: '', max: total },
    series: [
      {
        key: 'accent',
        name: 'free on all addresses',
        dash: basis === 'measured' ? 'solid' : 'strategy',
        area: true,
        points: free,
        label: { figure: formatNumber(now), words: 'free on all' },
      },
      ...(known.every(({ found }) => found.timeWait === 0)
        ? []
        : [
            {
              key: 'ink-3',
              name: 'in TIME_WAIT',
              dash: 'dashed',
              area: true,
              points: waiting,
              label: { figure: formatNumber(waits), words: 'TIME_WAIT' },
            } as const,
          ]),
    ],
    references:
      low === 0
        ? []
        : [{ value: low, words: `few left below ${formatNumber(low)}`, atStart: true }],
    table: {
      columns: [
        { name: 'Time, UTC', numeric: false },
        { name: 'Free on all', numeric: true },
        { name: 'Used', numeric: true },
        { name: 'TIME_WAIT', numeric: true },
      ],
      rows: thin(known, TABLE_ROWS).map(({ stamp, found }) => [
        stamp.slice(0, 19).replace('T', ' '),
        found.freeOnAll ?? 'unknown',
        found.used ?? 'unknown',
        found.timeWait,
      ]),
    },
  };
}

/** The middle one of all pauses between samples, ms; 0 for fewer than two samples. */
function usualPause(times: readonly number[]): number {
  const pauses = times.slice(1).map((at, before) => at - (times[before] ?? at));
  return pauses.toSorted((a, b) => a - b)[Math.floor(pauses.length / 2)] ?? 0;
}

/** Every n-th, and the last. */
function thin<T>(rows: readonly T[], most: number): T[] {
  const step = Math.max(1, Math.ceil(rows.length / most));
  return rows.filter((_, at) => at === rows.length - 1 || at % step === 0);
}
