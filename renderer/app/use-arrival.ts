import { useEffect, useRef, type RefObject } from 'react';
import { useLocation } from 'wouter';
import { useShellMessage } from '../connection/use-lab.ts';
import { focusHeading } from '../kit/page-focus.ts';

/** What a change of screen brings: back to the top, focus on the heading. Also follows the desktop. */
export function useArrival(): RefObject<HTMLElement | null> {
  const main = useRef<HTMLElement>(null);
  const [location, navigate] = useLocation();
  const shown = useRef(location);

  useEffect(() => {
    if (shown.current === location) return;
    const first = shown.current === '/';
    shown.current = location;
    main.current?.scrollTo({ top: 0 });
    // The first screen leaves the focus where a page begins.
    if (!first) focusHeading();
  }, [location]);

  useShellMessage((message) => {
    if (message.shell === 'navigate') navigate(message.to);
    if (message.shell === 'command' && message.command === 'new-run') navigate('/experiments');
  });
  return main;
}
