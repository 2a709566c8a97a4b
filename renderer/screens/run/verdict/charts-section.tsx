import { useMemo, type ReactNode } from 'react';
import type { RunSeries } from '#engine/analysis/run-series.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import { Chart } from '../../../charts/chart.tsx';
import { Card } from '../../../kit/card.tsx';
import { makeStyles } from '../../../kit/fluent.ts';
import { ProvenanceBadge } from '../../../kit/provenance.tsx';
import { runCharts } from './run-charts.ts';

const useStyles = makeStyles({
  charts: {
    display: 'grid',
    // Two abreast at most: a third would leave holes, and they are read in pairs.
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, max(420px, 34%)), 1fr))',
    gap: '12px',
  },
});

export interface ChartsSectionProps {
  readonly document: RunDocument;
  readonly series: RunSeries;
}

export function ChartsSection({ document, series }: ChartsSectionProps): ReactNode {
  const styles = useStyles();
  const specs = useMemo(() => runCharts(document, series), [document, series]);
  if (specs.length === 0) return null;
  return (
    <div className={styles.charts}>
      {specs.map((spec) => (
        <Card
          key={spec.id}
          title={spec.title}
          hint={spec.subtitle}
          aside={<ProvenanceBadge basis={spec.basis} dense />}
        >
          <Chart spec={spec} caption="hidden" />
        </Card>
      ))}
    </div>
  );
}
