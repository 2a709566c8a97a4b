import { memo, type ReactNode } from 'react';
import { formatNumber } from '#engine/chart/format.ts';
import { LiveLine } from '../../charts/live-line.tsx';
import { Card } from '../../kit/card.tsx';
import { useChartHeight } from './chart-height.ts';
import type { ArmView } from './arms.ts';
import type { LiveSnapshot } from './live-snapshot.ts';

export interface CurveCardProps {
  readonly snapshot: LiveSnapshot | null;
  readonly arms: readonly ArmView[];
  readonly simulated: boolean;
}

/** Successful binds a second, on the run's own clock. */
export const RateCard = memo(function RateCard(props: CurveCardProps): ReactNode {
  const { snapshot, arms, simulated } = props;
  const height = useChartHeight();
  const curves = snapshot?.curves ?? [];
  const last = curves.at(-1)?.rate.at(-1);
  return (
    <Card title="Binds per second" hint={simulated ? 'simulated' : undefined}>
      <LiveLine
        label="Binds per second over time"
        unit=""
        xUnit={snapshot?.unit ?? 's'}
        height={height}
        right={last === undefined ? 12 : 14 + formatNumber(last).length * 7}
        series={curves.map(({ index, rate }, at) => {
          const arm = arms.find((one) => one.index === index);
          return {
            key: arm?.strategy ?? 'others',
            name: arm?.name ?? '',
            points: rate,
            area: true,
            dash: [],
            ...(at === curves.length - 1 && last !== undefined && { endLabel: formatNumber(last) }),
          };
        })}
        description={
          last === undefined
            ? ''
            : `${formatNumber(last)} binds a second${simulated ? ' of the simulated clock' : ''}.`
        }
      />
    </Card>
  );
});
