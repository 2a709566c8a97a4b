import { memo, type ReactNode } from 'react';
import { formatNumber } from '#engine/chart/format.ts';
import { LiveLine, type LiveReference, type LiveSeries } from '../../charts/live-line.tsx';
import { Card } from '../../kit/card.tsx';
import { color } from '../../kit/colors.ts';
import { Term, Terms } from '../../kit/figures.tsx';
import { makeStyles } from '../../kit/fluent.ts';
import { useChartHeight } from './chart-height.ts';
import type { ArmView } from './arms.ts';
import type { LiveSnapshot } from './live-snapshot.ts';

export interface HeldCardProps {
  readonly snapshot: LiveSnapshot | null;
  readonly arms: readonly ArmView[];
}

const useStyles = makeStyles({
  body: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(84px, auto)',
    gap: '12px',
    alignItems: 'start',
    '@media (max-width: 600px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  list: { fontSize: '12px', paddingTop: '8px', '& dd': { fontWeight: 600 } },
  total: { color: color('ink-3') },
});

/** Ports held over time, one band an address on the others: total and share in one look. */
export const HeldCard = memo(function HeldCard(props: HeldCardProps): ReactNode {
  const { snapshot, arms } = props;
  const styles = useStyles();
  const height = useChartHeight();
  const bands = snapshot?.bands ?? [];
  const held = snapshot?.held ?? 0;
  const references = referencesOf(arms);
  const alone = bands.every(({ addresses }) => addresses === 1);
  return (
    <Card
      title="Ports held"
      hint={alone ? 'by address, stacked' : 'by groups of addresses, stacked'}
    >
      <div className={styles.body}>
        <LiveLine
          label="Ports held over time"
          unit=""
          xUnit={snapshot?.unit ?? 's'}
          height={height}
          series={snapshot === null ? [] : seriesOf(snapshot, arms)}
          references={references}
          // Room for the reference's words above its line.
          yMax={(references[0]?.value ?? 0) * 1.15}
          description={`${formatNumber(held)} ports held now.`}
        />
        <Terms className={styles.list}>
          {bands.map(({ name, short }, at) => (
            <Term key={name} label={<span title={name}>{short}</span>}>
              {formatNumber(snapshot?.heldBy[at] ?? 0)}
            </Term>
          ))}
          {(snapshot?.heldElsewhere ?? 0) > 0 && (
            <Term label="elsewhere">{formatNumber(snapshot?.heldElsewhere ?? 0)}</Term>
          )}
          <Term label={<span className={styles.total}>all</span>}>{formatNumber(held)}</Term>
        </Terms>
      </div>
    </Card>
  );
});

/** The whole first, each smaller part on it: so every band shows, without a gap between two arms. */
function seriesOf({ curves }: LiveSnapshot, arms: readonly ArmView[]): LiveSeries[] {
  return curves.flatMap(({ index, held }) => {
    const arm = arms.find((one) => one.index === index);
    return held
      .map((points, band): LiveSeries => ({
        key: arm?.strategy ?? 'others',
        name: arm?.name ?? '',
        points,
        area: true,
        step: Math.min(3, band),
        dash: [],
      }))
      .toReversed();
  });
}

/** What there was without the option, once it is known. */
function referencesOf(arms: readonly ArmView[]): LiveReference[] {
  const legacy = arms.find(({ strategy, state }) => strategy === 'legacy' && state === 'done');
  const other = arms.some(({ strategy, live }) => strategy !== 'legacy' && live !== null);
  const peakHeld = legacy?.live?.peakHeld ?? 0;
  if (peakHeld === 0 || !other) return [];
  return [{ value: peakHeld, words: `without the option ${formatNumber(peakHeld)}` }];
}
