import { useId, useRef, type ReactNode } from 'react';
import { formatNumber } from '#engine/chart/format.ts';
import { lastPort, type ExcludedRange, type PortRange } from '#engine/model/port-range.ts';
import { color } from '../../kit/colors.ts';
import { makeStyles } from '../../kit/fluent.ts';
import {
  pieceOf,
  placeBarLabels,
  WHOLE,
  type BarLabel,
  type PortSpan,
  type Scale,
} from './port-bar-geometry.ts';
import { Exclusions, InUse, TopTicks, useBarText } from './port-bar-layers.tsx';
import { useWidth } from '../../kit/use-width.ts';

export interface PortBarProps {
  readonly name: string;
  /** What the eye sees, for who can't. */
  readonly description: string;
  readonly range: PortRange;
  readonly exclusions: readonly ExcludedRange[];
  /** Numbers of the range in use, and others; empty where unknown. */
  readonly inUse: readonly PortSpan[];
  readonly inUseOutside: readonly PortSpan[];
  /** Drawn by the model: dashed frame. */
  readonly modelled: boolean;
}

const useStyles = makeStyles({
  frame: { width: '100%', minWidth: 0 },
  svg: { display: 'block', width: '100%', overflow: 'visible' },
});

const TOP = { y: 18, height: 18 };
const LARGE = { y: 72, height: 38 };
const HEIGHT = 134;
/** Mean advance of a character at 11 px, rounded up. */
const CHARACTER_PX = 6.2;

const widthOf = (text: string): number => Math.ceil(text.length * CHARACTER_PX);

/** All 65,536 numbers in true scale, and the dynamic range enlarged under them. */
export function PortBar(props: PortBarProps): ReactNode {
  const { name, description, range, exclusions, inUse, inUseOutside, modelled } = props;
  const styles = useStyles();
  const text = useBarText();
  const id = useId();
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);

  const whole: Scale = { ...WHOLE, width };
  const enlarged: Scale = { first: range.start, count: range.count, width };
  const inTop = pieceOf(range, whole);
  const pattern = `${id}-hatch`;
  const labels = placeBarLabels(exclusionLabels(exclusions, enlarged), width, widthOf);

  return (
    <div ref={frame} className={styles.frame} style={{ minHeight: HEIGHT }}>
      {width > 0 && inTop !== null && (
        <svg
          role="img"
          aria-labelledby={`${id}-name`}
          aria-describedby={`${id}-words`}
          className={styles.svg}
          viewBox={`0 0 ${width} ${HEIGHT}`}
          height={HEIGHT}
        >
          <title id={`${id}-name`}>{name}</title>
          <desc id={`${id}-words`}>{description}</desc>
          <pattern
            id={pattern}
            width="5"
            height="5"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect width="5" height="5" fill={color('card')} />
            <rect width="2" height="5" fill={color('hatch')} />
          </pattern>

          <TopTicks range={range} scale={whole} y={TOP.y - 6} />
          <rect
            x="0.5"
            y={TOP.y}
            width={width - 1}
            height={TOP.height}
            fill={color('free')}
            stroke={color('strong')}
          />
          <rect
            x={inTop.x}
            y={TOP.y}
            width={inTop.width}
            height={TOP.height}
            fill={color('accent-tint')}
          />
          <Exclusions exclusions={exclusions} scale={whole} at={TOP} pattern={pattern} />
          <InUse spans={inUseOutside} scale={whole} at={TOP} columnPx={1} least={TOP.height} />
          <InUse spans={inUse} scale={whole} at={TOP} columnPx={1} least={2} />
          <rect
            x={inTop.x + 0.5}
            y={TOP.y}
            width={Math.max(1, inTop.width - 1)}
            height={TOP.height}
            fill="none"
            stroke={color('accent')}
            strokeWidth="1.5"
          />

          <path
            d={`M${inTop.x} ${TOP.y + TOP.height}L0 ${LARGE.y}H${width}L${inTop.x + inTop.width} ${TOP.y + TOP.height}Z`}
            fill={color('accent-tint')}
          />
          <text x={width - 6} y={LARGE.y - 8} textAnchor="end" className={text.strong} aria-hidden>
            {`Dynamic range enlarged, ${formatNumber(range.start)}–${formatNumber(lastPort(range))}`}
          </text>

          <rect
            x="0.75"
            y={LARGE.y}
            width={width - 1.5}
            height={LARGE.height}
            fill={color('accent-tint')}
          />
          <Exclusions exclusions={exclusions} scale={enlarged} at={LARGE} pattern={pattern} />
          <InUse spans={inUse} scale={enlarged} at={LARGE} columnPx={2} least={2} />
          <rect
            x="0.75"
            y={LARGE.y}
            width={width - 1.5}
            height={LARGE.height}
            fill="none"
            stroke={color('accent')}
            strokeWidth="1.5"
            strokeDasharray={modelled ? '5 3' : undefined}
          />
          {labels.map(({ at, x, text: words }) => (
            <g key={`${at} ${words}`} aria-hidden>
              <path
                d={`M${at} ${LARGE.y + LARGE.height}L${Math.min(Math.max(at, x + 4), x + widthOf(words) - 4)} ${HEIGHT - 13}`}
                fill="none"
                stroke={color('ink-3')}
              />
              <text x={x} y={HEIGHT - 3} className={text.text}>
                {words}
              </text>
            </g>
          ))}
        </svg>
      )}
    </div>
  );
}

/** `admin. 60`, `excluded 100`: who reserved a range netsh does not tell. */
function exclusionLabels(exclusions: readonly ExcludedRange[], scale: Scale): BarLabel[] {
  return exclusions.flatMap((excluded) => {
    const piece = pieceOf(excluded, scale);
    if (piece === null) return [];
    const kind = excluded.administered ? 'admin.' : 'excluded';
    return [{ at: piece.x + piece.width / 2, text: `${kind} ${formatNumber(excluded.count)}` }];
  });
}
