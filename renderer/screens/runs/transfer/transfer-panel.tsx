import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { count } from '#engine/model/words.ts';
import { Card } from '../../../kit/card.tsx';
import { color } from '../../../kit/colors.ts';
import { Button, ProgressBar, makeStyles } from '../../../kit/fluent.ts';
import {
  ArrowExportLtr16Regular,
  ArrowImport16Regular,
  CheckmarkCircle16Filled,
  DismissCircle16Filled,
  Dismiss16Regular,
  SubtractCircle16Regular,
} from '../../../kit/icons.ts';
import { isUnderWay, type Transfer } from './transfer-queue.ts';
import { reasonWords, summaryWords, transferWords } from './transfer-words.ts';
import { transferQueue, useTransfers } from './transfers.ts';

/** Rows of the list. */
const MOST_BEGUN = 100;
const MOST_WAITING = 20;

const useStyles = makeStyles({
  list: { listStyleType: 'none', maxHeight: '240px', overflowY: 'auto' },
  row: {
    display: 'grid',
    gridTemplateColumns: '16px minmax(0, 1fr) auto',
    alignItems: 'center',
    gap: '0 12px',
    padding: '4px 16px',
    minHeight: '32px',
    borderTop: `1px solid ${color('stroke')}`,
  },
  more: { padding: '4px 16px 8px 44px', color: color('ink-2') },
  name: { fontWeight: 600, overflowWrap: 'anywhere' },
  state: { color: color('ink-2') },
  reason: { color: color('error'), overflowWrap: 'anywhere' },
  ok: { color: color('ok') },
  bad: { color: color('error') },
  quiet: { color: color('ink-3') },
});

export interface TransferPanelProps {
  /** Only where this run goes; left out, all files. */
  readonly run?: string;
}

/** Files under way and what became of them; nothing where there is none. */
export function TransferPanel({ run }: TransferPanelProps): ReactNode {
  const styles = useStyles();
  const all = useTransfers();
  const transfers =
    run === undefined ? all : all.filter((one) => one.kind === 'export' && one.run === run);
  const ended = transfers.length > 0 && !transfers.some(isUnderWay);
  const summary = summaryWords(transfers);
  const shown = worthShowing(transfers);
  return (
    <>
      <p role="status" className="visually-hidden">
        {ended ? summary : ''}
      </p>
      {transfers.length > 0 && (
        <Card
          title="Files"
          hint={summary}
          flush
          aside={
            ended && (
              <Button
                size="small"
                appearance="subtle"
                icon={<Dismiss16Regular />}
                onClick={() => transferQueue.clearEnded()}
              >
                Close the list
              </Button>
            )
          }
        >
          <ul className={styles.list} aria-label="Files">
            {shown.map((transfer) => (
              <Row key={transfer.id} transfer={transfer} />
            ))}
            {transfers.length > shown.length && (
              <li className={styles.more}>and {count(transfers.length - shown.length, 'file')}</li>
            )}
          </ul>
        </Card>
      )}
    </>
  );
}

/** Of very many the last that moved, and the next. */
function worthShowing(transfers: readonly Transfer[]): readonly Transfer[] {
  const begun = transfers.filter(({ state }) => state !== 'waiting').slice(-MOST_BEGUN);
  return [...begun, ...transfers.filter(({ state }) => state === 'waiting').slice(0, MOST_WAITING)];
}

function Row({ transfer }: { readonly transfer: Transfer }): ReactNode {
  const styles = useStyles();
  const { id, kind, name, state, bytes, moved, run } = transfer;
  const moving = state === 'moving' || state === 'checking';
  const stoppable = state === 'moving' || state === 'waiting';
  return (
    <li className={styles.row}>
      <Mark transfer={transfer} />
      <div>
        <span className={styles.name}>{name}</span>{' '}
        <span className={styles.state}>{transferWords(transfer)}</span>
        {state === 'refused' && <p className={styles.reason}>{reasonWords(transfer)}</p>}
        {moving && (
          <ProgressBar
            aria-label={`${kind === 'import' ? 'Importing' : 'Exporting'} ${name}`}
            {...(state === 'moving' && bytes > 0 && { value: moved / bytes })}
          />
        )}
      </div>
      {stoppable ? (
        <Button size="small" aria-label={`Cancel ${name}`} onClick={() => transferQueue.cancel(id)}>
          Cancel
        </Button>
      ) : (
        kind === 'import' && run !== '' && <Link href={`/runs/${run}`}>Open the run</Link>
      )}
    </li>
  );
}

function Mark({ transfer: { kind, state } }: { readonly transfer: Transfer }): ReactNode {
  const styles = useStyles();
  if (state === 'done' || state === 'known') {
    return <CheckmarkCircle16Filled aria-hidden className={styles.ok} />;
  }
  if (state === 'refused') return <DismissCircle16Filled aria-hidden className={styles.bad} />;
  if (state === 'cancelled')
    return <SubtractCircle16Regular aria-hidden className={styles.quiet} />;
  const Arrow = kind === 'import' ? ArrowImport16Regular : ArrowExportLtr16Regular;
  return <Arrow aria-hidden className={styles.quiet} />;
}
