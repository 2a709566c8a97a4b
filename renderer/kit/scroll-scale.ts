/**
 * Browsers cap an element's height (Chromium at 33,554,428 px), so a very long list scrolls on a
 * shorter scale: its element stays below the cap, and the offset in it is stretched to the list's.
 */
export const MAX_SCROLL_PX = 8_000_000;

export interface ScrollScale {
  /** Height of the scrolled element. */
  readonly elementPx: number;
  /** Height all rows would have. */
  readonly listPx: number;
  readonly viewPx: number;
}

export function scrollScale(rowCount: number, rowPx: number, viewPx: number): ScrollScale {
  const listPx = rowCount * rowPx;
  return { elementPx: Math.max(Math.min(listPx, MAX_SCROLL_PX), 0), listPx, viewPx };
}

/** Where in the list a scroll position of the element is. */
export function listOffset(scale: ScrollScale, scrollTop: number): number {
  const [from, to] = spans(scale);
  return from <= 0 ? 0 : clamp((scrollTop / from) * to, to);
}

/** The element's scroll position for a place in the list. */
export function scrollTopOf(scale: ScrollScale, offset: number): number {
  const [from, to] = spans(scale);
  return to <= 0 ? 0 : clamp((offset / to) * from, from);
}

/** Whether a pixel of the scroll bar is more than a pixel of the list. */
export function isStretched(scale: ScrollScale): boolean {
  return scale.listPx > scale.elementPx;
}

/** Rows in view, with some around them. @returns `from` inclusive, `to` exclusive */
export function rowsInView(
  offset: number,
  { viewPx }: Pick<ScrollScale, 'viewPx'>,
  rowPx: number,
  rowCount: number,
  around = 4,
): { from: number; to: number } {
  const from = Math.max(0, Math.floor(offset / rowPx) - around);
  const to = Math.min(rowCount, Math.ceil((offset + viewPx) / rowPx) + around);
  return { from, to: Math.max(from, to) };
}

/** How far one can scroll: in the element, in the list. */
function spans({ elementPx, listPx, viewPx }: ScrollScale): readonly [number, number] {
  return [Math.max(0, elementPx - viewPx), Math.max(0, listPx - viewPx)];
}

function clamp(value: number, most: number): number {
  return Math.min(Math.max(0, value), most);
}
