import { useMemo, type ReactNode } from 'react';
import type { Basis, Part } from '#engine/run/run-document.ts';
import { Card } from '../../../kit/card.tsx';
import { DataTable, type DataColumn } from '../../../kit/data-table.tsx';
import { StatusMark } from '../../../kit/marks.tsx';
import { ProvenanceBadge } from '../../../kit/provenance.tsx';
import { ClaimMarks } from '../../runs/claim-marks.tsx';
import { shortVerdict } from '../../runs/run-words.ts';
import { partNames, partsHint } from './part-document.ts';

type Row = Part & { readonly key: string; readonly name: string };

/** The experiments of a run that has several: how each ended, and what each says. */
export function PartsCard(props: {
  readonly parts: readonly Part[];
  readonly basis: Basis;
}): ReactNode {
  const { parts, basis } = props;
  const rows = useMemo(() => {
    const names = partNames(parts);
    return parts.map((part, at): Row => ({ ...part, key: String(at), name: names[at] ?? part.id }));
  }, [parts]);
  const columns = useMemo(() => columnsFor(basis), [basis]);
  return (
    <Card
      title="Experiments"
      hint={partsHint(parts)}
      aside={<ProvenanceBadge basis={basis} dense />}
      flush
    >
      <DataTable
        label="Experiments of this run"
        columns={columns}
        rows={rows}
        rowKey={({ key }) => key}
      />
    </Card>
  );
}

function columnsFor(basis: Basis): readonly DataColumn<Row>[] {
  return [
    { id: 'experiment', header: 'Experiment', render: ({ name }) => name },
    { id: 'status', header: 'Status', render: ({ status }) => <StatusMark status={status} /> },
    {
      id: 'verdict',
      header: 'What it says',
      width: '60%',
      render: ({ verdict }) => shortVerdict(verdict),
    },
    {
      id: 'claims',
      header: 'Claims',
      render: ({ claims }) => <ClaimMarks claims={claims} basis={basis} />,
    },
  ];
}
