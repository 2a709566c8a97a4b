import { memo, useId, type ReactNode } from 'react';
import type { RecordingView } from '#engine/api/views.ts';
import { basisOfRun } from '#engine/chart/provenance.ts';
import { armNames } from '#engine/chart/strategy-style.ts';
import type { Strategy } from '#engine/model/strategy.ts';
import { count, thousands } from '#engine/model/words.ts';
import type { TimelinePoints } from '#engine/replay/held-timeline.ts';
import type { Basis } from '#engine/run/run-document.ts';
import { color } from '../../kit/colors.ts';
import { makeStyles } from '../../kit/fluent.ts';
import { BindsLane } from './binds-lane.tsx';
import type { LanePlace, LanePlaces } from './lane-places.ts';
import { LanePatterns, patternOf } from './lane-patterns.tsx';
import type { ModelOverview } from './model-frame.ts';
import type { RecordedOverview } from './replay-frame.ts';
import { factsOf } from './run-facts.ts';
import {
  areaPath,
  armSpans,
  peakIn,
  timeTicks,
  type ArmSpan,
  type TimeScale,
} from './timeline-geometry.ts';
import { TimelineMarks } from './timeline-marks.tsx';

export interface TimelineLanesProps {
  readonly recording: RecordingView;
  readonly overview: RecordedOverview;
  readonly model: ModelOverview | null;
  readonly scale: TimeScale;
  readonly places: LanePlaces;
}

/** Narrower areas carry their letter alone, or nothing. */
const LETTER_PX = 18;
/** A letter of a name takes about so much. */
const NAME_LETTER_PX = 6.2;

const useStyles = makeStyles({
  svg: { display: 'block', overflow: 'visible' },
  axis: { fontSize: '11px', fill: color('ink-3') },
  name: {
    fontSize: '11px',
    fill: color('ink'),
    paintOrder: 'stroke',
    stroke: color('card'),
    strokeWidth: '3px',
    strokeLinejoin: 'round',
  },
  letter: { fontSize: '10px', fontWeight: 600, fill: color('on-hue') },
  otherLetter: { fill: color('on-others') },
});

/** Both tracks over the whole run; drawn anew when more was read, not when the playhead moves. */
export const TimelineLanes = memo(function TimelineLanes(props: TimelineLanesProps): ReactNode {
  const { recording, overview, model, scale, places } = props;
  const styles = useStyles();
  const id = useId();
  const { arms } = factsOf(recording);
  const basis = basisOfRun(recording.document.run);
  const spans = armSpans(overview.arms, overview.end);
  const peak = Math.max(
    1,
    peakIn(overview.held, { from: 0, to: scale.total }),
    model === null ? 0 : peakIn(model.held, { from: 0, to: scale.total }),
  );
  const names = armNames(arms);
  const lane = (points: TimelinePoints, end: number, place: LanePlace, of: Basis): ReactNode =>
    spans
      .filter(({ from }) => from < end)
      .map((span) => (
        <Area
          key={`${span.arm} ${span.from}`}
          span={{ ...span, to: Math.min(span.to, end) }}
          points={points}
          place={place}
          peak={peak}
          scale={scale}
          basis={of}
          strategy={arms.find(({ index }) => index === span.arm)?.strategy ?? 'others'}
          patterns={id}
        />
      ));
  const { recorded } = places;
  return (
    <svg
      className={styles.svg}
      width={scale.width}
      height={places.height}
      role="img"
      aria-label={`Ports held over the run: ${peakWords(overview.held, scale)} recorded${model === null ? '' : `, ${peakWords(model.held, scale)} on the model`}`}
    >
      <LanePatterns id={id} />
      {timeTicks(scale).map(({ x, words }, at, all) => (
        <g key={words}>
          <line x1={x} x2={x} y1={recorded.top} y2={places.axis - 14} stroke={color('stroke')} />
          <text
            x={at === all.length - 1 ? Math.min(x, scale.width) : x}
            y={places.axis}
            className={styles.axis}
            textAnchor={at === 0 ? 'start' : x > scale.width - 24 ? 'end' : 'middle'}
          >
            {words}
          </text>
        </g>
      ))}
      {lane(overview.held, overview.end, recorded, basis)}
      {model !== null && lane(model.held, model.end, places.model, 'modelled')}
      {[recorded, places.model].map(({ top, height }) => (
        <line
          key={top}
          x1={0}
          x2={scale.width}
          y1={top + height}
          y2={top + height}
          stroke={color('strong')}
        />
      ))}
      {spans.map((span) => {
        const wide = scale.x(span.to) - scale.x(span.from);
        const strategy = arms.find(({ index }) => index === span.arm)?.strategy;
        if (span.arm === 0 || wide < LETTER_PX) return null;
        const short = names.get(span.arm)?.short ?? String(span.arm);
        const name = names.get(span.arm)?.name ?? `Arm ${span.arm}`;
        const letter = letterPx(short);
        return (
          <g key={span.from} transform={`translate(${scale.x(span.from) + 2} ${recorded.top + 1})`}>
            <Letter strategy={strategy ?? 'others'} text={short} />
            {wide >= letter + 8 + name.length * NAME_LETTER_PX && (
              <text x={letter + 4} y={11} className={styles.name}>
                {name}
              </text>
            )}
          </g>
        );
      })}
      {places.binds !== null && overview.binds !== null && (
        <BindsLane binds={overview.binds} place={places.binds} scale={scale} />
      )}
      <Unread overview={overview} scale={scale} place={recorded} patterns={id} />
      <TimelineMarks overview={overview} model={model} scale={scale} places={places} />
    </svg>
  );
});

function Area(props: {
  readonly span: ArmSpan;
  readonly points: TimelinePoints;
  readonly place: LanePlace;
  readonly peak: number;
  readonly scale: TimeScale;
  readonly basis: Basis;
  readonly strategy: Strategy | 'others';
  readonly patterns: string;
}): ReactNode {
  const { span, points, place, peak, scale, basis, strategy, patterns } = props;
  const base = place.top + place.height;
  const path = areaPath(points, span, scale, (held) => base - (held / peak) * place.height);
  const hue = color(strategy);
  return (
    <path
      d={path}
      fill={basis === 'measured' ? hue : `url(#${patternOf(patterns, basis, strategy)})`}
      stroke={basis === 'measured' ? 'none' : hue}
      strokeDasharray={basis === 'modelled' ? '3 2' : undefined}
    />
  );
}

function Letter(props: {
  readonly strategy: Strategy | 'others';
  readonly text: string;
}): ReactNode {
  const { strategy, text } = props;
  const styles = useStyles();
  const width = letterPx(text);
  return (
    <>
      <rect width={width} height={14} rx={2} fill={color(strategy)} />
      <text
        x={width / 2}
        y={11}
        textAnchor="middle"
        className={`${styles.letter} ${strategy === 'others' ? styles.otherLetter : ''}`}
      >
        {text}
      </text>
    </>
  );
}

function letterPx(text: string): number {
  return 8 + 8 * text.length;
}

/** The part of the run that was not read yet. */
function Unread(props: {
  readonly overview: RecordedOverview;
  readonly scale: TimeScale;
  readonly place: LanePlace;
  readonly patterns: string;
}): ReactNode {
  const { overview, scale, place, patterns } = props;
  if (overview.complete) return null;
  const x = scale.x(overview.end);
  return (
    <rect
      x={x}
      y={place.top}
      width={Math.max(0, scale.width - x)}
      height={place.height}
      fill={`url(#${patternOf(patterns, 'unread', 'others')})`}
    />
  );
}

function peakWords(points: TimelinePoints, scale: TimeScale): string {
  const peak = peakIn(points, { from: 0, to: scale.total });
  return peak === 1 ? count(1, 'port') : `${thousands(peak)} ports`;
}
