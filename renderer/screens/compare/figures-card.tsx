import { useMemo, useState, type ReactNode } from 'react';
import { runLetter } from '#engine/chart/run-letter.ts';
import type { CompareDocument, ComparedMeasure } from '#engine/compare/compare-document.ts';
import { figureWords, type FigureWords } from '#engine/compare/figure-words.ts';
import { referenceOf } from '#engine/compare/reference.ts';
import { differingMeasures, figureValueWords, shareWords } from '#engine/compare/worth-showing.ts';
import { Card } from '../../kit/card.tsx';
import { color } from '../../kit/colors.ts';
import { DataTable, type DataColumn } from '../../kit/data-table.tsx';
import { makeStyles } from '../../kit/fluent.ts';
import { StrategyLetter } from '../../kit/marks.tsx';
import { Empty } from '../../kit/messages.tsx';
import { LetterMark } from './letter-mark.tsx';
import { OnlySwitch } from './only-switch.tsx';

const useStyles = makeStyles({
  of: { display: 'inline-flex', alignItems: 'center', gap: '8px' },
  figure: { minWidth: '150px' },
  value: { fontWeight: 600, whiteSpace: 'nowrap' },
  virtual: { fontWeight: 400, color: color('ink-2') },
  delta: { whiteSpace: 'nowrap' },
});

interface Row {
  readonly measure: ComparedMeasure;
  readonly words: FigureWords;
}

/** Every figure of every run, and its difference to the first run of the same basis. */
export function FiguresCard({ document }: { readonly document: CompareDocument }): ReactNode {
  const [only, setOnly] = useState(true);
  const { measures, bases } = document;
  const differing = useMemo(() => differingMeasures(measures), [measures]);
  const shown = only ? differing : measures;
  const rows = useMemo(
    () => shown.map((measure): Row => ({ measure, words: figureWords(measure) })),
    [shown],
  );
  const columns = useMemo(() => columnsFor(bases), [bases]);
  const virtual = shown.some(({ convention }) => convention.includes(true));
  return (
    <Card
      title="Figures"
      hint={`${differing.length} of ${measures.length} differ${virtual ? '; v: virtual time, 1 µs a call by convention' : ''}`}
      aside={<OnlySwitch on={only} onChange={setOnly} />}
      flush
    >
      {rows.length === 0 ? (
        <Empty title="Every figure the runs share is the same." />
      ) : (
        <DataTable
          label="Figures, and their differences"
          columns={columns}
          rows={rows}
          rowKey={({ measure }) => measure.name}
        />
      )}
    </Card>
  );
}

function columnsFor(bases: CompareDocument['bases']): readonly DataColumn<Row>[] {
  return [
    { id: 'figure', header: 'Figure', render: (row) => <Figure row={row} /> },
    { id: 'of', header: 'Of', render: (row) => <Of row={row} /> },
    { id: 'unit', header: 'Unit', render: ({ words }) => words.unit },
    ...bases.flatMap((_, at): DataColumn<Row>[] => {
      const reference = referenceOf(bases, at);
      const value: DataColumn<Row> = {
        id: `run-${at}`,
        header: <LetterMark at={at} />,
        numeric: true,
        render: (row) => <Value row={row} at={at} />,
      };
      if (reference === null) return [value];
      return [
        value,
        {
          id: `delta-${at}`,
          header: `${runLetter(at)} − ${runLetter(reference)}`,
          numeric: true,
          render: (row) => <Delta row={row} at={at} />,
        },
        {
          id: `share-${at}`,
          header: '%',
          numeric: true,
          render: ({ measure }) =>
            shareWords(measure.deltas[at] ?? null, measure.values[reference] ?? null),
        },
      ];
    }),
  ];
}

function Figure({ row: { words } }: { readonly row: Row }): ReactNode {
  return <div className={useStyles().figure}>{words.words}</div>;
}

function Of({ row: { words } }: { readonly row: Row }): ReactNode {
  const styles = useStyles();
  return (
    <span className={styles.of}>
      {words.strategy !== null && <StrategyLetter strategy={words.strategy} />}
      {words.of}
    </span>
  );
}

interface CellProps {
  readonly row: Row;
  readonly at: number;
}

function Value({ row: { measure, words }, at }: CellProps): ReactNode {
  const styles = useStyles();
  const value = measure.values[at] ?? null;
  if (value === null) return '–';
  return (
    <span className={styles.value}>
      {figureValueWords(words, value)}
      {measure.convention[at] === true && (
        <span className={styles.virtual} title="virtual time, no measurement">
          {' v'}
        </span>
      )}
    </span>
  );
}

function Delta({ row: { measure, words }, at }: CellProps): ReactNode {
  const delta = measure.deltas[at] ?? null;
  if (delta === null) return '–';
  const text = figureValueWords(words, delta);
  return <span className={useStyles().delta}>{delta > 0 ? `+${text}` : text}</span>;
}
