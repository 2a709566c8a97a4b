import type { Basis } from '#engine/run/run-document.ts';

/** What every printed page says at its foot, so that no sheet goes about without its provenance. */
export function pageLabel(basis: Basis): string {
  const label = {
    measured: 'Measured on Windows',
    wine: 'WINE: no evidence about Windows',
    modelled: 'SIMULATED: not measured',
  }[basis];
  return `@page{size:auto;margin:14mm 13mm 16mm;
@bottom-left{content:"${label}";font:9px sans-serif;color:#5c5c5c}
@bottom-right{content:counter(page) " / " counter(pages);font:9px sans-serif;color:#5c5c5c}}`;
}

const CHARTS = `
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,480px),1fr));gap:12px;align-items:stretch}
.chart{min-width:0}
.chart h3{margin:0}
figcaption p{display:flex;flex-wrap:wrap;gap:2px 8px;align-items:center;color:var(--ink-3);font-size:13px}
.chart svg{display:block;width:100%;height:auto;forced-color-adjust:none;overflow:visible}
.chart .wide{max-width:600px;margin-top:8px}
.chart .narrow{display:none;margin-top:8px}
summary{cursor:pointer;color:var(--accent-text);font-size:13px;padding:4px 0;width:max-content}
.chart .scroll{max-height:320px;overflow:auto}`;

const WIDE = `
@media screen and (min-width:1120px){.side{display:grid;grid-template-columns:minmax(0,2.1fr) minmax(0,1fr);gap:12px}.side>*+*{margin-top:0}}
@media (min-width:860px){.pair{display:grid;grid-template-columns:1fr 1fr;gap:12px 24px;align-items:start}main>.pair{gap:12px}.pair>*+*{margin-top:0}.pair>.scroll{margin-top:0}}`;

const NARROW = `
@media screen and (max-width:680px){
body{padding:14px 12px 24px}
h1{font-size:20px;line-height:28px}
.card{padding:12px}
.head .aside{margin-left:0;flex-basis:100%}
.cards,.cards caption,.cards tbody,.cards tr,.cards th,.cards td{display:block;width:auto!important}
.cards thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
.cards tr{border-top:1px solid var(--stroke);padding:8px 0}
.cards th,.cards td{border:0;padding:2px 0}
.cards td{display:grid;grid-template-columns:112px minmax(0,1fr);gap:8px}
.cards td::before{content:attr(data-label);color:var(--ink-3)}
.cards td.n{text-align:left}
.cards td>div{min-width:0}
.bars{grid-template-columns:auto minmax(24px,1fr) minmax(6.5ch,auto)}
}
@media screen and (max-width:560px){.chart .wide{display:none}.chart .narrow{display:block}}`;

const PRINT = `
@media print{
body{padding:0;max-width:none;background:none;font-size:10.5pt;line-height:14pt}
h1{font-size:17pt;line-height:22pt}
table,.meta,.head p,.note,.remark{font-size:9pt;line-height:12pt}
.card{border-color:var(--strong);padding:10px 12px}
header,.findings li,tr,.card:not(.long),dl,pre,.remark{break-inside:avoid}
h2,h3,.head,caption{break-after:avoid}
thead{display:table-header-group}
.scroll,.tall{overflow:visible;max-height:none}
details{display:none}
.charts{grid-template-columns:1fr 1fr}
.chart .wide{display:none}
.chart .narrow{display:block}
a{color:inherit}
}`;

/** How the parts lie: side by side, one under another, on paper. */
export const LAYOUT_RULES = [CHARTS, WIDE, NARROW, PRINT].join('');
