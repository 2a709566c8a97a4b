import { Suspense, lazy, type ReactNode } from 'react';
import type { RunSeries } from '#engine/analysis/run-series.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import { Spinner } from '../../../kit/fluent.ts';
import { SpeedCard } from './speed-card.tsx';

// The words need not wait for the drawing.
const ChartsSection = lazy(async () => ({
  default: (await import('./charts-section.tsx')).ChartsSection,
}));

/** The arms of one experiment in charts, and how fast they were; nothing where there are none. */
export function ArmsCharts(props: {
  readonly document: RunDocument;
  readonly series: RunSeries;
}): ReactNode {
  if (props.document.arms.length === 0) return null;
  return (
    <>
      <Suspense fallback={<Spinner size="small" label="Drawing the charts" />}>
        <ChartsSection {...props} />
      </Suspense>
      <SpeedCard {...props} />
    </>
  );
}
