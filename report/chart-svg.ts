import type { ChartSpec } from '#engine/chart/chart-spec.ts';
import { chartHeight, toEChartsOption } from '#engine/chart/echarts-option.ts';
import { init } from 'echarts/dist/echarts.esm.min.mjs';
import { html, raw, type Markup } from './html/markup.ts';

/** As the page's own; single quotes, for it ends up in a style attribute. */
const FONT_FAMILY =
  "'Segoe UI Variable Text', 'Segoe UI', Inter, system-ui, -apple-system, sans-serif";

/**
 * Draws a chart as inline SVG that scales with its container, takes its colours from the page's
 * variables (`var(--ink)`), and names itself to screen readers.
 * @param width px at which its text has its true size
 * @param id unique in the page: every id inside begins with it
 */
export function chartSvg(spec: ChartSpec, width: number, id: string): Markup {
  const height = chartHeight(spec, width);
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(
      toEChartsOption(spec, {
        color: (token) => `var(--${token})`,
        fontFamily: FONT_FAMILY,
        width,
        height,
      }),
    );
    const inner = tidy(chart.renderToSVGString(), id);
    return html`<svg
      viewBox="0 0 ${width} ${height}"
      role="img"
      aria-labelledby="${id}-title ${id}-desc"
    >
      <title id="${id}-title">${spec.title}, ${spec.subtitle}</title>
      <desc id="${id}-desc">${spec.description}</desc>
      ${raw(inner)}
    </svg>`;
  } finally {
    chart.dispose();
  }
}

/**
 * Takes ECharts' own frame and everything meant for a mouse away. Its ids carry a counter of the
 * process (`zr7-`): ours make the page the same every time.
 */
function tidy(svg: string, id: string): string {
  return svg
    .replace(/^<svg[^>]*>/, '')
    .replace(/<\/svg>\s*$/, '')
    .replace(/<style\b[^>]*>[\s\S]*?<\/style>/g, '')
    .replace(
      / (?:class="zr\d+-cls-\d+"|ecmeta_\w+="[^"]*"|pointer-events="visible"|xml:space="preserve")/g,
      '',
    )
    .replace(/<rect [^>]*fill="none"><\/rect>/, '')
    .replace(/zr\d+-(?=[a-z]\d)/g, `${id}-`)
    .replace(/\n+/g, '\n')
    .trim();
}
