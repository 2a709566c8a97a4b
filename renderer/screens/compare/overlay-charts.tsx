import { useMemo, type ReactNode } from 'react';
import type { CompareView } from '#engine/api/views.ts';
import type { ChartSpec } from '#engine/chart/chart-spec.ts';
import { comparedBindsCharts } from '#engine/chart/compared-binds-charts.ts';
import { comparedLatencyCharts } from '#engine/chart/compared-latency-charts.ts';
import { comparedPortsChart } from '#engine/chart/compared-ports-chart.ts';
import { Chart } from '../../charts/chart.tsx';
import { Card } from '../../kit/card.tsx';
import { color } from '../../kit/colors.ts';
import { makeStyles } from '../../kit/fluent.ts';
import { noChartsWords, shortName } from './compare-words.ts';

const useStyles = makeStyles({
  charts: {
    display: 'grid',
    // Two abreast at most: they are read in pairs.
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, max(420px, 34%)), 1fr))',
    gap: '12px',
  },
  none: { color: color('ink-2') },
  // The odd one out leaves no hole.
  across: { gridColumnStart: 1, gridColumnEnd: -1 },
});

/** All runs on the same axes; why not, where their arms are no match. */
export function OverlayCharts({ runs }: Pick<CompareView, 'runs'>): ReactNode {
  const styles = useStyles();
  const specs = useMemo(() => specsOf(runs), [runs]);
  if (specs.length === 0) return <p className={styles.none}>{noChartsWords(runs)}</p>;
  return (
    <div className={styles.charts}>
      {specs.map((spec, at) => (
        <Card
          key={spec.id}
          title={spec.title}
          hint={spec.subtitle}
          className={at === 0 && specs.length % 2 === 1 ? styles.across : ''}
        >
          <Chart spec={spec} caption="hidden" />
        </Card>
      ))}
    </div>
  );
}

function specsOf(views: CompareView['runs']): readonly ChartSpec[] {
  const runs = views.map(({ document, series }, at) => ({
    at,
    name: shortName(document),
    document,
    series,
  }));
  const ports = comparedPortsChart(runs);
  return [
    ...(ports === null ? [] : [ports]),
    ...comparedBindsCharts(runs),
    ...comparedLatencyCharts(runs),
  ];
}
