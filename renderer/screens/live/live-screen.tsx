import { useMemo, useRef, type ReactNode } from 'react';
import { basisOfRun } from '#engine/chart/provenance.ts';
import { rangeOfRun } from '#engine/chart/run-range.ts';
import { useCall, useLab } from '../../connection/use-lab.ts';
import { useStopRuns } from '../../app/stop-runs.tsx';
import { color } from '../../kit/colors.ts';
import { Spinner, makeStyles } from '../../kit/fluent.ts';
import { ErrorBar } from '../../kit/messages.tsx';
import { Page } from '../../kit/page.tsx';
import { ProvenanceBadge } from '../../kit/provenance.tsx';
import { Announcer } from './announcer.tsx';
import { ArmCards } from './arm-cards.tsx';
import { armViews } from './arms.ts';
import { ExhaustiveBadge } from './exhaustive-badge.tsx';
import { FreeCard } from './free-card.tsx';
import { HeldCard } from './held-card.tsx';
import { LatencyCard } from './latency-card.tsx';
import { LiveActions } from './live-actions.tsx';
import { liveSentence, plain, spokenSummary, type LiveState, type Sentence } from './live-words.ts';
import { PortMapCard } from '../../ports/port-map-card.tsx';
import { RateCard } from './rate-card.tsx';
import { Recorded } from './recorded.tsx';
import { useLiveRun } from './use-live-run.ts';

const useStyles = makeStyles({
  figure: { color: color('accent-text') },
  cards: {
    display: 'grid',
    gap: '12px',
    gridTemplateColumns: 'minmax(240px, 1fr) minmax(0, 2fr) minmax(0, 1fr) minmax(0, 0.9fr)',
    '@media (max-width: 1199px)': { gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1.4fr)' },
    '@media (max-width: 759px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
});

/** A run that goes on: what it holds now, what that leaves, and Stop. */
export function LiveScreen({ run }: { readonly run: string }): ReactNode {
  const styles = useStyles();
  const { activities } = useLab();
  const { stopping } = useStopRuns();
  const activity = activities.find((one) => one.run === run) ?? null;
  const { view, snapshot, map, pool, end, allRead, error } = useLiveRun(
    run,
    activity?.basis ?? null,
  );
  // It vanishes from the activities a moment before its end is told.
  const here = useRef(false);
  here.current ||= activity !== null;

  const head = view?.document.run;
  const experiment = head?.experiment ?? activity?.experiment ?? '';
  const arms = useMemo(
    () => armViews(experiment, snapshot, end !== null),
    [experiment, snapshot, end],
  );
  const live: LiveState = {
    experiment,
    addresses: snapshot?.bands.reduce((sum, band) => sum + band.addresses, 0) ?? 0,
    snapshot,
    arms,
    activity,
    stopping: end === null && stopping.has(run),
  };
  const catalogue = useCall('experiments', {});
  const name = catalogue.data?.experiments.find(({ id }) => id === experiment)?.title ?? experiment;
  const title = activity?.title ?? head?.title ?? experiment;
  const trail = [
    { text: 'Experiments', to: '/experiments' },
    ...(experiment === ''
      ? []
      : [{ text: name, to: `/experiments/${encodeURIComponent(experiment)}` }]),
    { text: run },
  ];
  const basis = activity?.basis ?? (head === undefined ? null : basisOfRun(head));
  const safety = view?.document.safety;
  const sentence: Sentence = end === null ? liveSentence(live) : [{ text: endSentence(end) }];
  if (error !== null && view === null && activity === null) {
    // Nothing of it was ever seen: there is nothing to say of it but that.
    return (
      <Page breadcrumb={trail} sentence="There is no such run to follow">
        <ErrorBar error={error} />
      </Page>
    );
  }
  return (
    <Page
      breadcrumb={trail}
      badges={
        <>
          {basis !== null && <ProvenanceBadge basis={basis} />}
          {safety?.exhaustive === true && <ExhaustiveBadge real={basis === 'measured'} />}
        </>
      }
      sentence={sentence.map(({ text, strong }, at) =>
        strong === true ? (
          // The parts keep their places while the figures change.
          <span key={at} className={styles.figure}>
            {text}
          </span>
        ) : (
          text
        ),
      )}
      // The window's title must not change five times a second.
      title={end === null ? `Running: ${title}` : `Ended: ${title}`}
      detail={<Recorded live={live} ended={end !== null} allRead={allRead} />}
      actions={
        <LiveActions
          run={run}
          end={end}
          startedAt={head?.startedAt ?? activity?.startedAt ?? null}
          durationNs={head?.durationNs ?? null}
          here={here.current}
          basis={basis}
        />
      }
    >
      {error !== null && <ErrorBar error={error} />}
      {view === null && activity === null && error === null && (
        <Spinner size="small" label="Reading the recording" />
      )}
      <Announcer
        text={end === null ? spokenSummary(live) : plain(sentence)}
        urgent={end !== null}
      />
      {(view !== null || activity !== null) && (
        <>
          <ArmCards arms={arms} share={activity?.share ?? null} />
          <div className={styles.cards}>
            <FreeCard
              activity={activity}
              arms={arms}
              range={view === null ? null : rangeOfRun(view.document)}
              reserve={safety?.reserve ?? activity?.reserve ?? null}
              exhaustive={safety?.exhaustive ?? false}
              ended={end !== null}
            />
            <HeldCard snapshot={snapshot} arms={arms} />
            <RateCard snapshot={snapshot} arms={arms} simulated={basis === 'modelled'} />
            <LatencyCard snapshot={snapshot} arms={arms} simulated={basis === 'modelled'} />
          </div>
        </>
      )}
      {end === null && map !== null && pool !== null && view !== null && (
        <PortMapCard
          map={map}
          pool={pool}
          addresses={view.document.run.addresses}
          strategy={arms.findLast((arm) => arm.live !== null)?.strategy ?? 'others'}
          simulated={basis === 'modelled'}
          when="now"
        />
      )}
    </Page>
  );
}

function endSentence({ status, verdict }: { status: string; verdict: string }): string {
  return verdict === '' ? `The run is over: ${status}.` : verdict;
}
