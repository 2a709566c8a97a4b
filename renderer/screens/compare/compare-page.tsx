import { Suspense, lazy, type ReactNode } from 'react';
import type { CompareView } from '#engine/api/views.ts';
import { CopyButton } from '../../kit/copy-button.tsx';
import { Spinner } from '../../kit/fluent.ts';
import { Page } from '../../kit/page.tsx';
import { ProvenanceBadge } from '../../kit/provenance.tsx';
import { CautionsCard } from './cautions-card.tsx';
import { FactsCard } from './facts-card.tsx';
import { FiguresCard } from './figures-card.tsx';
import { FlippedCard } from './flipped-card.tsx';
import { RunCards } from './run-cards.tsx';

// The words need not wait for the drawing.
const OverlayCharts = lazy(async () => ({
  default: (await import('./overlay-charts.tsx')).OverlayCharts,
}));

export function ComparePage({ view }: { readonly view: CompareView }): ReactNode {
  const { document, runs, claimTexts } = view;
  const bases = [...new Set(document.bases)];
  return (
    <Page
      breadcrumb={[{ text: 'Runs', to: '/runs' }, { text: `Comparison of ${runs.length} runs` }]}
      badges={bases.map((basis) => (
        <ProvenanceBadge key={basis} basis={basis} />
      ))}
      sentence={document.sentence}
      actions={
        <CopyButton text={() => `portlab compare ${document.runs.join(' ')}`}>
          Copy as command
        </CopyButton>
      }
    >
      <RunCards runs={runs.map((run) => run.document)} />
      <CautionsCard cautions={document.cautions} />
      <FlippedCard document={document} texts={claimTexts} />
      <Suspense fallback={<Spinner size="small" label="Drawing the charts" />}>
        <OverlayCharts runs={runs} />
      </Suspense>
      <FiguresCard document={document} />
      <FactsCard document={document} />
    </Page>
  );
}
