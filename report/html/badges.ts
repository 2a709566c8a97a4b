import { STRATEGY_STYLE } from '#engine/chart/strategy-style.ts';
import type { Strategy } from '#engine/model/strategy.ts';
import type { Basis, ClaimOutcome } from '#engine/run/run-document.ts';
import { ICONS } from './icons.ts';
import { html, type Markup } from './markup.ts';

const DOT = { measured: ICONS.fullDot, wine: ICONS.halfDot, modelled: ICONS.hollowDot } as const;
const BADGE = { measured: 'REAL', wine: 'WINE', modelled: 'SIMULATED' } as const;
const TAG = { measured: 'MEASURED', wine: 'WINE', modelled: 'MODELLED' } as const;

/** The badge at the top of a page. Shape before colour: filled, outlined, dashed on hatch. */
export function provenanceBadge(basis: Basis): Markup {
  return html`<span class="badge ${basis}">${DOT[basis]}${BADGE[basis]}</span>`;
}

/** The light variant for tables and charts. */
export function basisTag(basis: Basis): Markup {
  return html`<span class="tag ${basis}">${DOT[basis]}${TAG[basis]}</span>`;
}

/** A strategy's letter on its colour. The words beside it name it. */
export function strategyLetter(strategy: Strategy): Markup {
  return html`<span class="letter of-${strategy}" aria-hidden="true"
    >${STRATEGY_STYLE[strategy].letter}</span
  >`;
}

const OUTCOME_ICON = {
  confirmed: ICONS.check,
  refuted: ICONS.cross,
  inconclusive: ICONS.question,
  untested: ICONS.ring,
} as const satisfies Record<ClaimOutcome, Markup>;

/** Only what was measured on Windows wears the colours of evidence. */
export function outcomeMark(outcome: ClaimOutcome, basis: Basis): Markup {
  const evidence = basis === 'measured' ? '' : ' no-evidence';
  return html`<span class="outcome ${outcome}${evidence}"
    >${OUTCOME_ICON[outcome]}${outcome}</span
  >`;
}
