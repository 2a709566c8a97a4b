import { Suspense, lazy, type ReactNode } from 'react';
import type { RunView } from '#engine/api/views.ts';
import { isScriptRun } from '#engine/run/run-words.ts';
import { Spinner, makeStyles } from '../../../kit/fluent.ts';
import { ArmsCard } from './arms-card.tsx';
import { ClaimsCard } from './claims-card.tsx';
import { FindingsCard } from './findings-card.tsx';
import { SpeedCard } from './speed-card.tsx';
import { StepsCard } from './steps-card.tsx';

// The words need not wait for the drawing.
const ChartsSection = lazy(async () => ({
  default: (await import('./charts-section.tsx')).ChartsSection,
}));

const useStyles = makeStyles({
  pair: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1.8fr) minmax(0, 1fr)',
    gap: '12px',
    alignItems: 'stretch',
    '@media (max-width: 1199px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
});

export function VerdictTab({ view }: { readonly view: RunView }): ReactNode {
  const styles = useStyles();
  const { document, series, claimTexts } = view;
  if (isScriptRun(document.run)) {
    return (
      <>
        <FindingsCard findings={document.findings} />
        <StepsCard steps={document.steps ?? []} />
      </>
    );
  }
  return (
    <>
      <ClaimsCard
        claims={document.claims}
        texts={claimTexts}
        running={document.run.status === 'running'}
      />
      <div className={styles.pair}>
        <ArmsCard document={document} series={series} />
        <FindingsCard findings={document.findings} />
      </div>
      <Suspense fallback={<Spinner size="small" label="Drawing the charts" />}>
        <ChartsSection document={document} series={series} />
      </Suspense>
      <SpeedCard document={document} series={series} />
    </>
  );
}
