import { memo, type ReactNode } from 'react';
import { formatNumber } from '#engine/chart/format.ts';
import { duration } from '#engine/model/words.ts';
import { LiveLine, type LiveSeries } from '../../charts/live-line.tsx';
import { Card } from '../../kit/card.tsx';
import { color } from '../../kit/colors.ts';
import { makeStyles } from '../../kit/fluent.ts';
import { useChartHeight } from './chart-height.ts';
import type { ArmView } from './arms.ts';
import type { LiveSnapshot } from './live-snapshot.ts';
import type { CurveCardProps } from './rate-card.tsx';

/** The dash tells the percentile, colour and place the arm. */
const PERCENTILES = [
  { name: 'p50', dash: [] },
  { name: 'p95', dash: [5, 4] },
  { name: 'p99', dash: [1.5, 3] },
] as const;

const useStyles = makeStyles({
  none: { color: color('ink-2') },
});

/** How long a bind took: of real sockets only. */
export const LatencyCard = memo(function LatencyCard(props: CurveCardProps): ReactNode {
  const { snapshot, arms, simulated } = props;
  const styles = useStyles();
  const height = useChartHeight();
  if (simulated) {
    return (
      <Card title="Bind latency">
        <p className={styles.none}>
          A model has no latency: its calls take the time a convention gives them, so there is
          nothing to measure.
        </p>
      </Card>
    );
  }
  const latest = snapshot?.arms.findLast(({ latency }) => latency !== null)?.latency ?? null;
  return (
    <Card title="Bind latency" hint="µs">
      <LiveLine
        label="Bind latency over time"
        unit=""
        xUnit={snapshot?.unit ?? 's'}
        height={height}
        right={64}
        series={snapshot === null ? [] : seriesOf(snapshot, arms)}
        description={
          latest === null
            ? ''
            : `Half of the arm’s binds took ${duration(latest.p50)} or less, 95 % ${duration(latest.p95)}, 99 % ${duration(latest.p99)}.`
        }
      />
    </Card>
  );
});

function seriesOf({ curves }: LiveSnapshot, arms: readonly ArmView[]): LiveSeries[] {
  return curves.flatMap((curve, at) => {
    const arm = arms.find(({ index }) => index === curve.index);
    return PERCENTILES.map(({ name, dash }): LiveSeries => {
      const points = curve[name].map((value, place) => (place % 2 === 1 ? value / 1_000 : value));
      const last = points.at(-1);
      return {
        key: arm?.strategy ?? 'others',
        name: `${arm?.name ?? ''} ${name}`,
        points,
        dash,
        ...(at === curves.length - 1 &&
          last !== undefined && { endLabel: `${formatNumber(last, 1)} ${name}` }),
      };
    });
  });
}
