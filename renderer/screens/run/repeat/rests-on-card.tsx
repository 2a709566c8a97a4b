import { useMemo, type ReactNode } from 'react';
import { selfStated, verdictBasis } from '#engine/claim/verdict-basis.ts';
import { recordedSwitches, type RecordedSwitch } from '#engine/profile/recorded-switches.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import { Card } from '../../../kit/card.tsx';
import { DataTable, type DataColumn } from '../../../kit/data-table.tsx';
import { ProvenanceBadge } from '../../../kit/provenance.tsx';
import { Assumed } from './assumed.tsx';

interface Row {
  readonly entry: RecordedSwitch;
  readonly claims: readonly string[];
  readonly role: string;
}

const COLUMNS: readonly DataColumn<Row>[] = [
  { id: 'id', header: 'Id', render: ({ entry }) => entry.id },
  { id: 'value', header: 'Assumed', render: ({ entry }) => <Assumed entry={entry} /> },
  { id: 'role', header: 'It decides', width: '40%', render: ({ role }) => role },
  { id: 'claims', header: 'Claims', render: ({ claims }) => claims.join(', ') },
  { id: 'standing', header: 'Standing', render: ({ entry }) => entry.standing ?? 'unknown' },
];

/** The assumptions without which a simulated run's claims would come out otherwise; nothing where it made none. */
export function RestsOnCard({ document }: { readonly document: RunDocument }): ReactNode {
  const { rows, own } = useMemo(() => restsOn(document), [document]);
  if (rows.length === 0) return null;
  return (
    <Card
      title="This verdict rests on"
      hint={
        own.length === 0
          ? 'set otherwise, each of these could have changed how a claim came out'
          : `${own.join(', ')} ${own.length === 1 ? 'says' : 'say'} what the claims say: their outcome shows only that the model keeps its own rule`
      }
      aside={<ProvenanceBadge basis="modelled" dense />}
      flush
    >
      <DataTable
        label="Assumptions the verdict rests on"
        columns={COLUMNS}
        rows={rows}
        rowKey={({ entry }) => entry.id}
        density="dense"
      />
    </Card>
  );
}

function restsOn(document: RunDocument): { rows: readonly Row[]; own: readonly string[] } {
  const basis = verdictBasis(document);
  const { profile } = document.run;
  const known = new Map(
    (profile === null ? [] : recordedSwitches(profile)).map((entry) => [entry.id, entry]),
  );
  const rows = basis.flatMap(({ id, claims, role }) => {
    const entry = known.get(id);
    return entry === undefined ? [] : [{ entry, claims, role }];
  });
  return { rows, own: selfStated(basis) };
}
