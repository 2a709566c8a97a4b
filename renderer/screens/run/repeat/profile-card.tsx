import { useMemo, type ReactNode } from 'react';
import type { RunDocument } from '#engine/run/run-document.ts';
import { Card } from '../../../kit/card.tsx';
import { color } from '../../../kit/colors.ts';
import { DataTable, type DataColumn } from '../../../kit/data-table.tsx';
import { makeStyles } from '../../../kit/fluent.ts';
import { ProvenanceBadge } from '../../../kit/provenance.tsx';
import { assumptionRows, type AssumptionRow } from './host-words.ts';
import { valueRows, type ValueRow } from './value-rows.ts';

const useStyles = makeStyles({
  other: { color: color('ink-3') },
  gap: { height: '8px' },
});

const SETTINGS: readonly DataColumn<ValueRow>[] = [
  { id: 'path', header: 'Setting', width: '32%', render: ({ path }) => path },
  { id: 'value', header: 'Value', render: ({ value }) => value },
];

const ASSUMPTIONS: readonly DataColumn<AssumptionRow>[] = [
  { id: 'id', header: 'Id', render: ({ id }) => id },
  { id: 'about', header: 'Question', width: '50%', render: ({ about }) => about },
  { id: 'value', header: 'Assumed', render: (row) => <Assumed row={row} /> },
  { id: 'standing', header: 'Standing', render: ({ standing }) => standing },
];

/** What a simulated verdict rests on. */
export function ProfileCard(props: {
  readonly profile: NonNullable<RunDocument['run']['profile']>;
}): ReactNode {
  const { name, resolved } = props.profile;
  const styles = useStyles();
  const { settings, assumptions } = useMemo(() => {
    const { assumptions, ...rest } = resolved;
    return { settings: valueRows(rest), assumptions: assumptionRows(assumptions) };
  }, [resolved]);
  return (
    <Card
      title={`Profile ${name}`}
      hint="the modelled host: every figure of this run rests on it"
      aside={<ProvenanceBadge basis="modelled" dense />}
      flush
    >
      <DataTable
        label="Settings of the modelled host"
        columns={SETTINGS}
        rows={settings}
        rowKey={({ path }) => path}
        density="dense"
        maxHeight="40vh"
      />
      <div className={styles.gap} />
      <DataTable
        label="Assumptions about the port allocator"
        columns={ASSUMPTIONS}
        rows={assumptions}
        rowKey={({ id }) => id}
        density="dense"
      />
    </Card>
  );
}

function Assumed({ row: { value, other } }: { readonly row: AssumptionRow }): ReactNode {
  const styles = useStyles();
  return (
    <>
      {value}
      {other !== null && <span className={styles.other}> (by default {other})</span>}
    </>
  );
}
