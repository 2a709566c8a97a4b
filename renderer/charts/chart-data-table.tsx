import { useState, type ReactNode } from 'react';
import { formatNumber } from '#engine/chart/format.ts';
import type { ChartTable } from '#engine/chart/chart-spec.ts';
import { DataTable, type DataColumn } from '../kit/data-table.tsx';
import { Button } from '../kit/fluent.ts';
import { Table16Regular } from '../kit/icons.ts';

type Row = { readonly key: string; readonly cells: ChartTable['rows'][number] };

/** A chart's figures for reading, behind a button. */
export function ChartDataTable(props: {
  readonly label: string;
  readonly table: ChartTable;
}): ReactNode {
  const { label, table } = props;
  const [shown, setShown] = useState(false);
  const columns = table.columns.map(({ name, numeric }, at): DataColumn<Row> => ({
    id: String(at),
    header: name,
    numeric,
    render: ({ cells }) => {
      const cell = cells[at] ?? '';
      return typeof cell === 'number' ? formatNumber(cell, 4) : cell;
    },
  }));
  return (
    <>
      <Button
        appearance="subtle"
        size="small"
        icon={<Table16Regular />}
        aria-expanded={shown}
        onClick={() => setShown(!shown)}
      >
        {shown ? 'Hide the table' : 'Show as table'}
      </Button>
      {shown && (
        <DataTable
          label={label}
          columns={columns}
          rows={table.rows.map((cells, at) => ({ key: String(at), cells }))}
          rowKey={({ key }) => key}
          density="dense"
        />
      )}
    </>
  );
}
