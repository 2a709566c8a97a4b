import type { ReactNode } from 'react';
import type { RunSummary } from '#engine/api/views.ts';
import { Card } from '../../kit/card.tsx';
import { DataTable } from '../../kit/data-table.tsx';
import { Button, makeStyles } from '../../kit/fluent.ts';
import { Empty } from '../../kit/messages.tsx';
import { useMedia } from '../../kit/use-media.ts';
import { RUN_COLUMNS } from './run-columns.tsx';
import { runName } from './run-words.ts';

export interface RunsTableProps {
  readonly runs: readonly RunSummary[];
  readonly selected: ReadonlySet<string>;
  onSelect(selected: ReadonlySet<string>): void;
  onOpen(run: RunSummary): void;
  /** The Delete key. */
  onDelete(): void;
  /** Shows all runs again. */
  onClear(): void;
}

const useStyles = makeStyles({ top: { paddingTop: '4px' } });

const NEWEST_FIRST = { column: 'started', direction: 'descending' } as const;

export function RunsTable(props: RunsTableProps): ReactNode {
  const { runs, selected, onSelect, onOpen, onDelete, onClear } = props;
  const styles = useStyles();
  const wide = useMedia('(min-width: 1560px)');
  const narrow = useMedia('(max-width: 1199px)');
  return (
    <Card
      title="Runs"
      hint="Enter opens, the space bar chooses, Delete deletes what is chosen"
      flush
    >
      <div
        className={styles.top}
        onKeyDown={({ key }) => {
          if (key === 'Delete') onDelete();
        }}
      >
        <DataTable
          label="Recorded runs"
          columns={RUN_COLUMNS[wide ? 'all' : narrow ? 'few' : 'most']}
          rows={runs}
          rowKey={({ id }) => id}
          onOpen={onOpen}
          selection={{ selected, onChange: onSelect, nameOf: runName }}
          initialOrder={NEWEST_FIRST}
          maxHeight="calc(100vh - 250px)"
          empty={
            <Empty title="No run matches.">
              <Button onClick={onClear}>Show all runs</Button>
            </Empty>
          }
        />
      </div>
    </Card>
  );
}
