/**
 * After a change of screen the focus belongs on the new heading, where a screen reader begins to
 * read. The heading may come later than the change: its code or its data are still on their way.
 */
let wanted = false;

/** Moves the focus to the heading there is, or to the next one that appears. */
export function focusHeading(): void {
  // While a screen's code is fetched, the one before is still there, hidden.
  const heading = [...document.querySelectorAll<HTMLElement>('main h1')].find((found) =>
    found.checkVisibility(),
  );
  wanted = heading === undefined;
  heading?.focus({ preventScroll: true });
}

/** Called by a heading when it appears. */
export function headingAppeared(heading: HTMLElement): void {
  if (!wanted) return;
  wanted = false;
  heading.focus({ preventScroll: true });
}

/** Called by a heading before it goes: where it had the focus, the next one gets it. */
export function headingGoes(heading: HTMLElement): void {
  if (document.activeElement === heading) wanted = true;
}
