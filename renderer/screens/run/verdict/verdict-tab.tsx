import type { ReactNode } from 'react';
import type { RunView } from '#engine/api/views.ts';
import { basisOfRun } from '#engine/chart/provenance.ts';
import { isScriptRun } from '#engine/run/run-words.ts';
import { makeStyles } from '../../../kit/fluent.ts';
import { AnswersCard } from './answers-card.tsx';
import { ArmsCard } from './arms-card.tsx';
import { ArmsCharts } from './arms-charts.tsx';
import { ClaimsCard } from './claims-card.tsx';
import { FindingsCard } from './findings-card.tsx';
import { ModelCard } from './model-card.tsx';
import { PartEvidence } from './part-evidence.tsx';
import { PartsCard } from './parts-card.tsx';
import { StepsCard } from './steps-card.tsx';

const useStyles = makeStyles({
  pair: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1.8fr) minmax(0, 1fr)',
    gap: '12px',
    alignItems: 'stretch',
    // Arms with bars, errors and what they do need more than half of a narrow screen.
    '@media (max-width: 1359px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
});

export function VerdictTab({ view }: { readonly view: RunView }): ReactNode {
  const styles = useStyles();
  const { document, series, claimTexts } = view;
  const { run, claims, answers = [], findings, experiments: parts, steps = [], model } = document;
  const against = model !== undefined && <ModelCard model={model} basis={basisOfRun(run)} />;
  if (isScriptRun(run)) {
    return (
      <>
        <FindingsCard findings={findings} />
        <StepsCard steps={steps} />
        {against}
      </>
    );
  }
  const settled = (
    <ClaimsCard claims={claims} texts={claimTexts} running={run.status === 'running'} />
  );
  if (parts !== undefined) {
    return (
      <>
        {settled}
        <PartsCard parts={parts} basis={basisOfRun(run)} />
        <FindingsCard findings={findings} />
        <AnswersCard answers={answers} />
        {against}
        <PartEvidence document={document} series={series} />
      </>
    );
  }
  // Some experiments have no arms, and others end before their first.
  const noArms = document.arms.length === 0 && series.arms.length === 0;
  return (
    <>
      {settled}
      {noArms && run.status === 'complete' ? (
        <FindingsCard findings={findings} />
      ) : (
        <div className={styles.pair}>
          <ArmsCard document={document} series={series} />
          <FindingsCard findings={findings} />
        </div>
      )}
      <AnswersCard answers={answers} />
      {against}
      <ArmsCharts document={document} series={series} />
    </>
  );
}
