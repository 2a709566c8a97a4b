import { LAYOUT_RULES } from './layout.ts';

const BASE = `
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:1208px;padding:20px 24px 32px;background:var(--page);color:var(--ink);
font:14px/20px "Segoe UI Variable Text","Segoe UI",Inter,system-ui,-apple-system,sans-serif;
font-variant-numeric:tabular-nums;font-variant-ligatures:no-contextual;overflow-wrap:break-word}
h1,h2,h3,p,dl,dd,ul,figure,table{margin:0;padding:0}
h1{font-size:24px;line-height:32px;font-weight:600;text-wrap:balance}
h2{font-size:16px;line-height:22px;font-weight:600}
h2.bare{padding:8px 0}
h3{font-size:14px;line-height:20px;font-weight:600}
code,pre{font-family:"Cascadia Mono",Consolas,ui-monospace,monospace;font-size:12.5px}
b,strong{font-weight:600}
.icon{width:16px;height:16px;flex:none;vertical-align:-3px}
.quiet{color:var(--ink-3)}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}`;

const HEADING = `
header{padding-bottom:16px}
header .line{display:flex;flex-wrap:wrap;gap:8px;align-items:center;margin-bottom:10px}
header .title{color:var(--ink-2);font-weight:600}
.price{display:flex;gap:8px;align-items:flex-start;margin-top:6px;font-weight:600}
.price .icon{margin-top:2px}
.price.warn{color:var(--warn)}.price.error{color:var(--error)}.price.info{color:var(--ink-2);font-weight:400}
.provenance{margin-top:12px;padding:8px 12px;border-radius:4px;max-width:110ch;border:1px solid var(--stroke);color:var(--ink-2)}
.provenance.wine{border:1px solid var(--ink-2);color:var(--ink)}
.provenance.modelled{border:1px dashed var(--ink-2);color:var(--ink)}
.meta{display:flex;flex-wrap:wrap;gap:2px 0;margin-top:10px;color:var(--ink-3);font-size:13px}
.meta span:not(:last-child)::after{content:"\\00b7";margin:0 8px}
.badge,.tag,.pill{display:inline-flex;align-items:center;gap:5px;border:1px solid transparent;white-space:nowrap;border-radius:4px}
.badge{padding:1px 9px 1px 6px;font-size:12px;line-height:18px;font-weight:700;letter-spacing:.04em}
.tag{padding:0 6px 0 4px;font-size:11px;line-height:16px;font-weight:600;letter-spacing:.03em;gap:3px;border-color:var(--strong);background:var(--card);color:var(--ink)}
.badge .icon,.tag .icon{width:12px;height:12px}
.pill{padding:1px 8px;font-size:13px;line-height:18px;border-color:var(--strong);gap:6px}
.pill.ok{border-color:var(--ok);color:var(--ok);background:var(--ok-tint)}
.pill.warn{border-color:var(--warn);color:var(--warn);background:var(--warn-tint)}
.badge.measured{background:var(--ink);color:var(--page);border-color:var(--ink)}
.badge.wine{border-color:var(--ink);color:var(--ink)}
.badge.modelled,.tag.modelled{border:1px dashed var(--ink);color:var(--ink)}
.badge.modelled{background:repeating-linear-gradient(135deg,var(--stroke) 0 1.5px,transparent 1.5px 5px)}
.tag.wine{border-color:var(--ink-2)}`;

const CARDS = `
main>*+*,.side>*+*,.pair>*+*,.pair>div>*+*{margin-top:12px}
.card{background:var(--card);border:1px solid var(--stroke);border-radius:6px;padding:14px 16px}
.head{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 12px;margin-bottom:8px}
.head p{color:var(--ink-3);font-size:13px}
.head .aside{margin-left:auto}
.card h3{margin-top:16px}
.note,.empty,.remark,footer{color:var(--ink-3);font-size:13px}
.note{margin-top:8px}
.remark{display:flex;gap:8px;padding:4px 16px}
.remark .icon{margin-top:2px}
footer{padding-top:16px}
dl>div{display:flex;gap:12px;padding:3px 0}
dt{flex:0 0 104px;color:var(--ink-3)}
dd{min-width:0}
pre{margin:8px 0 0;padding:10px 12px;background:var(--page);border:1px solid var(--stroke);border-radius:4px;white-space:pre-wrap;overflow-wrap:anywhere}
.findings{list-style:none}
.findings li{display:flex;gap:10px;padding:10px 0;border-top:1px solid var(--stroke)}
.findings li:first-child{border-top:0;padding-top:2px}
.findings .icon{margin-top:2px}
.findings .what{font-weight:600}
.warning>.icon{color:var(--warn)}.error>.icon{color:var(--error)}.info>.icon{color:var(--ink-3)}
.outcome,.fact{display:inline-flex;gap:6px;align-items:flex-start;font-weight:600}
.outcome{white-space:nowrap}
.fact{font-weight:400}
.outcome .icon,.fact .icon{margin-top:2px}
.outcome.confirmed,.fact.yes{color:var(--ok)}.outcome.refuted,.fact.no{color:var(--error)}
.outcome.inconclusive{color:var(--warn)}.outcome.untested,.fact.unknown{color:var(--ink-3)}
.outcome.no-evidence{color:var(--ink-2);font-weight:400}`;

const TABLES = `
.scroll{overflow-x:auto}
.tall{max-height:520px;overflow:auto}
.scroll+.scroll,dl+.scroll,dl+.pair,.pair+.scroll{margin-top:16px}
table{border-collapse:collapse;width:100%;font-size:13px}
caption{text-align:left;color:var(--ink-3);font-size:12px;line-height:18px;padding-bottom:4px}
caption .tag{margin-left:4px}
th,td{text-align:left;vertical-align:top;padding:6px 12px 6px 0;border-top:1px solid var(--stroke)}
td code,.cards td{overflow-wrap:anywhere}
th:last-child,td:last-child{padding-right:0}
thead th{border-top:0;color:var(--ink-3);font-weight:600;font-size:12px;line-height:16px;vertical-align:bottom;overflow-wrap:normal}
tbody th{font-weight:600}
tbody th code{font-weight:400}
.n{text-align:right;white-space:nowrap}
.item,.sub{display:block}
.sub{color:var(--ink-3)}
.error-name{font-weight:600;white-space:nowrap}
.strategy{display:inline-flex;gap:8px;align-items:flex-start}
.letter{flex:none;width:18px;height:18px;margin-top:1px;border-radius:3px;background:var(--hue);color:var(--card);font-size:11px;line-height:18px;font-weight:700;text-align:center}
.bars{display:grid;grid-template-columns:auto minmax(40px,1fr) minmax(6.5ch,auto);gap:2px 8px;align-items:center;font-size:12px;line-height:16px}
.bars .address{color:var(--ink-2);white-space:nowrap}
.track{height:10px;background:var(--track);display:block}
.columns{display:flex;align-items:flex-end;height:36px;margin-top:4px;background:var(--track);max-width:384px}
.columns .bar{flex:1;min-width:1px;border-left:1px solid var(--card)}
.bar{display:block;height:100%;min-width:1px;background:var(--hue)}
.bar.wine{border:1px solid var(--hue);background:radial-gradient(circle,var(--hue) 1.1px,var(--card) 1.4px) 0 0/5px 5px}
.bar.modelled{border:1px dashed var(--hue);background:repeating-linear-gradient(135deg,var(--hue) 0 1.5px,var(--card) 1.5px 5px)}
.columns .bar.wine,.columns .bar.modelled{border-width:1px 0 0 1px}
.track,.columns,.bar,.badge,.pill,.letter{print-color-adjust:exact;-webkit-print-color-adjust:exact;forced-color-adjust:none}
@media (forced-colors:active){.badge.modelled{background:none}}`;

/** Everything but colours and the printed foot. */
export const STYLESHEET = [BASE, HEADING, CARDS, TABLES, LAYOUT_RULES].join('');
