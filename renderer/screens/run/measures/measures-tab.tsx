import { useMemo, type ReactNode } from 'react';
import type { RunView } from '#engine/api/views.ts';
import { basisOfRun } from '#engine/chart/provenance.ts';
import { Card } from '../../../kit/card.tsx';
import { color } from '../../../kit/colors.ts';
import { DataTable, type DataColumn } from '../../../kit/data-table.tsx';
import { makeStyles } from '../../../kit/fluent.ts';
import { StrategyLetter } from '../../../kit/marks.tsx';
import { Empty } from '../../../kit/messages.tsx';
import { ProvenanceBadge } from '../../../kit/provenance.tsx';
import { measuresOf, type Measure } from './measure-words.ts';

const useStyles = makeStyles({
  of: { display: 'inline-flex', alignItems: 'center', gap: '8px', whiteSpace: 'nowrap' },
  name: { color: color('ink-3'), fontFamily: 'Consolas, monospace', fontSize: '12px' },
});

const COLUMNS: readonly DataColumn<Measure>[] = [
  { id: 'words', header: 'Measure', render: ({ words }) => words, sortValue: ({ words }) => words },
  { id: 'of', header: 'Arm', render: (row) => <Of measure={row} />, sortValue: ({ of }) => of },
  {
    id: 'value',
    header: 'Value',
    numeric: true,
    render: ({ text }) => <strong>{text}</strong>,
    sortValue: ({ value }) => value,
  },
  { id: 'unit', header: 'Unit', render: ({ unit }) => unit, sortValue: ({ unit }) => unit },
  {
    id: 'name',
    header: 'Name in exports',
    render: ({ name }) => <Name name={name} />,
    sortValue: ({ name }) => name,
  },
];

export function MeasuresTab({ view: { document } }: { readonly view: RunView }): ReactNode {
  const basis = basisOfRun(document.run);
  const rows = useMemo(() => measuresOf(document.measures, basis), [document, basis]);
  return (
    <Card
      title="Measures"
      hint="every figure the run came to"
      aside={<ProvenanceBadge basis={basis} dense />}
      flush
    >
      {rows.length === 0 ? (
        <Empty title="The run came to no figure.">
          <p>Measures are taken when a run ends by itself. What was recorded is under Events.</p>
        </Empty>
      ) : (
        <DataTable label="Measures" columns={COLUMNS} rows={rows} rowKey={({ name }) => name} />
      )}
    </Card>
  );
}

function Of({ measure: { strategy, of } }: { readonly measure: Measure }): ReactNode {
  return (
    <span className={useStyles().of}>
      {strategy !== null && <StrategyLetter strategy={strategy} />}
      {of}
    </span>
  );
}

function Name({ name }: { readonly name: string }): ReactNode {
  return <code className={useStyles().name}>{name}</code>;
}
