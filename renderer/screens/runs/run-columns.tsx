import type { MouseEvent, ReactNode } from 'react';
import { Link } from 'wouter';
import type { RunSummary } from '#engine/api/views.ts';
import { duration, thousands } from '#engine/model/words.ts';
import { color } from '../../kit/colors.ts';
import type { DataColumn } from '../../kit/data-table.tsx';
import { makeStyles, mergeClasses } from '../../kit/fluent.ts';
import { utcStamp } from '../../kit/format.ts';
import { Play16Regular } from '../../kit/icons.ts';
import { StatusMark } from '../../kit/marks.tsx';
import { ProvenanceBadge } from '../../kit/provenance.tsx';
import { ClaimMarks } from './claim-marks.tsx';
import {
  BASIS_NAMES,
  STATUS_NAMES,
  claimsWeight,
  runName,
  shortStamp,
  shortVerdict,
} from './run-words.ts';

const useStyles = makeStyles({
  // Takes no part in the column's width, and fills what the column has.
  line: {
    width: 0,
    minWidth: '100%',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  // The narrowest at which a title still tells.
  name: { width: '190px' },
  link: { color: color('ink'), textDecorationLine: 'none' },
  tag: { color: color('ink-3'), fontWeight: 400 },
  nowrap: { whiteSpace: 'nowrap' },
  icon: { display: 'inline-flex', verticalAlign: 'middle' },
});

const run: DataColumn<RunSummary> = {
  id: 'run',
  header: 'Run',
  render: (row) => <Name run={row} />,
  sortValue: runName,
};
const started: DataColumn<RunSummary> = {
  id: 'started',
  header: 'Started, UTC',
  // Figures begin with the largest, dates with the newest.
  numeric: true,
  render: ({ startedAt }) => (
    <OneLine title={utcStamp(startedAt)}>{shortStamp(startedAt, Date.now())}</OneLine>
  ),
  sortValue: ({ startedAt }) => Date.parse(startedAt),
};
const basis: DataColumn<RunSummary> = {
  id: 'basis',
  header: 'Basis',
  render: (row) => <ProvenanceBadge basis={row.basis} dense />,
  sortValue: (row) => BASIS_NAMES[row.basis],
};
const status: DataColumn<RunSummary> = {
  id: 'status',
  header: 'Status',
  render: (row) => <StatusMark status={row.status} />,
  sortValue: (row) => STATUS_NAMES[row.status],
};
const host: DataColumn<RunSummary> = {
  id: 'host',
  header: 'Host',
  render: ({ hostname, osName }) => <OneLine title={`${hostname}, ${osName}`}>{hostname}</OneLine>,
  sortValue: ({ hostname }) => hostname,
};
const addresses: DataColumn<RunSummary> = {
  id: 'addresses',
  header: 'Addresses',
  numeric: true,
  render: (row) => thousands(row.addresses),
  sortValue: (row) => row.addresses,
};
const verdict: DataColumn<RunSummary> = {
  id: 'verdict',
  header: 'Verdict',
  width: '100%',
  render: (row) => <Verdict words={row.verdict} />,
  sortValue: (row) => row.verdict,
};
const claims: DataColumn<RunSummary> = {
  id: 'claims',
  header: 'Claims',
  render: (row) => <ClaimMarks claims={row.claims} basis={row.basis} />,
  sortValue: (row) => claimsWeight(row.claims),
};
const took: DataColumn<RunSummary> = {
  id: 'duration',
  header: 'Duration',
  numeric: true,
  render: (row) => (
    <OneLine title={row.basis === 'modelled' ? 'virtual time' : 'measured'}>
      {duration(row.durationNs)}
    </OneLine>
  ),
  sortValue: (row) => row.durationNs,
};
const events: DataColumn<RunSummary> = {
  id: 'events',
  header: 'Calls',
  numeric: true,
  render: (row) => thousands(row.eventCount),
  sortValue: (row) => row.eventCount,
};

const replay: DataColumn<RunSummary> = {
  id: 'replay',
  header: <span className="visually-hidden">Replay</span>,
  render: (row) => <ReplayLink run={row} />,
};

const ALL: readonly DataColumn<RunSummary>[] = [
  run,
  started,
  basis,
  status,
  host,
  addresses,
  verdict,
  claims,
  took,
  events,
  replay,
];

/**
 * What a window of some width shows: all, or less of what the run's own page says first, since the
 * verdict must stay readable.
 */
export const RUN_COLUMNS = {
  all: ALL,
  most: ALL.filter((column) => column !== events),
  few: ALL.filter((column) => ![addresses, took, events].includes(column)),
} as const;

/** Rows are one tab stop together; the link is for the mouse, and for opening a second window. */
function Name({ run }: { readonly run: RunSummary }): ReactNode {
  const styles = useStyles();
  const name = runName(run);
  const more = [
    ...(run.title === null ? [] : [run.experiment]),
    ...run.tags.map((tag) => `#${tag}`),
  ];
  return (
    <div
      className={mergeClasses(styles.line, styles.name)}
      title={[name, ...more, run.id].join(' · ')}
    >
      <Link href={`/runs/${run.id}`} tabIndex={-1} className={styles.link}>
        {name}
      </Link>
      {more.length > 0 && <span className={styles.tag}> {more.join(' ')}</span>}
    </div>
  );
}

/** The same is a button on the run's page, for the keyboard. */
function ReplayLink({ run }: { readonly run: RunSummary }): ReactNode {
  const styles = useStyles();
  return (
    <Link
      href={`/runs/${run.id}/replay`}
      tabIndex={-1}
      className={mergeClasses(styles.link, styles.icon)}
      title={`Replay ${runName(run)}`}
      aria-label={`Replay ${runName(run)}`}
      onClick={(event: MouseEvent) => event.stopPropagation()}
    >
      <Play16Regular aria-hidden />
    </Link>
  );
}

function Verdict({ words }: { readonly words: string }): ReactNode {
  return (
    <div className={useStyles().line} title={words}>
      {shortVerdict(words)}
    </div>
  );
}

function OneLine(props: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <span className={useStyles().nowrap} title={props.title}>
      {props.children}
    </span>
  );
}
