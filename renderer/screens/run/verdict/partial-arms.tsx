import type { ReactNode } from 'react';
import type { ArmSeries } from '#engine/analysis/run-series.ts';
import { describeCode } from '#engine/model/winsock-error.ts';
import { thousands } from '#engine/model/words.ts';
import { DataTable, type DataColumn } from '../../../kit/data-table.tsx';

const COLUMNS: readonly DataColumn<ArmSeries>[] = [
  { id: 'arm', header: 'Arm', render: ({ index }) => `Arm ${index}` },
  { id: 'bound', header: 'Binds', numeric: true, render: ({ bound }) => thousands(bound) },
  {
    id: 'failed',
    header: 'Failed binds',
    numeric: true,
    render: ({ failedBinds }) => thousands(failedBinds),
  },
  {
    id: 'peak',
    header: 'Held at most',
    numeric: true,
    render: ({ peakHeld }) => thousands(peakHeld),
  },
  {
    id: 'addresses',
    header: 'Addresses',
    numeric: true,
    render: ({ perAddress }) => thousands(perAddress.length),
  },
  {
    id: 'error',
    header: 'First error',
    render: ({ firstError }) =>
      firstError === null ? 'none' : `${firstError.call}: ${describeCode(firstError.code)}`,
  },
];

/** Of a run that has not judged its arms: what the recorded calls alone say of them. */
export function PartialArms({ arms }: { readonly arms: readonly ArmSeries[] }): ReactNode {
  return (
    <DataTable
      label="Arms as far as they were recorded"
      columns={COLUMNS}
      rows={arms}
      rowKey={({ index }) => String(index)}
    />
  );
}
