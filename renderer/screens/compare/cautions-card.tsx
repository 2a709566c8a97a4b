import type { ReactNode } from 'react';
import { Card } from '../../kit/card.tsx';
import { color } from '../../kit/colors.ts';
import { makeStyles } from '../../kit/fluent.ts';
import { Warning16Filled } from '../../kit/icons.ts';

const useStyles = makeStyles({
  list: { listStyleType: 'none', display: 'grid', gap: '6px', padding: '0 16px 8px' },
  item: {
    display: 'grid',
    gridTemplateColumns: '16px minmax(0, 1fr)',
    gap: '8px',
    overflowWrap: 'anywhere',
  },
  icon: { color: color('warn'), marginTop: '2px' },
});

/** What stands between the runs and a fair comparison; nothing where nothing does. */
export function CautionsCard({ cautions }: { readonly cautions: readonly string[] }): ReactNode {
  const styles = useStyles();
  if (cautions.length === 0) return null;
  return (
    <Card title="Beware" hint="what stands between these runs and a fair comparison" flush>
      <ul className={styles.list}>
        {cautions.map((caution) => (
          <li key={caution} className={styles.item}>
            <Warning16Filled aria-hidden className={styles.icon} />
            <span>{caution}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
