import type { ReactNode } from 'react';
import { formatNumber } from '#engine/chart/format.ts';
import { lastPort, MAX_PORT, type PortRange } from '#engine/model/port-range.ts';
import { color } from '../../kit/colors.ts';
import { makeStyles } from '../../kit/fluent.ts';
import {
  columnPath,
  columnShares,
  pieceOf,
  xOf,
  type PortSpan,
  type Scale,
} from './port-bar-geometry.ts';

export const useBarText = makeStyles({
  text: { fontSize: '11px', fill: color('ink-2') },
  strong: { fontSize: '11px', fill: color('accent-text'), fontWeight: 600 },
});

/** Port numbers above the bar: round ones, and the range's own in bold. */
export function TopTicks(props: {
  readonly range: PortRange;
  readonly scale: Scale;
  /** Base line of the text. */
  readonly y: number;
}): ReactNode {
  const { range, scale, y } = props;
  const styles = useBarText();
  const ends = [range.start, lastPort(range)];
  const own = ends.map((port) => ({ port, strong: true }));
  // Round ones only where they don't touch the range's own.
  const round = [0, 16_384, 32_768, 49_152, MAX_PORT].filter((port) =>
    ends.every((end) => Math.abs(xOf(end, scale) - xOf(port, scale)) > 56),
  );
  return [...round.map((port) => ({ port, strong: false })), ...own].map(({ port, strong }) => {
    const x = xOf(port, scale);
    const anchor = x < 24 ? 'start' : x > scale.width - 24 ? 'end' : 'middle';
    return (
      <text
        key={`${port} ${strong}`}
        x={x}
        y={y}
        textAnchor={anchor}
        className={strong ? styles.strong : styles.text}
        aria-hidden
      >
        {formatNumber(port)}
      </text>
    );
  });
}

interface LayerProps {
  readonly scale: Scale;
  readonly at: { readonly y: number; readonly height: number };
}

export function Exclusions(
  props: LayerProps & { readonly exclusions: readonly PortRange[]; readonly pattern: string },
): ReactNode {
  const { exclusions, scale, at, pattern } = props;
  return exclusions.map((excluded) => {
    const piece = pieceOf(excluded, scale, 3);
    return (
      piece !== null && (
        <rect
          key={`${excluded.start} ${excluded.count}`}
          x={piece.x}
          y={at.y}
          width={piece.width}
          height={at.height}
          fill={`url(#${pattern})`}
          stroke={color('hatch')}
          strokeWidth="0.5"
        />
      )
    );
  });
}

export function InUse(
  props: LayerProps & {
    readonly spans: readonly PortSpan[];
    readonly columnPx: number;
    readonly least: number;
  },
): ReactNode {
  const { spans, scale, at, columnPx, least } = props;
  const columns = Math.max(1, Math.floor(scale.width / columnPx));
  const shares = columnShares(spans, scale, columns);
  const path = columnPath(shares, scale.width / columns, at.y + at.height, at.height, least);
  return <path d={path} fill={color('others')} />;
}
