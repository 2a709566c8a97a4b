import { useMemo, useState, type ReactNode } from 'react';
import { formatNumber } from '#engine/chart/format.ts';
import type { CompareDocument, ComparedFact } from '#engine/compare/compare-document.ts';
import { factValueWords } from '#engine/compare/worth-showing.ts';
import { Card } from '../../kit/card.tsx';
import { color } from '../../kit/colors.ts';
import { DataTable, type DataColumn } from '../../kit/data-table.tsx';
import { makeStyles } from '../../kit/fluent.ts';
import { Empty } from '../../kit/messages.tsx';
import { GROUP_NAMES } from './compare-words.ts';
import { LetterMark } from './letter-mark.tsx';
import { OnlySwitch } from './only-switch.tsx';

const useStyles = makeStyles({
  fact: { display: 'flex', gap: '8px', minWidth: '160px' },
  mark: { width: '12px', flexShrink: 0, color: color('warn') },
  value: { overflowWrap: 'anywhere' },
});

/** How the runs were made and on what: what differs stands out. */
export function FactsCard({ document }: { readonly document: CompareDocument }): ReactNode {
  const [only, setOnly] = useState(true);
  const { facts, runs } = document;
  const differing = useMemo(() => facts.filter(({ differs }) => differs), [facts]);
  const columns = useMemo(() => columnsFor(runs.length), [runs]);
  const rows = only ? differing : facts;
  return (
    <Card
      title="Runs, hosts and parameters"
      hint={`${differing.length} of ${facts.length} differ`}
      aside={<OnlySwitch on={only} onChange={setOnly} />}
      flush
    >
      {rows.length === 0 ? (
        <Empty title="The runs differ in none of these." />
      ) : (
        <DataTable
          label="Facts of the runs"
          columns={columns}
          rows={rows}
          rowKey={({ group, name }) => `${group} ${name}`}
          isMarked={({ differs }) => differs && !only}
        />
      )}
    </Card>
  );
}

function columnsFor(runs: number): readonly DataColumn<ComparedFact>[] {
  return [
    { id: 'fact', header: 'Fact', width: '26%', render: (fact) => <Words fact={fact} /> },
    { id: 'group', header: 'Of', render: ({ group }) => GROUP_NAMES[group] },
    ...Array.from({ length: runs }, (_, at): DataColumn<ComparedFact> => ({
      id: `run-${at}`,
      header: <LetterMark at={at} />,
      render: (fact) => <Value fact={fact} at={at} />,
    })),
  ];
}

function Words({ fact }: { readonly fact: ComparedFact }): ReactNode {
  const styles = useStyles();
  return (
    <div className={styles.fact}>
      <span className={styles.mark} title={fact.differs ? 'differs' : undefined}>
        {fact.differs && (
          <>
            <span aria-hidden>≠</span>
            <span className="visually-hidden">differs:</span>
          </>
        )}
      </span>
      <span>{fact.words}</span>
    </div>
  );
}

function Value({ fact, at }: { readonly fact: ComparedFact; readonly at: number }): ReactNode {
  return (
    <span className={useStyles().value}>
      {factValueWords(fact, fact.values[at] ?? null, formatNumber)}
    </span>
  );
}
