import { FIRST_WISH, hostFields, wishFields, type PlanForm } from './plan-form.ts';
import type { PlanHost } from '#engine/planner/plan-document.ts';
import type { StartKey } from './plan-start.ts';

/** What was filled in, and from where. */
export interface PlannerEntries {
  readonly start: StartKey;
  /** What the figures of the host came from; null until they are there. */
  readonly filledFrom: StartKey | null;
  readonly form: PlanForm;
}

/** As long as the window is open, the form comes back as it was left. */
let left: PlannerEntries | null = null;

export function entriesLeft(): PlannerEntries | null {
  return left;
}

export function keepEntries(entries: PlannerEntries): void {
  left = entries;
}

/** Nothing is asked of anybody yet: the host's figures follow. */
export function firstEntries(start: StartKey): PlannerEntries {
  const blank = {
    timeWaitSeconds: '',
    addresses: '',
    rangeStart: '',
    rangePorts: '',
    excluded: '',
    usedByOthers: '',
    autoReusePorts: '',
    autoReuseStart: '',
  };
  return { start, filledFrom: null, form: { ...wishFields(FIRST_WISH), ...blank } };
}

/** With the figures of a host that is known now; what is needed stays as filled in. */
export function filledFrom(
  entries: PlannerEntries,
  start: StartKey,
  host: PlanHost,
): PlannerEntries {
  return { start, filledFrom: start, form: { ...entries.form, ...hostFields(host) } };
}
