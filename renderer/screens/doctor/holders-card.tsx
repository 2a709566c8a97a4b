import type { ReactNode } from 'react';
import type { DoctorDocument, HolderRow } from '#engine/doctor/doctor-document.ts';
import { thousands } from '#engine/model/words.ts';
import { Card } from '../../kit/card.tsx';
import { DataTable, type DataColumn } from '../../kit/data-table.tsx';
import { makeStyles } from '../../kit/fluent.ts';
import { Empty } from '../../kit/messages.tsx';
import { color } from '../../kit/colors.ts';
import { holderName, poolTitle, remoteWords, seenWords } from './doctor-words.ts';

const useStyles = makeStyles({
  seen: { padding: '4px 16px 8px', fontSize: '12px', lineHeight: '16px', color: color('ink-3') },
  name: { display: 'block', minWidth: '110px', overflowWrap: 'break-word' },
  pool: { whiteSpace: 'nowrap' },
});

const BASE: readonly DataColumn<HolderRow>[] = [
  {
    id: 'process',
    header: 'Process',
    render: (row) => <Name row={row} />,
    sortValue: holderName,
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
    id: 'pool',
    header: 'Pool',
    render: (row) => <PoolName row={row} />,
    sortValue: ({ protocol, family }) => poolTitle(protocol, family),
  },
  {
    id: 'ports',
    header: 'Ports',
    numeric: true,
    render: ({ ports }) => <strong>{thousands(ports)}</strong>,
    sortValue: ({ ports }) => ports,
  },
  {
    id: 'bound',
    header: 'Bound only',
    numeric: true,
    render: ({ boundOnly }) => thousands(boundOnly),
    sortValue: ({ boundOnly }) => boundOnly,
  },
  {
    id: 'remote',
    header: 'Mostly to',
    width: '30%',
    render: (row) => remoteWords(row),
    sortValue: ({ toRemote }) => toRemote,
  },
];
const HANDLES: DataColumn<HolderRow> = {
  id: 'handles',
  header: 'Handles',
  numeric: true,
  render: ({ handles }) => (handles === null ? '–' : thousands(handles)),
  sortValue: ({ handles }) => handles ?? -1,
};

/** Which programs hold numbers, where their connections go, and how much nobody claims. */
export function HoldersCard({ document }: { readonly document: DoctorDocument }): ReactNode {
  const styles = useStyles();
  const { holders } = document;
  const told = holders.some(({ handles }) => handles !== null);
  return (
    <Card
      title="Who holds what"
      hint="numbers of the dynamic range; sockets that are bound only included"
      flush
    >
      {holders.length === 0 ? (
        <Empty
          title={
            document.headroom.every(({ used }) => used === null)
              ? 'No source told who holds ports.'
              : 'No program holds a number of the dynamic range.'
          }
        />
      ) : (
        <DataTable
          label="Programs that hold ports"
          columns={told ? [...BASE, HANDLES] : BASE}
          rows={holders}
          rowKey={({ pid, name, protocol, family }) => `${pid} ${name} ${protocol} ${family}`}
          initialOrder={{ column: 'ports', direction: 'descending' }}
          maxHeight="60vh"
        />
      )}
      <p className={styles.seen}>{seenWords(document)}</p>
    </Card>
  );
}

function Name({ row }: { readonly row: HolderRow }): ReactNode {
  return <span className={useStyles().name}>{holderName(row)}</span>;
}

function PoolName({ row: { protocol, family } }: { readonly row: HolderRow }): ReactNode {
  return <span className={useStyles().pool}>{poolTitle(protocol, family)}</span>;
}
