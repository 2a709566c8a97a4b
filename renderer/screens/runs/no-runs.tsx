import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { Card } from '../../kit/card.tsx';
import { Button, makeStyles } from '../../kit/fluent.ts';
import { Beaker16Regular } from '../../kit/icons.ts';
import { Empty } from '../../kit/messages.tsx';

const useStyles = makeStyles({
  words: { maxWidth: '560px' },
  actions: { display: 'flex', gap: '8px', marginTop: '8px' },
});

/** Where nothing is recorded: how there would be. */
export function NoRuns({ children }: { readonly children: ReactNode }): ReactNode {
  const styles = useStyles();
  const [, goTo] = useLocation();
  return (
    <Card title="Runs">
      <Empty title="Nothing is recorded in this lab.">
        <p className={styles.words}>
          Begin with Sweep: it says whether the option is honoured here, holds few ports and keeps
          the reserve. Runs of other machines come in as .labrun files: choose them, or drop them
          anywhere here.
        </p>
        <div className={styles.actions}>
          <Button
            appearance="primary"
            icon={<Beaker16Regular />}
            onClick={() => goTo('/experiments/sweep')}
          >
            Go to Sweep
          </Button>
          {children}
        </div>
      </Empty>
    </Card>
  );
}
