import type { ReactNode } from 'react';
import type { Finding } from '#engine/run/run-document.ts';
import { Card } from '../../../kit/card.tsx';
import { color } from '../../../kit/colors.ts';
import { makeStyles } from '../../../kit/fluent.ts';
import { Empty } from '../../../kit/messages.tsx';
import { adviceParts } from '#engine/run/advice-parts.ts';
import { SeverityMark } from '../severity-mark.tsx';

const useStyles = makeStyles({
  list: { listStyleType: 'none' },
  item: {
    display: 'grid',
    gridTemplateColumns: '16px minmax(0, 1fr)',
    gap: '0 12px',
    padding: '10px 16px',
    borderTop: `1px solid ${color('stroke')}`,
    overflowWrap: 'anywhere',
  },
  what: { fontWeight: 600, color: color('ink') },
  advice: { color: color('ink-2') },
});

const ORDER = { error: 0, warning: 1, info: 2 } as const;

export function FindingsCard({ findings }: { readonly findings: readonly Finding[] }): ReactNode {
  const styles = useStyles();
  const ordered = findings.toSorted((a, b) => ORDER[a.severity] - ORDER[b.severity]);
  return (
    <Card title="Findings" hint="and what to do" flush>
      {ordered.length === 0 ? (
        <Empty title="No finding." />
      ) : (
        <ul className={styles.list}>
          {ordered.map((finding) => (
            <Item key={finding.id} finding={finding} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Item({ finding }: { readonly finding: Finding }): ReactNode {
  const styles = useStyles();
  const { what, advice } = adviceParts(finding.text);
  return (
    <li className={styles.item}>
      <div>
        <SeverityMark severity={finding.severity} />
      </div>
      <div>
        <p className={styles.what}>{what}</p>
        {advice !== null && (
          <p className={styles.advice}>
            <strong>Do:</strong> {advice}
          </p>
        )}
      </div>
    </li>
  );
}
