import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import { useTableStyles } from './data-table-styles.ts';
import { mergeClasses } from './fluent.ts';

export interface TableFrameProps {
  readonly children: ReactNode;
  /** Said of the frame where it is a stop of the tab key. */
  readonly label: string;
  /** For whoever scrolls it, too. */
  readonly frame?: RefObject<HTMLDivElement | null>;
  /** It scrolls down as well, at most this high. */
  readonly maxHeight?: string;
}

/** What a table wider than its card scrolls in. Where it does, the keyboard can reach and scroll it. */
export function TableFrame({ children, label, frame, maxHeight }: TableFrameProps): ReactNode {
  const styles = useTableStyles();
  const own = useRef<HTMLDivElement>(null);
  const ref = frame ?? own;
  const [scrolls, setScrolls] = useState(false);

  useEffect(() => {
    const element = ref.current;
    const content = element?.firstElementChild;
    if (element === null || content === null || content === undefined) return undefined;
    const observer = new ResizeObserver(() => {
      const over =
        element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight;
      setScrolls(over && element.querySelector('[tabindex="0"], a, button') === null);
    });
    observer.observe(element);
    observer.observe(content);
    return () => observer.disconnect();
  }, [ref]);

  return (
    <div
      ref={ref}
      className={mergeClasses(styles.frame, maxHeight !== undefined && styles.long)}
      style={maxHeight === undefined ? undefined : { maxHeight }}
      {...(scrolls && { tabIndex: 0, role: 'group', 'aria-label': label })}
    >
      {children}
    </div>
  );
}
