import { useCallback, useEffect, useRef, useState } from 'react';
import type { PlanStartView } from '#engine/api/views.ts';
import type { LabError } from '#engine/model/lab-error.ts';
import { thousands } from '#engine/model/words.ts';
import type { PlanDocument } from '#engine/planner/plan-document.ts';
import { useLab } from '../../connection/use-lab.ts';
import { readForm, type FormProblems, type PlanField, type PlanForm } from './plan-form.ts';
import { profileStart, type StartKey } from './plan-start.ts';
import {
  entriesLeft,
  filledFrom,
  firstEntries,
  keepEntries,
  type PlannerEntries,
} from './planner-memory.ts';
import { usePlanStart } from './use-plan-start.ts';
import { usePlan, type PlanState } from './use-plan.ts';

export interface Planner extends PlannerEntries {
  /** What it starts from; undefined while it is asked for, or where it can’t be had. */
  readonly from: PlanStartView | undefined;
  /** What the answer shown was started from, while something else is asked for. */
  readonly lastFrom: PlanStartView | undefined;
  readonly fromError: LabError | undefined;
  readonly problems: FormProblems;
  readonly answer: PlanState;
  choose(start: StartKey): void;
  set(field: PlanField, text: string): void;
  /** The host's figures anew, over what was changed. */
  readAgain(): void;
}

/** The rules Microsoft documents: to plan by where this is no Windows. */
const DOCUMENTED = profileStart('documented');

/** The form, what it starts from, and the plan that follows from both. */
export function usePlanner(): Planner {
  const windows = useLab().hello?.host.platform === 'win32';
  const [entries, setEntries] = useState(
    () => entriesLeft() ?? firstEntries(windows ? 'host' : DOCUMENTED),
  );
  const change = useCallback((next: PlannerEntries): void => {
    keepEntries(next);
    setEntries(next);
  }, []);
  const { start, form } = entries;
  const { from, lastFrom, error: fromError, readAgain } = usePlanStart(start);

  useEffect(() => {
    if (from === undefined || entries.filledFrom === start) return;
    change(filledFrom(entries, start, from.host));
  }, [from, start, entries, change]);

  const known = entries.filledFrom === start ? from : undefined;
  const { asked, problems } =
    known === undefined ? { asked: null, problems: {} } : readForm(form, known.host);
  const answer = usePlan(
    known === undefined || asked === null ? null : { ...asked, profile: known.profile },
  );

  const latest = useRef({ entries, plan: answer.plan });
  useEffect(() => {
    latest.current = { entries, plan: answer.plan };
  });
  // The same function always: of a dozen fields only the one that changed is drawn again.
  const set = useCallback(
    (field: PlanField, text: string) => {
      const { entries: before, plan } = latest.current;
      const changed = { ...before.form, [field]: text };
      const offered = field === 'autoReusePorts' ? withStart(changed, plan) : changed;
      change({ ...before, form: offered });
    },
    [change],
  );
  return {
    ...entries,
    from,
    lastFrom,
    fromError,
    problems,
    answer,
    choose: (chosen) => change({ ...entries, start: chosen, filledFrom: null }),
    set,
    readAgain: () => {
      change({ ...entries, filledFrom: null });
      readAgain();
    },
  };
}

/** Whoever gives an auto-reuse range its size is offered a start: where the plan would put it. */
function withStart(form: PlanForm, plan: PlanDocument | null): PlanForm {
  if (form.autoReuseStart !== '' || !/[1-9]/.test(form.autoReusePorts)) return form;
  const block = plan?.strategies.find(({ strategy }) => strategy === 'reuse-unicast')?.block;
  return block === null || block === undefined
    ? form
    : { ...form, autoReuseStart: thousands(block.start) };
}
