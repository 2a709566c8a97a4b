import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import {
  isStretched,
  listOffset,
  rowsInView,
  scrollScale,
  scrollTopOf,
} from '../kit/scroll-scale.ts';

export interface RowScroll {
  /** Rows in view: first, and the one after the last. */
  readonly from: number;
  readonly to: number;
  /** Height of the scrolled element, px. */
  readonly elementPx: number;
  /** Where a row stands in it, px. */
  topOf(row: number): number;
  /** Rows that fit. */
  readonly page: number;
  onScroll(): void;
  /** Scrolls as little as brings the row into view; `middle` puts it there. */
  show(row: number, where: 'nearest' | 'middle'): void;
}

/** Which rows of equal height are in view, however many there are: see kit/scroll-scale.ts. */
export function useRowScroll(
  element: RefObject<HTMLElement | null>,
  rowCount: number,
  rowPx: number,
): RowScroll {
  const [viewPx, setViewPx] = useState(0);
  const [offset, setOffset] = useState(0);
  /** A position we set ourselves: its event must not round the list's offset. */
  const ownTop = useRef(-1);
  const scale = scrollScale(rowCount, rowPx, viewPx);
  const { elementPx, listPx } = scale;

  useLayoutEffect(() => {
    const own = element.current;
    if (own === null) return undefined;
    const observer = new ResizeObserver(() => setViewPx(own.clientHeight));
    observer.observe(own);
    return () => observer.disconnect();
  }, [element]);

  const goTo = useCallback(
    (wanted: number): void => {
      const own = element.current;
      if (own === null) return;
      const next = Math.min(Math.max(0, wanted), Math.max(0, listPx - viewPx));
      setOffset(next);
      own.scrollTop = scrollTopOf({ elementPx, listPx, viewPx }, next);
      ownTop.current = own.scrollTop;
    },
    [element, elementPx, listPx, viewPx],
  );

  // Another list, or a lower window: what was in view may be beyond its end.
  useLayoutEffect(() => {
    if (offset > Math.max(0, listPx - viewPx)) goTo(offset);
  });

  // React's own wheel listeners are passive; on a stretched scale a notch would jump thousands of rows.
  useEffect(() => {
    const own = element.current;
    if (own === null || !isStretched(scale)) return undefined;
    const onWheel = (event: WheelEvent): void => {
      if (event.ctrlKey || event.deltaY === 0) return;
      event.preventDefault();
      const unit = event.deltaMode === 1 ? rowPx : event.deltaMode === 2 ? viewPx : 1;
      goTo(offset + event.deltaY * unit);
    };
    own.addEventListener('wheel', onWheel, { passive: false });
    return () => own.removeEventListener('wheel', onWheel);
  });

  const { from, to } = rowsInView(offset, scale, rowPx, rowCount);
  const shift = scrollTopOf(scale, offset) - offset;
  return {
    from,
    to,
    elementPx,
    page: Math.max(1, Math.floor(viewPx / rowPx) - 1),
    topOf: (row) => row * rowPx + shift,
    onScroll() {
      const top = element.current?.scrollTop ?? 0;
      if (top === ownTop.current) return;
      ownTop.current = -1;
      setOffset(listOffset(scale, top));
    },
    show(row, where) {
      const top = row * rowPx;
      if (where === 'middle') goTo(top - viewPx / 2 + rowPx / 2);
      else if (top < offset) goTo(top);
      else if (top + rowPx > offset + viewPx) goTo(top + rowPx - viewPx);
    },
  };
}
