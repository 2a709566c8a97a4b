import { useMemo, type ReactNode } from 'react';
import { thousands } from '#engine/model/words.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import { Card } from '../../../kit/card.tsx';
import { color } from '../../../kit/colors.ts';
import { DataTable, type DataColumn } from '../../../kit/data-table.tsx';
import { Term, Terms } from '../../../kit/figures.tsx';
import { makeStyles } from '../../../kit/fluent.ts';
import { TriState } from '../../../kit/marks.tsx';
import { rangeWords } from '../run-words.ts';
import {
  addressRows,
  answerOf,
  optionRows,
  poolRows,
  type AddressRow,
  type PoolRow,
} from './host-words.ts';

interface Props {
  readonly run: RunDocument['run'];
}

const useStyles = makeStyles({
  option: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '4px 8px',
    padding: '8px 16px',
    borderTop: `1px solid ${color('stroke')}`,
  },
  name: { flexBasis: '100%', fontWeight: 600 },
  pair: { display: 'inline-flex', alignItems: 'center', gap: '6px' },
});

/** The machine that ran it, as the lab saw it then. */
export function HostCard({ run }: Props): ReactNode {
  const { host } = run;
  const simulated = run.stack === 'simulated';
  return (
    <Card
      title="Host"
      hint={simulated ? 'ran the simulation; the figures are not its own' : 'the figures are of it'}
    >
      <Terms>
        <Term label="Machine">{host.hostname}</Term>
        <Term label="System">
          {host.os.name}, build {host.os.build}
        </Term>
        <Term label="Product type">{host.os.productType ?? 'unknown'}</Term>
        <Term label="Wine">{host.wine ?? 'no'}</Term>
        <Term label="Stack">
          {run.stack === 'winsock'
            ? `Winsock (ws2_32.dll, ${run.ffi ?? 'FFI'})`
            : 'simulated, allocator engine'}
        </Term>
        <Term label="Why">{host.why}</Term>
        <Term label="Recorded by">lab {run.labVersion}</Term>
      </Terms>
    </Card>
  );
}

const POOL_COLUMNS: readonly DataColumn<PoolRow>[] = [
  { id: 'name', header: 'Range', render: ({ name }) => name },
  { id: 'range', header: 'Ports', render: ({ range }) => range },
  {
    id: 'count',
    header: 'Count',
    numeric: true,
    render: ({ count }) => (count === null ? '–' : thousands(count)),
  },
  { id: 'excluded', header: 'Excluded', render: ({ excluded }) => excluded },
];

export function RangesCard({ run: { host } }: Props): ReactNode {
  const rows = useMemo(() => poolRows(host), [host]);
  const reuse = host.autoReuseRange;
  return (
    <Card
      title="Dynamic port ranges"
      hint={`auto-reuse: ${reuse === null ? 'unknown' : rangeWords(reuse)}`}
      flush
    >
      <DataTable
        label="Dynamic port ranges of the host"
        columns={POOL_COLUMNS}
        rows={rows}
        rowKey={({ name }) => name}
      />
    </Card>
  );
}

export function OptionsCard({ run: { host } }: Props): ReactNode {
  const styles = useStyles();
  return (
    <Card title="Socket options" hint="as the lab knew them before the run" flush>
      {optionRows(host).map(([name, facts]) => (
        <div key={name} className={styles.option} role="group" aria-label={name}>
          <span className={styles.name}>{name}</span>
          {(
            [
              ['documented', answerOf(facts.documented)],
              ['settable', answerOf(facts.settable)],
              ['readable', answerOf(facts.readable)],
              ['honoured', facts.honoured],
            ] as const
          ).map(([what, answer]) => (
            <span key={what} className={styles.pair}>
              {what} <TriState value={answer} />
            </span>
          ))}
        </div>
      ))}
    </Card>
  );
}

const ADDRESS_COLUMNS: readonly DataColumn<AddressRow>[] = [
  {
    id: 'address',
    header: 'Address',
    render: ({ address }) => address,
    sortValue: ({ address }) => address,
  },
  {
    id: 'adapter',
    header: 'Adapter',
    render: ({ adapter }) => adapter,
    sortValue: ({ adapter }) => adapter,
  },
  { id: 'state', header: 'State', render: ({ state }) => state, sortValue: ({ state }) => state },
  {
    id: 'used',
    header: 'Used in this run',
    render: ({ used }) => used,
    sortValue: ({ used }) => used,
  },
];

export function AddressesCard({ run }: Props): ReactNode {
  const rows = useMemo(() => addressRows(run), [run]);
  return (
    <Card
      title="Addresses"
      hint={
        run.stack === 'simulated'
          ? `${thousands(run.addresses.length)} of the modelled host`
          : `${thousands(run.addresses.length)} used, in this order`
      }
      flush
    >
      <DataTable
        label="Addresses"
        columns={ADDRESS_COLUMNS}
        rows={rows}
        rowKey={({ address }) => address}
        density="dense"
      />
    </Card>
  );
}
