import type { ReactNode } from 'react';
import { color } from '../../kit/colors.ts';
import { Button, Spinner, makeStyles } from '../../kit/fluent.ts';
import { ArrowClockwise16Regular } from '../../kit/icons.ts';
import { inWindow, startWords } from './start-words.ts';
import type { Planner } from './use-planner.ts';

const useStyles = makeStyles({
  note: { fontSize: '12px', lineHeight: '16px', color: color('ink-3') },
  line: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: '8px' },
  problem: { fontSize: '12px', lineHeight: '16px', color: color('error') },
});

/** Where the host's figures come from, how old they are, and what is missing of them. */
export function StartState({ planner }: { readonly planner: Planner }): ReactNode {
  const styles = useStyles();
  const { from, fromError, start } = planner;
  if (fromError !== undefined) {
    return (
      <p className={styles.problem} role="alert">
        {fromError.message}. <strong>Do:</strong> {inWindow(fromError.hint)}.
      </p>
    );
  }
  if (from === undefined) return <Spinner size="extra-tiny" label="Reading its figures" />;
  const words = startWords(from);
  return (
    <>
      <div className={styles.line}>
        <span className={styles.note}>{words}</span>
        {start === 'host' && (
          <Button
            size="small"
            appearance="subtle"
            icon={<ArrowClockwise16Regular />}
            onClick={planner.readAgain}
          >
            Read again
          </Button>
        )}
      </div>
      {from.notes.map((note) => (
        <p key={note} className={styles.note}>
          {note}
        </p>
      ))}
    </>
  );
}
