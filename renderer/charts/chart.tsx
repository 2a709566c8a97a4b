import { useEffect, useId, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import type { ChartSpec } from '#engine/chart/chart-spec.ts';
import { chartHeight, toEChartsOption } from '#engine/chart/echarts-option.ts';
import { makeStyles } from '../kit/fluent.ts';
import { color } from '../kit/colors.ts';
import { useTheme } from '../kit/theme-choice.ts';
import { FONT_FAMILY } from '../kit/theme.ts';
import { ChartDataTable } from './chart-data-table.tsx';
import { initChart, type DrawnChart } from './echarts.ts';
import { resolvedColors } from './resolved-colors.ts';

export interface ChartProps {
  readonly spec: ChartSpec;
  /** px; left out, what suits the width. */
  readonly height?: number;
  /** The caption's heading: h3 inside a card, none where the card's own title says it. */
  readonly caption?: 'shown' | 'hidden';
}

const useStyles = makeStyles({
  figure: { margin: 0, minWidth: 0 },
  title: { fontSize: '14px', lineHeight: '20px', fontWeight: 600, color: color('ink') },
  subtitle: { fontSize: '12px', lineHeight: '16px', color: color('ink-3'), marginLeft: '8px' },
  plot: { width: '100%', minWidth: 0, overflow: 'hidden' },
});

/** A chart with its caption, its description for screen readers, and its figures as a table. */
export function Chart({ spec, height, caption = 'shown' }: ChartProps): ReactNode {
  const styles = useStyles();
  const id = useId();
  const theme = useTheme();
  const plot = useRef<HTMLDivElement>(null);
  const chart = useRef<DrawnChart | null>(null);
  const [width, setWidth] = useState(0);
  const px = height ?? chartHeight(spec, width);

  useLayoutEffect(() => {
    const element = plot.current;
    if (element === null) return undefined;
    setWidth(Math.floor(element.clientWidth));
    const observer = new ResizeObserver(() => setWidth(Math.floor(element.clientWidth)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(
    () => () => {
      chart.current?.dispose();
      chart.current = null;
    },
    [],
  );

  useEffect(() => {
    const element = plot.current;
    if (element === null || width === 0) return;
    const drawn = (chart.current ??= initChart(element, width, px));
    const colorOf = resolvedColors(element, theme.name);
    drawn.resize({ width, height: px });
    const surface = { color: colorOf, fontFamily: FONT_FAMILY, width, height: px };
    drawn.setOption(toEChartsOption(spec, surface), { notMerge: true });
  }, [spec, width, px, theme.name, theme.dark]);

  return (
    <figure className={styles.figure} aria-labelledby={`${id}-title`}>
      <figcaption className={caption === 'hidden' ? 'visually-hidden' : undefined}>
        <span id={`${id}-title`} className={styles.title}>
          {spec.title}
        </span>
        <span className={styles.subtitle}>{spec.subtitle}</span>
      </figcaption>
      <div
        ref={plot}
        role="img"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-words`}
        className={styles.plot}
        style={{ height: px }}
      />
      <p id={`${id}-words`} className="visually-hidden">
        {spec.description}
      </p>
      <ChartDataTable label={spec.title} table={spec.table} />
    </figure>
  );
}
