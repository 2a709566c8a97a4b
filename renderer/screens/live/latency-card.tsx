import { memo, type ReactNode } from 'react';
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

/** The arm's own percentiles stand under its lines. */
const FIGURES_PX = 44;

const useStyles = makeStyles({
  figures: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    gap: '4px 8px',
    marginTop: '8px',
    fontSize: '12px',
    lineHeight: '16px',
    '& dt': { display: 'flex', alignItems: 'center', gap: '4px', color: color('ink-2') },
    '& dd': { fontWeight: 600 },
  },
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
        height={height - FIGURES_PX}
        series={snapshot === null ? [] : seriesOf(snapshot, arms)}
      />
      <dl className={styles.figures}>
        {PERCENTILES.map(({ name, dash }) => (
          <div key={name}>
            <dt>
              <svg width="20" height="8" aria-hidden focusable="false">
                <path
                  d="M0 4H20"
                  stroke="currentColor"
                  strokeWidth="1.5"
                  strokeDasharray={dash.join(' ')}
                />
              </svg>
              {name}
            </dt>
            <dd>{latest === null ? '–' : duration(latest[name])}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
});

function seriesOf({ curves }: LiveSnapshot, arms: readonly ArmView[]): LiveSeries[] {
  return curves.flatMap((curve) => {
    const arm = arms.find(({ index }) => index === curve.index);
    return PERCENTILES.map(({ name, dash }): LiveSeries => {
      return {
        key: arm?.strategy ?? 'others',
        name: `${arm?.name ?? ''} ${name}`,
        points: curve[name].map((value, place) => (place % 2 === 1 ? value / 1_000 : value)),
        dash,
      };
    });
  });
}
