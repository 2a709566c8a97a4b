import type { ReactNode } from 'react';
import { duration, thousands } from '#engine/model/words.ts';
import { color } from '../../kit/colors.ts';
import { makeStyles, mergeClasses } from '../../kit/fluent.ts';
import { DIFFERENCES_Y, type LanePlaces } from './lane-places.ts';
import type { ModelOverview } from './model-frame.ts';
import type { RecordedOverview } from './replay-frame.ts';
import { mergeMarks, placedLabels, type TimeScale } from './timeline-geometry.ts';

export interface TimelineMarksProps {
  readonly overview: RecordedOverview;
  readonly model: ModelOverview | null;
  readonly scale: TimeScale;
  readonly places: LanePlaces;
}

/** A letter of the labels, px. */
const LETTER_PX = 6.2;
/** A diamond is so wide. */
const LEAST_PX = 9;

const useStyles = makeStyles({
  words: {
    fontSize: '11px',
    fill: color('warn'),
    paintOrder: 'stroke',
    stroke: color('card'),
    strokeWidth: '3px',
    strokeLinejoin: 'round',
  },
  differs: { fill: color('error') },
});

/** First errors with their codes, announced windows, and where host and model differ. */
export function TimelineMarks(props: TimelineMarksProps): ReactNode {
  const { overview, scale, places } = props;
  const styles = useStyles();
  const { recorded } = places;
  const errors = overview.arms.flatMap(({ firstError }) =>
    firstError === null ? [] : [firstError],
  );
  const labels = [
    ...errors.map(({ seq, t, code }) => label(`e${seq}`, `first ${code}`, [scale.x(t)])),
    ...overview.windows.map(({ open, close }) => {
      const end = close?.t ?? overview.end;
      // How long it was announced: from when to when somebody was starved is for the canary to say.
      const words = `window ${duration(end - open.t)}`;
      const half = (words.length * LETTER_PX) / 2;
      const [left, right] = [scale.x(open.t) + half, scale.x(end) - half];
      return label(`w${open.seq}`, words, [right, left, (left + right) / 2]);
    }),
  ];
  const middles = placedLabels(labels, scale.width);
  return (
    <>
      {overview.windows.map(({ open, close }) => {
        const from = scale.x(open.t);
        const to = scale.x(close?.t ?? overview.end);
        return (
          <rect
            key={open.seq}
            x={from}
            y={recorded.top - 4}
            width={Math.max(2, to - from)}
            height={3}
            fill={color('error')}
          />
        );
      })}
      {errors.map(({ seq, t }) => (
        <line
          key={seq}
          x1={scale.x(t)}
          x2={scale.x(t)}
          y1={places.marks}
          y2={recorded.top + recorded.height}
          stroke={color('warn')}
          strokeDasharray="2 2"
        />
      ))}
      {labels.map(({ key, words }, at) => {
        const x = middles[at];
        return x === null || x === undefined ? null : (
          <text
            key={key}
            x={x}
            y={places.marks - 3}
            textAnchor="middle"
            className={mergeClasses(styles.words, key.startsWith('w') && styles.differs)}
          >
            {words}
          </text>
        );
      })}
      <Differences {...props} />
    </>
  );
}

function label(key: string, words: string, at: readonly number[]) {
  return { key, words, width: words.length * LETTER_PX, at };
}

/** Diamonds between the lanes; several too near for one each are one with a count. */
function Differences({ model, scale }: TimelineMarksProps): ReactNode {
  const styles = useStyles();
  if (model === null) return null;
  const { places, kinds } = model;
  // Only so many are kept one by one.
  const more = kinds.reduce((sum, { count }) => sum + count, 0) - places.seq.length;
  const merged = mergeMarks(places.t, scale, LEAST_PX);
  const labels = merged.map(({ first, count: many }) => {
    const ids = kinds[places.kind[first]!]?.assumptions ?? [];
    return `${ids.slice(0, 2).join(', ')}${many > 1 ? ` ×${thousands(many)}` : ''}`.trim();
  });
  if (more > 0 && labels.length > 0) {
    labels[labels.length - 1] = `${labels.at(-1)}, and ${thousands(more)} more not marked`;
  }
  // A label stands at the right of its mark, and may not cover the next one.
  const fits = merged.map(({ x }, at) => {
    const next = merged[at + 1]?.x ?? scale.width;
    return x + LEAST_PX + labels[at]!.length * LETTER_PX < next - 4;
  });
  return (
    <g>
      {merged.map(({ x }, at) => (
        <g key={x}>
          <path
            d={`M${x} ${DIFFERENCES_Y - 5}l5 5l-5 5l-5 -5Z`}
            fill={color('error')}
            stroke={color('card')}
          />
          {fits[at] === true && (
            <text
              x={x + 8}
              y={DIFFERENCES_Y + 4}
              className={mergeClasses(styles.words, styles.differs)}
            >
              {labels[at]}
            </text>
          )}
        </g>
      ))}
    </g>
  );
}
