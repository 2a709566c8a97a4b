import { useState, type FormEvent, type ReactNode } from 'react';
import { color } from '../../kit/colors.ts';
import { Input, makeStyles } from '../../kit/fluent.ts';
import { typedInstant } from './instant-words.ts';
import type { ReplayStore } from './replay-store.ts';

const useStyles = makeStyles({
  form: { display: 'flex', alignItems: 'center', gap: '8px' },
  input: { width: '124px' },
  bad: { fontSize: '12px', color: color('error') },
});

/** A time or the number of an event, typed. */
export function GoTo({ store }: { readonly store: ReplayStore }): ReactNode {
  const styles = useStyles();
  const [text, setText] = useState('');
  const [bad, setBad] = useState(false);

  function go(event: FormEvent): void {
    event.preventDefault();
    const instant = typedInstant(text, store.getState().overview?.rows ?? 0);
    setBad(instant === null);
    if (instant !== null) store.seek(instant);
  }

  return (
    <form className={styles.form} onSubmit={go}>
      <Input
        size="small"
        className={styles.input}
        aria-label="Go to a time or an event"
        aria-invalid={bad}
        placeholder="2.1 ms, or event"
        value={text}
        onChange={(_event, { value }) => {
          setText(value);
          setBad(false);
        }}
      />
      {bad && (
        <span className={styles.bad} role="alert">
          A time with its unit, or an event of the run
        </span>
      )}
    </form>
  );
}
