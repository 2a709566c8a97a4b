import { memo, useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { formatNumber } from '#engine/chart/format.ts';
import type { Strategy } from '#engine/model/strategy.ts';
import { count } from '#engine/model/words.ts';
import type { RunPool } from '#engine/run/run-pool.ts';
import { resolvedColors } from '../charts/resolved-colors.ts';
import { Card } from '../kit/card.tsx';
import { color } from '../kit/colors.ts';
import { makeStyles } from '../kit/fluent.ts';
import { StrategyLetter } from '../kit/marks.tsx';
import { useMedia } from '../kit/use-media.ts';
import { useTheme } from '../kit/theme-choice.ts';
import { mapPictures, mapRows, type MapPicture } from './map-rows.ts';
import { drawPortMap, portAtX, type MapDrawing } from './port-map-draw.ts';
import type { PortMapData } from './port-map-data.ts';
import { PortInspector } from './port-inspector.tsx';

export interface PortMapCardProps {
  readonly map: PortMapData;
  /** Its rows' pictures, where they are made already; else they are made here. */
  readonly pictures?: readonly MapPicture[];
  readonly pool: RunPool;
  readonly addresses: readonly string[];
  /** Of the arm that holds them. */
  readonly strategy: Strategy | 'others';
  readonly simulated: boolean;
  /** Low rows on low windows, however few they are. */
  readonly compact?: boolean;
  /** `now`, or the instant it shows. */
  readonly when: string;
  /** The port a call is about, on which of the rows; a ring is drawn around it. */
  readonly ring?: { readonly port: number; readonly row: number; readonly words: string } | null;
}

const GAP_PX = 6;

const useStyles = makeStyles({
  body: { display: 'grid', gridTemplateColumns: '116px minmax(0, 1fr)', gap: '4px 12px' },
  labels: { display: 'flex', flexDirection: 'column', gap: `${GAP_PX}px` },
  label: {
    display: 'flex',
    flexDirection: 'column',
    justifyContent: 'center',
    overflow: 'hidden',
    fontSize: '12px',
    lineHeight: '16px',
    color: color('ink-2'),
    '& > strong': { color: color('ink'), overflowWrap: 'anywhere' },
  },
  free: { '& > strong': { color: color('ok') } },
  plot: { minWidth: 0, position: 'relative' },
  canvas: { display: 'block', cursor: 'crosshair', border: `1px solid ${color('stroke')}` },
  axis: {
    gridColumn: '2',
    display: 'flex',
    justifyContent: 'space-between',
    fontSize: '11px',
    lineHeight: '14px',
    color: color('ink-3'),
  },
  legend: { display: 'inline-flex', alignItems: 'center', gap: '6px' },
  swatch: { display: 'block', flexShrink: 0 },
});

/** Every number of the range on every address: who holds it now. */
export const PortMapCard = memo(function PortMapCard(props: PortMapCardProps): ReactNode {
  const { map, pool, addresses, strategy, simulated, when, ring = null } = props;
  const styles = useStyles();
  const theme = useTheme();
  const plot = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(0);
  const [port, setPort] = useState<number | null>(null);
  const pictures = props.pictures ?? mapPictures(map, addresses.length);
  const rows = mapRows(map, pictures, addresses, { simulated, excluded: pool.excluded });
  // Whole multiples of a cell: others would make some rows thicker.
  const roomy = useMedia('(min-height: 1000px)') || (rows.length < 4 && props.compact !== true);
  const bandPx = roomy && rows.length <= 5 ? 64 : 32;
  const height = rows.length * (bandPx + GAP_PX) - GAP_PX;

  useLayoutEffect(() => {
    const element = plot.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setWidth(Math.floor(element.clientWidth) - 2));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (element === null || context === null || context === undefined || width <= 0) return;
    if (element.width !== width || element.height !== height) {
      element.width = width;
      element.height = height;
    }
    const colorOf = resolvedColors(element.parentElement ?? document.body, theme.name);
    const drawing: MapDrawing = {
      width,
      bandPx,
      gapPx: GAP_PX,
      range: pool.range,
      excluded: pool.excluded,
      bands: rows.map(({ kind, picture }) => ({
        picture,
        hue: colorOf(kind === 'free' ? 'ok-fill' : strategy),
      })),
      colors: {
        free: colorOf('free'),
        hatch: colorOf('hatch'),
        ring: colorOf('warn'),
        mark: colorOf('error'),
        halo: colorOf('card'),
      },
      inspected: port,
      mark: ring,
    };
    drawPortMap(context, drawing);
  });

  const last = pool.range.start + pool.range.count - 1;
  return (
    <Card
      title="Port map"
      hint={`${pool.name}, ${when}; neighbouring numbers stand above one another`}
      aside={
        <>
          <span className={styles.legend}>
            <StrategyLetter strategy={strategy} /> held
          </span>
          <Swatch fill={color('free')} text="free" />
          {pool.excluded.length > 0 && <Swatch fill={color('hatch')} text="excluded (hatched)" />}
          {ring !== null && (
            <span className={styles.legend}>
              <svg width="14" height="14" aria-hidden focusable="false">
                <circle cx="7" cy="7" r="5" fill="none" stroke={color('error')} strokeWidth="2" />
              </svg>
              {ring.words}
            </span>
          )}
        </>
      }
    >
      <div className={styles.body}>
        <div className={styles.labels}>
          {rows.map(({ name, words, kind }) => (
            <div
              key={name}
              className={`${styles.label} ${kind === 'free' ? styles.free : ''}`}
              style={{ height: bandPx }}
            >
              <strong>{name}</strong>
              <span>{words}</span>
            </div>
          ))}
        </div>
        <div ref={plot} className={styles.plot}>
          <canvas
            ref={canvas}
            className={styles.canvas}
            role="img"
            aria-label={`Port map: ${rows.map(({ name, words }) => `${name} ${words}`).join(', ')}`}
            style={{ width, height }}
            onClick={({ nativeEvent }) => setPort(portAtX(nativeEvent.offsetX, pool.range, width))}
          />
        </div>
        <div className={styles.axis} aria-hidden>
          {[0, 0.25, 0.5, 0.75, 1].map((share) => (
            <span key={share}>
              {formatNumber(Math.round(pool.range.start + share * (last - pool.range.start)))}
            </span>
          ))}
        </div>
      </div>
      <PortInspector map={map} pool={pool} addresses={addresses} port={port} onPort={setPort} />
      {!simulated && (
        <p className={styles.label}>
          {count(pool.range.count, 'number')}; what other programs hold is not drawn.
        </p>
      )}
    </Card>
  );
});

function Swatch({ fill, text }: { readonly fill: string; readonly text: string }): ReactNode {
  const styles = useStyles();
  return (
    <span className={styles.legend}>
      <svg className={styles.swatch} width="14" height="14" aria-hidden focusable="false">
        <rect x="0.5" y="0.5" width="13" height="13" rx="2" fill={fill} stroke={color('strong')} />
      </svg>
      {text}
    </span>
  );
}
