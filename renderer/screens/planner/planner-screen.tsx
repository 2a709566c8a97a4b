import { useMemo, useState, type CSSProperties, type ReactNode } from 'react';
import { useHost } from '../../connection/use-host.ts';
import { useCall, useServiceEvent } from '../../connection/use-lab.ts';
import { color } from '../../kit/colors.ts';
import { Spinner, makeStyles, mergeClasses } from '../../kit/fluent.ts';
import { ErrorBar } from '../../kit/messages.tsx';
import { Page } from '../../kit/page.tsx';
import { ProvenanceBadge } from '../../kit/provenance.tsx';
import { AssumptionsCard } from './assumptions-card.tsx';
import { assumptionRows } from './assumption-rows.ts';
import { NeedCard } from './need-card.tsx';
import { OBSTACLE_ID, PlanActions } from './plan-actions.tsx';
import { PowerShellCard } from './powershell-card.tsx';
import { SaidSentence } from './said-sentence.tsx';
import { StrategiesCard } from './strategies-card.tsx';
import { usePlanner } from './use-planner.ts';
import { verifyObstacle } from './verify-wish.ts';
import { WhyCard } from './why-card.tsx';

const useStyles = makeStyles({
  columns: {
    display: 'grid',
    gap: '12px',
    gridTemplateColumns: '292px minmax(0, 1fr)',
    alignItems: 'start',
    '@media (max-width: 1199px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  answer: { display: 'flex', flexDirection: 'column', gap: '12px', minWidth: 0 },
  below: {
    display: 'grid',
    gap: '12px',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)',
    '@media (max-width: 899px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  // Readable, and visibly not of now: marks and tints lose their colour, words their weight.
  old: { filter: 'grayscale(1)', color: color('ink-3') },
  oldNote: { color: color('warn') },
});

/** Inks one step quieter, for an answer that is not of what is filled in. */
const OLD_INKS = {
  '--lab-ink': 'var(--lab-ink-3)',
  '--lab-ink-2': 'var(--lab-ink-3)',
} as CSSProperties;

/** How many addresses, by which strategy, and why: answered while one types. */
export function PlannerScreen(): ReactNode {
  const styles = useStyles();
  const planner = usePlanner();
  const { answer, from, lastFrom, problems } = planner;
  const { plan } = answer;
  const { data: catalogue } = useCall('profiles', {});
  const [seen, setSeen] = useState(0);
  useServiceEvent('runsChanged', () => setSeen(seen + 1));
  const { data: recorded } = useCall('runs', {}, [seen]);
  const hostname = useHost().view?.facts.hostname ?? '';
  const wrong = Object.keys(problems).length > 0;
  const old = plan !== null && !answer.current && (wrong || planner.fromError !== undefined);
  const note =
    plan === null
      ? null
      : wrong
        ? 'An entry is to be corrected; this is the answer to the last ones that could be read.'
        : answer.current || old
          ? verifyObstacle(plan, answer.current ? from?.profile : undefined)
          : null;
  const rows = useMemo(
    () =>
      plan === null || lastFrom === undefined
        ? []
        : assumptionRows(plan.assumptions, lastFrom.profile, lastFrom.answers),
    [plan, lastFrom],
  );
  return (
    <Page
      breadcrumb={[{ text: 'Planner' }]}
      badges={
        <>
          <ProvenanceBadge basis="modelled" />
          <span>modelled, not measured on this host</span>
        </>
      }
      sentence={plan?.sentence ?? 'How many addresses, and by which strategy'}
      title="Planner"
      detail={
        note !== null && (
          <span id={OBSTACLE_ID} className={old ? styles.oldNote : undefined}>
            {note}
          </span>
        )
      }
      actions={
        plan !== null && (
          <PlanActions plan={plan} profile={answer.current ? from?.profile : undefined} />
        )
      }
    >
      {answer.error !== null && <ErrorBar error={answer.error} />}
      <SaidSentence text={plan !== null && answer.current ? plan.sentence : ''} />
      <div className={styles.columns}>
        <NeedCard
          planner={planner}
          hostname={hostname}
          profiles={catalogue?.profiles ?? []}
          runs={recorded?.runs ?? []}
        />
        {plan === null ? (
          answer.error === null &&
          planner.fromError === undefined && <Spinner size="small" label="Working it out" />
        ) : (
          <div
            className={mergeClasses(styles.answer, old && styles.old)}
            style={old ? OLD_INKS : undefined}
          >
            <StrategiesCard plan={plan} check={answer.check} />
            <div className={styles.below}>
              <WhyCard plan={plan} />
              <PowerShellCard powershell={plan.powershell} />
            </div>
            <AssumptionsCard rows={rows} />
          </div>
        )}
      </div>
    </Page>
  );
}
