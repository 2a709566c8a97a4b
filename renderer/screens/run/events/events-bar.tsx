import { useState, type FormEvent, type ReactNode } from 'react';
import { formatNumber } from '#engine/chart/format.ts';
import { count } from '#engine/model/words.ts';
import { color } from '../../../kit/colors.ts';
import { Button, Input, Switch, makeStyles } from '../../../kit/fluent.ts';
import { Copy16Regular } from '../../../kit/icons.ts';
import { rowOf } from '../../../events/event-row.ts';
import { MOST_COPIED } from './tsv.ts';

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px 16px',
    padding: '0 16px 8px',
  },
  go: { display: 'flex', alignItems: 'center', gap: '8px' },
  number: { width: '120px' },
  said: { fontSize: '12px', color: color('ink-2') },
  bad: { fontSize: '12px', color: color('error') },
  copy: { display: 'flex', alignItems: 'center', gap: '8px', marginLeft: 'auto' },
});

export interface EventsBarProps {
  readonly rows: number;
  readonly failedOnly: boolean;
  onFailedOnly(only: boolean): void;
  onGo(row: number): void;
  /** Rows that are chosen. */
  readonly chosen: number;
  onCopy(): void;
  /** How the last copy went. */
  readonly said: string;
  /** Shows the current row among all; null where it is already. */
  readonly onContext: (() => void) | null;
}

export function EventsBar(props: EventsBarProps): ReactNode {
  const { rows, failedOnly, onFailedOnly, chosen, onCopy, said, onContext } = props;
  const styles = useStyles();
  return (
    <div className={styles.bar} role="group" aria-label="Find and copy">
      <GoTo rows={rows} onGo={props.onGo} />
      <Switch
        label="Failed calls only"
        checked={failedOnly}
        onChange={(_event, { checked }) => onFailedOnly(checked)}
      />
      {onContext !== null && (
        <Button size="small" onClick={onContext}>
          Show among all calls
        </Button>
      )}
      <div className={styles.copy}>
        <span className={styles.said} role="status">
          {chosen > MOST_COPIED ? `At most ${formatNumber(MOST_COPIED)} rows are copied.` : said}
        </span>
        <Button
          size="small"
          icon={<Copy16Regular />}
          disabledFocusable={chosen === 0 || chosen > MOST_COPIED}
          title="Choose with a click and Shift+click, or with the arrow keys and Shift"
          onClick={onCopy}
        >
          {chosen === 0 ? 'Copy rows' : `Copy ${count(chosen, 'row')}`}
        </Button>
      </div>
    </div>
  );
}

function GoTo({ rows, onGo }: Pick<EventsBarProps, 'rows' | 'onGo'>): ReactNode {
  const styles = useStyles();
  const [text, setText] = useState('');
  const [bad, setBad] = useState(false);

  function go(event: FormEvent): void {
    event.preventDefault();
    const row = rowOf(text, rows);
    setBad(row === null);
    if (row !== null) onGo(row);
  }

  return (
    <form className={styles.go} onSubmit={go}>
      <Input
        size="small"
        className={styles.number}
        aria-label={`Row, 0 to ${formatNumber(rows - 1)}`}
        aria-invalid={bad}
        placeholder="Row"
        inputMode="numeric"
        value={text}
        onChange={(_event, { value }) => {
          setText(value);
          setBad(false);
        }}
      />
      <Button size="small" type="submit">
        Go to row
      </Button>
      {bad && (
        <span className={styles.bad} role="alert">
          A row from 0 to {formatNumber(rows - 1)}
        </span>
      )}
    </form>
  );
}
