import { useMemo, type ReactNode } from 'react';
import type { Answer } from '#engine/run/run-document.ts';
import { Card } from '../../../kit/card.tsx';
import { color } from '../../../kit/colors.ts';
import { DataTable, type DataColumn } from '../../../kit/data-table.tsx';
import { makeStyles } from '../../../kit/fluent.ts';
import { ProvenanceBadge } from '../../../kit/provenance.tsx';
import {
  answerRows,
  answersHint,
  sharedBy,
  type AnswerRow,
  type AnswersShare,
} from './answer-words.ts';

const useStyles = makeStyles({
  value: { whiteSpace: 'nowrap' },
  of: { whiteSpace: 'nowrap' },
  other: {
    display: 'block',
    fontSize: '12px',
    lineHeight: '16px',
    fontWeight: 400,
    color: color('ink-3'),
  },
});

/** Open questions that no document settles and this run answers. */
export function AnswersCard({ answers }: { readonly answers: readonly Answer[] }): ReactNode {
  const rows = useMemo(() => answerRows(answers), [answers]);
  const share = useMemo(() => sharedBy(rows), [rows]);
  const columns = useMemo(() => columnsFor(share), [share]);
  if (rows.length === 0) return null;
  return (
    <Card
      title="Open questions answered"
      hint={answersHint(share)}
      aside={share.basis !== null && <ProvenanceBadge basis={share.basis} dense />}
      flush
    >
      <DataTable
        label="Open questions this run answers"
        columns={columns}
        rows={rows}
        rowKey={({ answer, of }) => `${answer.id} ${of}`}
      />
    </Card>
  );
}

/** What all have in common is said once, above. */
function columnsFor({ basis, of }: AnswersShare): readonly DataColumn<AnswerRow>[] {
  const columns: readonly (DataColumn<AnswerRow> | null)[] = [
    {
      id: 'id',
      header: 'Id',
      render: ({ answer }) => answer.id,
      sortValue: ({ answer }) => answer.id,
    },
    { id: 'about', header: 'Question', width: '36%', render: ({ about }) => about ?? '–' },
    { id: 'value', header: 'Answer', render: (row) => <Value row={row} /> },
    basis === null
      ? {
          id: 'basis',
          header: 'Basis',
          render: ({ answer }) => <ProvenanceBadge basis={answer.basis} dense />,
        }
      : null,
    of === null ? { id: 'of', header: 'Of', render: (row) => <Of row={row} /> } : null,
    { id: 'because', header: 'Because', width: '42%', render: ({ answer }) => answer.because },
  ];
  return columns.filter((column) => column !== null);
}

function Value({ row: { answer, other } }: { readonly row: AnswerRow }): ReactNode {
  const styles = useStyles();
  return (
    <div className={styles.value}>
      <strong>{answer.value}</strong>
      {other !== null && <span className={styles.other}>else assumed: {other}</span>}
    </div>
  );
}

function Of({ row: { of } }: { readonly row: AnswerRow }): ReactNode {
  return <span className={useStyles().of}>{of}</span>;
}
