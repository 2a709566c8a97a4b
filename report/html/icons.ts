import { raw, type Markup } from './markup.ts';

function icon(body: string): Markup {
  return raw(`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">${body}</svg>`);
}

const DISC = '<circle cx="8" cy="8" r="7" fill="currentColor"/>';
const RING =
  '<circle cx="8" cy="8" r="6.25" fill="none" stroke="currentColor" stroke-width="1.5"/>';
const ON_DISC = 'fill="none" stroke="var(--card)" stroke-width="1.8" stroke-linecap="round"';

/** Icons stand beside words that say the same, so screen readers pass them over. */
export const ICONS = {
  check: icon(`${DISC}<path d="M4.8 8.3l2.2 2.2 4.2-4.6" ${ON_DISC}/>`),
  cross: icon(`${DISC}<path d="M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2" ${ON_DISC}/>`),
  question: icon(
    `${RING}<path d="M6.2 6.3a1.9 1.9 0 1 1 2.9 1.6c-.7.4-1.1.8-1.1 1.5" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linecap="round"/><circle cx="8" cy="11.5" r=".9" fill="currentColor"/>`,
  ),
  ring: icon(RING),
  warning: icon(
    '<path d="M8 1.2L15.4 14.4H.6Z" fill="currentColor" stroke="currentColor" stroke-linejoin="round"/><path d="M8 5.8v4.2" fill="none" stroke="var(--card)" stroke-width="1.7" stroke-linecap="round"/><circle cx="8" cy="12.3" r="1" fill="var(--card)"/>',
  ),
  info: icon(
    `${RING}<path d="M8 7.4v4" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round"/><circle cx="8" cy="4.8" r=".9" fill="currentColor"/>`,
  ),
  fullDot: icon('<circle cx="8" cy="8" r="5" fill="currentColor"/>'),
  halfDot: icon(
    '<circle cx="8" cy="8" r="4.5" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M8 3a5 5 0 0 0 0 10Z" fill="currentColor"/>',
  ),
  hollowDot: icon(
    '<circle cx="8" cy="8" r="4.25" fill="none" stroke="currentColor" stroke-width="1.7"/>',
  ),
} as const;
