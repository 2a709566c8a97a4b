import { useEffect, useRef, useState } from 'react';
import type { LabError } from '#engine/model/lab-error.ts';
import type { PlanDocument } from '#engine/planner/plan-document.ts';
import type { CheckWords } from './check-words.ts';
import { PlanDesk } from './plan-desk.ts';
import type { PlanRequest } from './worker-messages.ts';

export interface PlanState {
  /** The last answer there was; null before the first. */
  readonly plan: PlanDocument | null;
  /** What checking it by simulation came to; null where nothing can be; undefined while that goes on. */
  readonly check: CheckWords | null | undefined;
  /** Why the last question has no answer. */
  readonly error: LabError | null;
  /** It answers what is asked now. */
  readonly current: boolean;
}

/** A plan that follows what is asked. @param request null: nothing sound is asked */
export function usePlan(request: PlanRequest | null): PlanState {
  const [state, setState] = useState<Omit<PlanState, 'current'> & { readonly key: string }>({
    plan: null,
    check: undefined,
    error: null,
    key: '',
  });
  const desk = useRef<PlanDesk | null>(null);
  const asked = useRef('');
  const key = request === null ? '' : JSON.stringify(request);

  useEffect(() => {
    const opened = new PlanDesk({
      planned: (plan) => setState({ plan, check: undefined, error: null, key: asked.current }),
      checked: (check) => setState((was) => ({ ...was, check })),
      failed: (error) => setState(({ plan }) => ({ plan, check: null, error, key: asked.current })),
    });
    desk.current = opened;
    return () => opened.close();
  }, []);

  useEffect(() => {
    if (key === '') return;
    asked.current = key;
    desk.current?.ask(JSON.parse(key) as PlanRequest);
  }, [key]);

  return { ...state, current: key !== '' && state.key === key };
}
