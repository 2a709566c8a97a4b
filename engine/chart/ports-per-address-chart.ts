import type { Arm, RunDocument } from '../run/run-document.ts';
import type { BarChart, BarRow, ReferenceLine } from './chart-spec.ts';
import { formatNumber } from './format.ts';
import { basisOfRun, BASIS_WORDS } from './provenance.ts';
import { keepsWhatItBinds, rangeOfRun, worthDrawing } from './run-range.ts';
import { armNames } from './strategy-style.ts';

/** Segments a bar is cut into at most; beyond, neighbouring addresses share one. */
const MAX_SEGMENTS = 64;

/**
 * Ports bound per arm, stacked by address: total and share in one look. Where the run closed ports
 * again as it went (a sweep), it counts binds and says so. Null where there is little to draw.
 */
export function portsPerAddressChart(document: RunDocument): BarChart | null {
  const { arms, run } = document;
  if (!worthDrawing(document)) return null;
  const names = armNames(arms);
  const references = ceiling(document);
  const rows = arms.map((arm): BarRow => ({
    key: arm.strategy,
    name: names.get(arm.index)?.name ?? arm.strategy,
    short: names.get(arm.index)?.short ?? '',
    segments: segmentsOf(arm),
    label: { figure: formatNumber(arm.bound), words: '' },
  }));
  const basis = basisOfRun(run);
  const kept = keepsWhatItBinds(document);
  return {
    kind: 'bar',
    id: 'ports-per-address',
    title: kept ? 'Ports bound, by address' : 'Successful binds, by address',
    subtitle: BASIS_WORDS[basis],
    description: describe(document, rows),
    basis,
    x: {
      name: `${kept ? 'ports' : 'binds'}, a segment an address`,
      unit: '',
      max: Math.max(...arms.map((arm) => arm.bound), ...references.map((line) => line.value)),
    },
    rows,
    references,
    table: {
      columns: [
        { name: 'Address', numeric: false },
        ...rows.map((row) => ({ name: row.name, numeric: true })),
      ],
      rows: addressesOf(arms).map((address) => [
        address,
        ...arms.map(({ perAddress }) =>
          Object.hasOwn(perAddress, address) ? (perAddress[address] ?? 0) : 0,
        ),
      ]),
    },
  };
}

function addressesOf(arms: readonly Arm[]): string[] {
  return [...new Set(arms.flatMap((arm) => Object.keys(arm.perAddress)))];
}

/** What an arm bound, by address; neighbours share a segment where there are more than can be seen. */
export function segmentsOf(arm: Arm): { name: string; value: number }[] {
  const entries = Object.entries(arm.perAddress);
  const group = Math.ceil(entries.length / MAX_SEGMENTS);
  const segments: { name: string; value: number }[] = [];
  for (let from = 0; from < entries.length; from += group) {
    const members = entries.slice(from, from + group);
    const first = members[0]?.[0] ?? '';
    const last = members.at(-1)?.[0] ?? '';
    segments.push({
      name: members.length === 1 ? first : `${first} to ${last}`,
      value: members.reduce((sum, [, count]) => sum + count, 0),
    });
  }
  return segments;
}

/** Where the option-less arm ended, if it was full; else the dynamic range, if it is near. */
function ceiling(document: RunDocument): ReferenceLine[] {
  const legacy = document.arms.find((arm) => arm.strategy === 'legacy');
  if (document.arms.length > 1 && legacy?.ended === 'exhausted' && legacy.bound > 0) {
    return [{ value: legacy.bound, words: `legacy ceiling ${formatNumber(legacy.bound)}` }];
  }
  const range = keepsWhatItBinds(document) ? rangeOfRun(document) : null;
  const most = Math.max(...document.arms.map((arm) => arm.bound));
  if (range === null || range > 1.5 * most) return [];
  return [{ value: range, words: `dynamic range ${formatNumber(range)}` }];
}

function describe(document: RunDocument, rows: readonly BarRow[]): string {
  const bars = rows.map((row) => `${row.name} bound ${row.label.figure}`).join('; ');
  const count = addressesOf(document.arms).length;
  return `Horizontal bars. ${bars}, over ${formatNumber(count)} ${count === 1 ? 'address' : 'addresses'}.`;
}
