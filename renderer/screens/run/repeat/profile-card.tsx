import { useMemo, type ReactNode } from 'react';
import { recordedSwitches, type RecordedSwitch } from '#engine/profile/recorded-switches.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import { Card } from '../../../kit/card.tsx';
import { DataTable, type DataColumn } from '../../../kit/data-table.tsx';
import { makeStyles } from '../../../kit/fluent.ts';
import { ProvenanceBadge } from '../../../kit/provenance.tsx';
import { Assumed } from './assumed.tsx';
import { valueRows, type ValueRow } from './value-rows.ts';

const useStyles = makeStyles({
  gap: { height: '8px' },
});

const SETTINGS: readonly DataColumn<ValueRow>[] = [
  { id: 'path', header: 'Setting', width: '32%', render: ({ path }) => path },
  { id: 'value', header: 'Value', render: ({ value }) => value },
];

const ASSUMPTIONS: readonly DataColumn<RecordedSwitch>[] = [
  { id: 'id', header: 'Id', render: ({ id }) => id },
  { id: 'about', header: 'Question', width: '50%', render: ({ about }) => about ?? '–' },
  { id: 'value', header: 'Assumed', render: (entry) => <Assumed entry={entry} /> },
  { id: 'standing', header: 'Standing', render: ({ standing }) => standing ?? 'unknown' },
];

/** The host a simulated run posed as: all of it. */
export function ProfileCard(props: {
  readonly profile: NonNullable<RunDocument['run']['profile']>;
}): ReactNode {
  const { profile } = props;
  const styles = useStyles();
  const { settings, assumptions } = useMemo(() => {
    const { assumptions: _listed, ...rest } = profile.resolved;
    return { settings: valueRows(rest), assumptions: recordedSwitches(profile) };
  }, [profile]);
  return (
    <Card
      title={`Profile ${profile.name}`}
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
