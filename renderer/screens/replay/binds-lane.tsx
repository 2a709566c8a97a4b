import type { ReactNode } from 'react';
import { formatNumber } from '#engine/chart/format.ts';
import type { BindBuckets } from '#engine/replay/statistics.ts';
import { duration } from '#engine/model/words.ts';
import { color } from '../../kit/colors.ts';
import { makeStyles } from '../../kit/fluent.ts';
import type { LanePlace } from './lane-places.ts';
import type { TimeScale } from './timeline-geometry.ts';

const useStyles = makeStyles({
  words: {
    fontSize: '11px',
    fill: color('ink-2'),
    paintOrder: 'stroke',
    stroke: color('card'),
    strokeWidth: '3px',
    strokeLinejoin: 'round',
  },
});

/** Binds per second as bars, and the longest each took as a line: on the run's own scale. */
export function BindsLane(props: {
  readonly binds: BindBuckets;
  readonly place: LanePlace;
  readonly scale: TimeScale;
}): ReactNode {
  const { binds, place, scale } = props;
  const styles = useStyles();
  const { from, width, count, max } = binds;
  const most = Math.max(1, ...count);
  const longest = Math.max(1, ...max);
  const base = place.top + place.height;
  const x = (bucket: number): number => scale.x(from + bucket * width);
  let bars = '';
  let line = '';
  count.forEach((binds, bucket) => {
    if (binds === 0) return;
    const top = base - (binds / most) * place.height;
    bars += `M${x(bucket).toFixed(1)} ${base}V${top.toFixed(1)}H${x(bucket + 1).toFixed(1)}V${base}Z`;
    const y = base - (max[bucket]! / longest) * place.height;
    line += `M${x(bucket).toFixed(1)} ${y.toFixed(1)}H${x(bucket + 1).toFixed(1)}`;
  });
  const rate = most / (width / 1e9);
  return (
    <g>
      <path d={bars} fill={color('track')} />
      <path d={line} fill="none" stroke={color('warn')} strokeWidth="1.5" />
      <line x1={0} x2={scale.width} y1={base} y2={base} stroke={color('strong')} />
      <text x={scale.width} y={place.top + 9} textAnchor="end" className={styles.words}>
        at most {formatNumber(rate)} a second; longest bind {duration(longest)}
      </text>
    </g>
  );
}
