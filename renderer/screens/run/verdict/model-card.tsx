import { useState, type ReactNode } from 'react';
import { thousands } from '#engine/model/words.ts';
import type { ModelRecord } from '#engine/run/model-record.ts';
import type { Basis } from '#engine/run/run-document.ts';
import { Card } from '../../../kit/card.tsx';
import { color } from '../../../kit/colors.ts';
import { DataTable, type DataColumn } from '../../../kit/data-table.tsx';
import { Button, makeStyles } from '../../../kit/fluent.ts';
import { atTime } from '../../../kit/format.ts';
import { Table16Regular } from '../../../kit/icons.ts';
import { modelHint, modelSentence } from './model-words.ts';

type Kind = ModelRecord['divergences'][number];
type Step = ModelRecord['listed'][number];

const useStyles = makeStyles({
  words: { padding: '0 16px 8px', color: color('ink-2') },
  answer: { color: color('ink'), fontWeight: 600 },
  notes: { listStyleType: 'none', fontSize: '12px', lineHeight: '16px' },
  more: { padding: '4px 8px' },
});

const KINDS: readonly DataColumn<Kind>[] = [
  { id: 'text', header: 'Difference', width: '46%', render: ({ text }) => text },
  { id: 'count', header: 'Calls', numeric: true, render: ({ count }) => thousands(count) },
  {
    id: 'assumptions',
    header: 'Decided by',
    render: ({ assumptions }) => (assumptions.length === 0 ? '–' : assumptions.join(', ')),
  },
  { id: 'call', header: 'First at', render: ({ first }) => first.call },
  { id: 'host', header: 'Host', render: ({ first }) => first.host },
  { id: 'model', header: 'Model', render: ({ first }) => first.model },
];

const STEPS: readonly DataColumn<Step>[] = [
  { id: 'seq', header: 'Row', numeric: true, render: ({ seq }) => thousands(seq) },
  { id: 't', header: 'At', numeric: true, render: ({ t }) => atTime(t) },
  { id: 'arm', header: 'Arm', numeric: true, render: ({ arm }) => arm },
  { id: 'call', header: 'Call', render: ({ call }) => call },
  { id: 'host', header: 'Host', render: ({ host }) => host },
  { id: 'model', header: 'Model', render: ({ model }) => model },
  { id: 'text', header: 'Difference', width: '36%', render: ({ text }) => text },
];

/** Where the host and a model with the host's own ranges part; only runs on real sockets have it. */
export function ModelCard(props: {
  readonly model: ModelRecord;
  readonly basis: Basis;
}): ReactNode {
  const { model, basis } = props;
  const styles = useStyles();
  const [shown, setShown] = useState(false);
  const { divergences, listed, notes } = model;
  return (
    <Card title="Model against measurement" hint={modelHint(model)} flush>
      <div className={styles.words}>
        <p className={styles.answer}>{modelSentence(model, basis)}</p>
        {notes.length > 0 && (
          <ul className={styles.notes} aria-label="Notes on the comparison">
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        )}
      </div>
      {divergences.length > 0 && (
        <DataTable
          label="Kinds of differences between host and model"
          columns={KINDS}
          rows={divergences}
          rowKey={({ kind }) => kind}
        />
      )}
      {listed.length > 0 && (
        <div className={styles.more}>
          <Button
            appearance="subtle"
            size="small"
            icon={<Table16Regular />}
            aria-expanded={shown}
            onClick={() => setShown(!shown)}
          >
            {shown ? 'Hide the steps' : `Show the first ${thousands(listed.length)} steps`}
          </Button>
        </div>
      )}
      {shown && (
        <DataTable
          label="Steps at which host and model differ"
          columns={STEPS}
          rows={listed}
          rowKey={({ seq, kind }) => `${seq} ${kind}`}
          density="dense"
          maxHeight="50vh"
        />
      )}
    </Card>
  );
}
