import { useLayoutEffect, useState, type RefObject } from 'react';

/** Below the element: the page's margin and a card's border. */
const MARGIN_PX = 30;

/**
 * The height from an element's top to the bottom of the scrolled area it is in, for what scrolls by
 * itself and should fill the screen.
 * @param least px; a low window scrolls instead
 */
export function useRestHeight(element: RefObject<HTMLElement | null>, least: number): number {
  const [height, setHeight] = useState(least);
  useLayoutEffect(() => {
    const own = element.current;
    const frame = own?.closest('main');
    if (own === null || frame === null || frame === undefined) return undefined;
    const measure = (): void => {
      const top = own.getBoundingClientRect().top - frame.getBoundingClientRect().top;
      setHeight(
        Math.max(least, Math.floor(frame.clientHeight - top - frame.scrollTop - MARGIN_PX)),
      );
    };
    measure();
    // What is above may grow: a heading by a line, a list of files that comes and goes.
    const observer = new ResizeObserver(measure);
    observer.observe(frame);
    for (const part of frame.children) observer.observe(part);
    return () => observer.disconnect();
  }, [element, least]);
  return height;
}
