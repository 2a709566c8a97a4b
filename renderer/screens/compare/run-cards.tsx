import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { basisOfRun } from '#engine/chart/provenance.ts';
import { runLetter } from '#engine/chart/run-letter.ts';
import { count, duration } from '#engine/model/words.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import { color } from '../../kit/colors.ts';
import { Button, makeStyles } from '../../kit/fluent.ts';
import { utcStamp } from '../../kit/format.ts';
import { StatusMark } from '../../kit/marks.tsx';
import { ProvenanceBadge } from '../../kit/provenance.tsx';
import { comparePath, runTitle, sourceWords } from './compare-words.ts';
import { LetterMark } from './letter-mark.tsx';

const useStyles = makeStyles({
  list: {
    listStyleType: 'none',
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 270px), 1fr))',
    gap: '12px',
  },
  card: {
    display: 'flex',
    flexDirection: 'column',
    gap: '2px',
    minWidth: 0,
    padding: '12px 16px',
    backgroundColor: color('card'),
    border: `1px solid ${color('stroke')}`,
    borderRadius: '6px',
    fontSize: '12px',
    lineHeight: '16px',
    color: color('ink-2'),
    overflowWrap: 'anywhere',
  },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 8px' },
  title: {
    fontSize: '14px',
    lineHeight: '20px',
    fontWeight: 600,
    marginTop: '4px',
    '& a': { color: color('accent-text') },
  },
  verdict: { color: color('ink'), marginTop: '4px' },
  foot: { marginTop: 'auto', paddingTop: '8px' },
});

/** The runs, in the order they are compared: which letter is which, and where each comes from. */
export function RunCards({ runs }: { readonly runs: readonly RunDocument[] }): ReactNode {
  const styles = useStyles();
  const [, goTo] = useLocation();
  const ids = runs.map(({ run }) => run.id);
  return (
    <ul className={styles.list} aria-label="Runs compared">
      {runs.map((document, at) => (
        <RunCard
          key={document.run.id}
          document={document}
          at={at}
          onFirst={() => {
            const { id } = document.run;
            goTo(comparePath([id, ...ids.filter((other) => other !== id)]));
          }}
        />
      ))}
    </ul>
  );
}

interface RunCardProps {
  readonly document: RunDocument;
  readonly at: number;
  /** Compares the others with this one. */
  onFirst(): void;
}

function RunCard({ document, at, onFirst }: RunCardProps): ReactNode {
  const styles = useStyles();
  const { run, verdict } = document;
  const basis = basisOfRun(run);
  return (
    <li className={styles.card}>
      <div className={styles.head}>
        <LetterMark at={at} />
        <ProvenanceBadge basis={basis} dense />
        <StatusMark status={run.status} />
      </div>
      <div className={styles.title}>
        <Link href={`/runs/${run.id}`}>{runTitle(document)}</Link>
      </div>
      <div>{sourceWords(document)}</div>
      <div>
        {run.experiment}, {count(run.addresses.length, 'address')}, {duration(run.durationNs)}
        {basis === 'modelled' && ' of virtual time'}
      </div>
      <div>{utcStamp(run.startedAt)}</div>
      <p className={styles.verdict}>{verdict}</p>
      {at > 0 && (
        <div className={styles.foot}>
          <Button size="small" onClick={onFirst}>
            Compare with {runLetter(at)} instead
          </Button>
        </div>
      )}
    </li>
  );
}
