import type { ReactNode } from 'react';
import { count } from '#engine/model/words.ts';
import type { StepRecord } from '#engine/run/script-record.ts';
import { Card } from '../../../kit/card.tsx';
import { color } from '../../../kit/colors.ts';
import { DataTable, type DataColumn } from '../../../kit/data-table.tsx';
import { makeStyles } from '../../../kit/fluent.ts';
import { SeverityMark } from '../severity-mark.tsx';

const useStyles = makeStyles({
  failed: { display: 'inline-flex', alignItems: 'center', gap: '6px', color: color('ink') },
});

const COLUMNS: readonly DataColumn<StepRecord>[] = [
  { id: 'index', header: 'Step', numeric: true, width: '56px', render: ({ index }) => index },
  { id: 'call', header: 'Call', width: '46%', render: ({ call }) => call },
  { id: 'answer', header: 'Answer', width: '28%', render: ({ answer }) => answer },
  { id: 'expectation', header: 'Expectation', render: (step) => <Expectation step={step} /> },
];

/** A scenario script's steps, each with its answer and how its expectation came out. */
export function StepsCard({ steps }: { readonly steps: readonly StepRecord[] }): ReactNode {
  return (
    <Card title="Steps" hint={`${count(steps.length, 'step')} run, each with its answer`} flush>
      <DataTable
        label="Steps of the script"
        columns={COLUMNS}
        rows={steps}
        rowKey={({ index }) => String(index)}
        density="dense"
        maxHeight="70vh"
      />
    </Card>
  );
}

function Expectation({ step }: { readonly step: StepRecord }): ReactNode {
  const styles = useStyles();
  if (step.expectation === 'none') return '';
  if (step.expectation === 'met') return 'met';
  return (
    <span className={styles.failed}>
      <SeverityMark severity="error" />
      {step.missed ?? 'failed'}
    </span>
  );
}
