import { useDeferredValue, useMemo, useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import { count } from '#engine/model/words.ts';
import { useCall, useLab, useServiceEvent, useShellMessage } from '../../connection/use-lab.ts';
import { color } from '../../kit/colors.ts';
import { Button, Spinner, makeStyles } from '../../kit/fluent.ts';
import { ArrowExportLtr16Regular, Beaker16Regular, Delete16Regular } from '../../kit/icons.ts';
import { ErrorBar } from '../../kit/messages.tsx';
import { Page } from '../../kit/page.tsx';
import { CompareButton } from './compare-button.tsx';
import { DropZone } from './drop-zone.tsx';
import { FilterBar } from './filter-bar.tsx';
import { ImportButton } from './import-button.tsx';
import { NoRuns } from './no-runs.tsx';
import { NO_FILTER, filterRuns } from './run-filter.ts';
import { newestOf, runsSentence } from './run-words.ts';
import { RunsTable } from './runs-table.tsx';
import { TransferPanel } from './transfer/transfer-panel.tsx';
import { UndoBar } from './undo-bar.tsx';
import { useNow } from './use-now.ts';
import { useRunActions } from './use-run-actions.ts';

const READ_ONLY_ID = 'runs-read-only';

const useStyles = makeStyles({
  newest: {
    display: 'block',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  readOnly: { color: color('ink-2') },
});

/** The recorded runs: find, open, carry away, take in, delete. */
export function RunsScreen(): ReactNode {
  const styles = useStyles();
  const [, goTo] = useLocation();
  const { activities } = useLab();
  const underWay = activities.map(({ run }) => run);
  // A run that begins or ends changes the list, whichever screen started it.
  const { data, error, loading, reload } = useCall('runs', {}, [underWay.join(' ')]);
  useServiceEvent('runsChanged', reload);
  useShellMessage((message) => {
    if (message.shell === 'command' && message.command === 'refresh') reload();
  });

  const now = useNow(30_000);
  const actions = useRunActions();
  const [filter, setFilter] = useState(NO_FILTER);
  const deferred = useDeferredValue(filter);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());

  const runs = data?.runs;
  const newest = useMemo(() => newestOf(runs ?? []), [runs]);
  const shown = useMemo(() => filterRuns(runs ?? [], deferred), [runs, deferred]);
  // What is out of sight is never exported or deleted.
  const chosen = useMemo(
    () => shown.filter(({ id }) => selected.has(id)).map(({ id }) => id),
    [shown, selected],
  );
  const readOnly = actions.readOnly !== null;
  const describedBy = readOnly ? READ_ONLY_ID : undefined;

  async function deleteChosen(): Promise<void> {
    if (await actions.deleteRuns(chosen)) setSelected(new Set());
  }

  const importButton = (
    <ImportButton disabled={readOnly} describedBy={describedBy} onFiles={actions.importFiles} />
  );
  const hasRuns = runs !== undefined && runs.length > 0;

  return (
    <Page
      sentence={runs === undefined ? 'Recorded runs' : runsSentence(runs, now)}
      detail={
        newest !== undefined && (
          <span className={styles.newest} title={newest.verdict}>
            {newest.verdict}
          </span>
        )
      }
      actions={
        hasRuns && (
          <>
            {importButton}
            <Button
              appearance="primary"
              icon={<Beaker16Regular />}
              onClick={() => goTo('/experiments')}
            >
              New run
            </Button>
          </>
        )
      }
    >
      {error !== undefined && (
        <ErrorBar error={error} actions={<Button onClick={reload}>Try again</Button>} />
      )}
      {actions.failure !== null && <ErrorBar error={actions.failure} />}
      {readOnly && (
        <p id={READ_ONLY_ID} className={styles.readOnly}>
          {actions.readOnly}
        </p>
      )}
      <UndoBar said={actions.said} bar={actions.undoBar} onUndo={() => void actions.undo()} />
      <TransferPanel />
      <DropZone refusal={actions.readOnly} onFiles={actions.importFiles} />
      {runs === undefined && loading && <Spinner size="small" label="Reading the recorded runs" />}
      {runs !== undefined && !hasRuns && <NoRuns>{importButton}</NoRuns>}
      {hasRuns && (
        <>
          <FilterBar runs={runs} shown={shown.length} filter={filter} onChange={setFilter}>
            <span>{chosen.length === 0 ? '' : `${count(chosen.length, 'run')} chosen`}</span>
            <CompareButton runs={shown.filter(({ id }) => selected.has(id))} />
            <Button
              icon={<ArrowExportLtr16Regular />}
              disabledFocusable={chosen.length === 0}
              onClick={() => actions.exportRuns(chosen)}
            >
              Export
            </Button>
            <Button
              icon={<Delete16Regular />}
              disabledFocusable={chosen.length === 0 || readOnly}
              aria-describedby={describedBy}
              onClick={() => void deleteChosen()}
            >
              Delete
            </Button>
          </FilterBar>
          <RunsTable
            runs={shown}
            selected={selected}
            onSelect={setSelected}
            onOpen={({ id }) => goTo(`/${underWay.includes(id) ? 'live' : 'runs'}/${id}`)}
            onDelete={() => void deleteChosen()}
            onClear={() => setFilter(NO_FILTER)}
          />
        </>
      )}
    </Page>
  );
}
