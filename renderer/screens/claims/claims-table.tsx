import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { ClaimRow, HostOutcome } from '#engine/claim/claims-by-host.ts';
import { count } from '#engine/model/words.ts';
import { ADDRESS_CLASS_WORDS } from '#engine/run/run-words.ts';
import { color } from '../../kit/colors.ts';
import { DataTable, type DataColumn } from '../../kit/data-table.tsx';
import { makeStyles } from '../../kit/fluent.ts';
import { OutcomeMark } from '../../kit/marks.tsx';
import { ProvenanceBadge } from '../../kit/provenance.tsx';
import { placeWords } from './claims-words.ts';

const useStyles = makeStyles({
  outcomes: { listStyleType: 'none', display: 'grid', gap: '4px', padding: '4px 0' },
  outcome: {
    display: 'grid',
    gridTemplateColumns: '104px 96px minmax(0, 1fr)',
    gap: '0 12px',
    alignItems: 'center',
    '@media (max-width: 1199px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  untested: { color: color('ink-3') },
  source: { display: 'block', fontSize: '12px', lineHeight: '16px', color: color('ink-3') },
  says: { padding: '4px 0' },
});

const COLUMNS: readonly DataColumn<ClaimRow>[] = [
  {
    id: 'id',
    header: 'Claim',
    render: ({ id }) => <span style={{ whiteSpace: 'nowrap' }}>{id}</span>,
  },
  { id: 'says', header: 'What is documented', width: '42%', render: (row) => <Says row={row} /> },
  { id: 'outcomes', header: 'How it came out', render: (row) => <Outcomes row={row} /> },
];

export function ClaimsTable({ claims }: { readonly claims: readonly ClaimRow[] }): ReactNode {
  return (
    <DataTable
      label="Documented claims, and how each came out"
      columns={COLUMNS}
      rows={claims}
      rowKey={({ id }) => id}
    />
  );
}

function Says({ row: { text, source } }: { readonly row: ClaimRow }): ReactNode {
  const styles = useStyles();
  return (
    <div className={styles.says}>
      {text}
      <span className={styles.source}>{source}</span>
    </div>
  );
}

function Outcomes({ row: { id, hosts } }: { readonly row: ClaimRow }): ReactNode {
  const styles = useStyles();
  if (hosts.length === 0) return <span className={styles.untested}>untested</span>;
  return (
    <ul className={styles.outcomes} aria-label={`Outcomes of ${id}`}>
      {hosts.map((entry) => (
        <Outcome key={JSON.stringify([placeWords(entry), entry.addressClass])} entry={entry} />
      ))}
    </ul>
  );
}

function Outcome({ entry }: { readonly entry: HostOutcome }): ReactNode {
  const styles = useStyles();
  const { outcome, basis, addressClass, runs } = entry;
  const [newest] = runs;
  return (
    <li className={styles.outcome}>
      <OutcomeMark outcome={outcome} basis={basis} />
      <span>
        <ProvenanceBadge basis={basis} dense />
      </span>
      <span>
        {placeWords(entry)}, {ADDRESS_CLASS_WORDS[addressClass]}:{' '}
        {newest === undefined ? (
          'no run'
        ) : (
          <Link href={`/runs/${encodeURIComponent(newest)}`}>
            {runs.length === 1 ? 'its run' : `newest of ${count(runs.length, 'run')}`}
          </Link>
        )}
      </span>
    </li>
  );
}
