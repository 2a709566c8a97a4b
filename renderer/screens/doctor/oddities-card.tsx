import type { ReactNode } from 'react';
import { adviceParts } from '#engine/run/advice-parts.ts';
import { Card } from '../../kit/card.tsx';
import { color } from '../../kit/colors.ts';
import { makeStyles } from '../../kit/fluent.ts';
import { Info16Regular, QuestionCircle16Regular } from '../../kit/icons.ts';

const useStyles = makeStyles({
  list: { listStyleType: 'none' },
  item: {
    display: 'grid',
    gridTemplateColumns: '16px minmax(0, 1fr)',
    gap: '0 12px',
    padding: '8px 16px',
    borderTop: `1px solid ${color('stroke')}`,
    overflowWrap: 'anywhere',
    '& > svg': { marginTop: '2px', color: color('ink-2') },
  },
  advice: { color: color('ink-2') },
  none: { padding: '0 16px 8px', color: color('ink-2') },
});

/** Known problems this host has, each with what to do. */
export function OdditiesCard({ oddities }: { readonly oddities: readonly string[] }): ReactNode {
  const styles = useStyles();
  return (
    <Card title="Oddities" hint="known problems, and what to do" flush>
      {oddities.length === 0 ? (
        <p className={styles.none}>Nothing odd was found.</p>
      ) : (
        <ul className={styles.list}>
          {oddities.map((text) => {
            const { what, advice } = adviceParts(text);
            return (
              <li key={text} className={styles.item}>
                <Info16Regular aria-hidden />
                <div>
                  <p>{what}</p>
                  {advice !== null && (
                    <p className={styles.advice}>
                      <strong>Do:</strong> {advice}
                    </p>
                  )}
                </div>
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}

/** What no source told; nothing where all did. */
export function UnknownCard({ unknown }: { readonly unknown: readonly string[] }): ReactNode {
  const styles = useStyles();
  if (unknown.length === 0) return null;
  return (
    <Card title="Not known" hint="what no source told" flush>
      <ul className={styles.list}>
        {unknown.map((text) => (
          <li key={text} className={styles.item}>
            <QuestionCircle16Regular aria-hidden />
            <p>{text}</p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
