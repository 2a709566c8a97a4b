import type { ReactNode } from 'react';
import type { PortHolder } from '#engine/api/views.ts';
import { formatNumber } from '#engine/chart/format.ts';
import { Card } from '../../kit/card.tsx';
import { DataTable, type DataColumn } from '../../kit/data-table.tsx';
import { Spinner } from '../../kit/fluent.ts';
import { Empty, ErrorBar } from '../../kit/messages.tsx';
import type { PoolPlace } from './pools.ts';
import type { HoldersState } from './use-holders.ts';

const COLUMNS: readonly DataColumn<PortHolder>[] = [
  {
    id: 'process',
    header: 'Process',
    render: (holder) => nameOf(holder),
    sortValue: (holder) => nameOf(holder),
  },
  // An identifier: no separators.
  {
    id: 'pid',
    header: 'PID',
    numeric: true,
    render: ({ pid }) => pid,
    sortValue: ({ pid }) => pid,
  },
  {
    id: 'ports',
    header: 'Ports',
    numeric: true,
    render: ({ ports }) => <strong>{formatNumber(ports)}</strong>,
    sortValue: ({ ports }) => ports,
  },
  {
    id: 'bound',
    header: 'Bound only',
    numeric: true,
    render: ({ boundOnly }) => formatNumber(boundOnly),
    sortValue: ({ boundOnly }) => boundOnly,
  },
  { id: 'remote', header: 'Mostly to', render: ({ remote }) => (remote === '' ? '–' : remote) },
];

export interface HoldersCardProps {
  readonly place: PoolPlace;
  readonly holders: HoldersState;
}

/** Which programs hold numbers of the dynamic range now. */
export function HoldersCard({ place, holders: { view, error } }: HoldersCardProps): ReactNode {
  return (
    <Card
      flush
      title="Who holds ports"
      hint={`${place.name}, in the dynamic range`}
      aside={view?.known === true ? 'read every 5 s' : undefined}
    >
      {error !== undefined ? (
        <ErrorBar error={error} />
      ) : view === undefined ? (
        <Spinner size="small" label="Asking who holds ports" />
      ) : view.known ? (
        <DataTable
          label={`Programs that hold ${place.name} ports`}
          columns={COLUMNS}
          rows={view.holders}
          rowKey={({ pid }) => String(pid)}
          initialOrder={{ column: 'ports', direction: 'descending' }}
          empty={<Empty title="No program holds a number of the dynamic range." />}
        />
      ) : (
        <Empty title="Unknown">because {view.because}</Empty>
      )}
    </Card>
  );
}

/** Sockets in TIME_WAIT have no program any more; netstat gives them PID 0. */
function nameOf({ pid, name }: PortHolder): string {
  if (pid === 0) return 'TIME_WAIT';
  return name === '' ? 'unknown' : name;
}
