import { useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import type { RunView } from '#engine/api/views.ts';
import { formatNumber } from '#engine/chart/format.ts';
import { basisOfRun } from '#engine/chart/provenance.ts';
import type { LabError } from '#engine/model/lab-error.ts';
import { color } from '../../kit/colors.ts';
import { Button, Tab, TabList, makeStyles, useId } from '../../kit/fluent.ts';
import { Play16Regular } from '../../kit/icons.ts';
import { StatusMark } from '../../kit/marks.tsx';
import { ErrorBar } from '../../kit/messages.tsx';
import { Page } from '../../kit/page.tsx';
import { ProvenanceBadge } from '../../kit/provenance.tsx';
import { experimentName, sentenceCase } from '../runs/run-words.ts';
import { TransferPanel } from '../runs/transfer/transfer-panel.tsx';
import { EventsTab } from './events/events-tab.tsx';
import { MeasuresTab } from './measures/measures-tab.tsx';
import { RepeatTab } from './repeat/repeat-tab.tsx';
import { ReportTab } from './report/report-tab.tsx';
import { RunState } from './run-state.tsx';
import { metaWords, priceOf } from './run-words.ts';
import { SaveAs } from './save-as.tsx';
import { SeverityMark, severityInk } from './severity-mark.tsx';
import { VerdictTab } from './verdict/verdict-tab.tsx';

const useStyles = makeStyles({
  tag: {
    height: '20px',
    padding: '0 8px',
    border: `1px solid ${color('strong')}`,
    borderRadius: '4px',
    color: color('ink-2'),
    lineHeight: '18px',
    whiteSpace: 'nowrap',
  },
  title: { fontWeight: 600, color: color('ink') },
  price: { display: 'flex', gap: '6px', fontWeight: 600 },
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: '0 16px',
    borderBottom: `1px solid ${color('stroke')}`,
    marginLeft: '-12px',
  },
  meta: { paddingLeft: '12px', fontSize: '12px', color: color('ink-2') },
  panel: { display: 'flex', flexDirection: 'column', gap: '12px', minWidth: 0, minHeight: 0 },
});

const TABS = {
  verdict: VerdictTab,
  measures: MeasuresTab,
  events: EventsTab,
  report: ReportTab,
  repeat: RepeatTab,
} as const satisfies Record<string, (props: { readonly view: RunView }) => ReactNode>;
type TabName = keyof typeof TABS;

export interface RunPageProps {
  readonly view: RunView;
  /** Reads the run anew. */
  onRefresh(): void;
}

export function RunPage({ view, onRefresh }: RunPageProps): ReactNode {
  const styles = useStyles();
  const id = useId('run');
  const [, goTo] = useLocation();
  const [tab, setTab] = useState<TabName>('verdict');
  const [failure, setFailure] = useState<LabError | null>(null);
  const { document, rows } = view;
  const { run, measures, safety } = document;
  const name = run.title ?? experimentName(run.experiment);
  const price = priceOf(document);
  const Shown = TABS[tab];
  const figure = (count: number): ReactNode => (
    <span className={styles.meta} style={{ paddingLeft: '2px' }}>
      {formatNumber(count)}
    </span>
  );

  return (
    <Page
      breadcrumb={[{ text: 'Runs', to: '/runs' }, { text: `${name}, run ${run.id}` }]}
      badges={
        <>
          <ProvenanceBadge basis={basisOfRun(run)} />
          <span className={styles.tag}>
            <StatusMark status={run.status} />
          </span>
          {safety.exhaustive && <span className={styles.tag}>exhaustive</span>}
          {run.tags.map((tag) => (
            <span key={tag} className={styles.tag}>
              {tag}
            </span>
          ))}
        </>
      }
      sentence={sentenceCase(document.verdict)}
      detail={
        price !== null && (
          <p className={styles.price} style={{ color: severityInk(price.severity) }}>
            <SeverityMark severity={price.severity} />
            <span>{price.text}</span>
          </p>
        )
      }
      actions={
        <SaveAs
          run={run.id}
          ended={run.status !== 'running'}
          before={
            <Button
              icon={<Play16Regular />}
              onClick={() => goTo(`/runs/${encodeURIComponent(run.id)}/replay`)}
            >
              Replay
            </Button>
          }
          onFailure={setFailure}
        />
      }
    >
      {failure !== null && <ErrorBar error={failure} />}
      <RunState run={run} onRefresh={onRefresh} />
      <TransferPanel run={run.id} />
      <div className={styles.bar}>
        <TabList
          aria-label="Parts of the run"
          selectedValue={tab}
          onTabSelect={(_event, { value }) => setTab(value as TabName)}
        >
          <Tab value="verdict" id={`${id}-verdict`} aria-controls={`${id}-panel`}>
            Verdict
          </Tab>
          <Tab value="measures" id={`${id}-measures`} aria-controls={`${id}-panel`}>
            Measures{figure(Object.keys(measures).length)}
          </Tab>
          <Tab value="events" id={`${id}-events`} aria-controls={`${id}-panel`}>
            Events{figure(rows)}
          </Tab>
          <Tab value="report" id={`${id}-report`} aria-controls={`${id}-panel`}>
            Report
          </Tab>
          <Tab value="repeat" id={`${id}-repeat`} aria-controls={`${id}-panel`}>
            Repeat
          </Tab>
        </TabList>
        <span className={styles.meta}>{metaWords(document).join(' · ')}</span>
      </div>
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${tab}`}
        className={styles.panel}
      >
        <Shown view={view} />
      </div>
    </Page>
  );
}
