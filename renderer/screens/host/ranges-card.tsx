import type { ReactNode } from 'react';
import type { HostView } from '#engine/api/views.ts';
import { formatNumber } from '#engine/chart/format.ts';
import type { PortRange } from '#engine/model/port-range.ts';
import { Card } from '../../kit/card.tsx';
import { DataTable, type DataColumn } from '../../kit/data-table.tsx';
import { POOL_PLACES, spanWords } from './pools.ts';
import { countPorts } from './port-bar-geometry.ts';

interface RangeRow {
  readonly name: string;
  readonly range: PortRange | null;
  /** Numbers of it no exclusion leaves; null where unknown or meaningless. */
  readonly excluded: number | null;
  readonly source: string;
}

const COLUMNS: readonly DataColumn<RangeRow>[] = [
  { id: 'name', header: 'Range', render: ({ name }) => name },
  { id: 'ports', header: 'Ports', render: ({ range }) => portsWords(range) },
  {
    id: 'count',
    header: 'Count',
    numeric: true,
    render: ({ range }) => (range === null ? 'unknown' : formatNumber(range.count)),
  },
  {
    id: 'excluded',
    header: 'Excluded',
    numeric: true,
    render: ({ excluded }) => (excluded === null ? '–' : formatNumber(excluded)),
  },
  { id: 'source', header: 'Source', render: ({ source }) => source },
];

/** The port ranges as numbers, and who said so. */
export function RangesCard({ view }: { readonly view: HostView }): ReactNode {
  return (
    <Card flush title="Port ranges" hint="as this machine states them">
      <DataTable
        label="Port ranges"
        columns={COLUMNS}
        rows={rowsOf(view)}
        rowKey={({ name }) => name}
      />
    </Card>
  );
}

function rowsOf({ facts }: HostView): RangeRow[] {
  const windows = facts.platform === 'win32';
  const pools = POOL_PLACES.map(({ pool, protocol, family, name }): RangeRow => {
    const range = facts.dynamicRanges[pool];
    const exclusions = facts.excludedRanges?.filter(
      (one) => one.protocol === protocol && one.family === family,
    );
    return {
      name,
      range,
      excluded:
        range === null || exclusions === undefined
          ? null
          : countPorts(range, exclusions, []).excluded,
      source: sourceOf(range, windows, 'netsh'),
    };
  });
  const reuse = facts.autoReuseRange;
  return [
    ...pools,
    {
      name: 'Auto-reuse TCP',
      range: reuse,
      excluded: null,
      source: sourceOf(reuse, windows, 'Get-NetTCPSetting'),
    },
  ];
}

function sourceOf(range: PortRange | null, windows: boolean, program: string): string {
  if (!windows) return 'not on this system';
  return range === null ? `${program} did not say` : program;
}

function portsWords(range: PortRange | null): string {
  if (range === null) return 'unknown';
  return range.count === 0 ? 'empty' : spanWords(range);
}
