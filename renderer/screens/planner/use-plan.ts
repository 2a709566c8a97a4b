import { useEffect, useRef, useState } from 'react';
import { LabError } from '#engine/model/lab-error.ts';
import type { PlanDocument } from '#engine/planner/plan-document.ts';
import type { CheckWords } from './check-words.ts';
import type { FromWorker, PlanRequest, ToWorker } from './worker-messages.ts';

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

/** Plans in a worker, anew with every change. @param request null: nothing sound is asked */
export function usePlan(request: PlanRequest | null): PlanState {
  const [state, setState] = useState<Omit<PlanState, 'current'> & { readonly key: string }>({
    plan: null,
    check: undefined,
    error: null,
    key: '',
  });
  const planner = useRef<Worker | null>(null);
  const last = useRef({ id: 0, key: '' });
  const key = request === null ? '' : JSON.stringify(request);

  useEffect(() => {
    const worker = new Worker(new URL('./planner-worker.ts', import.meta.url), { type: 'module' });
    planner.current = worker;
    last.current = { id: 0, key: '' };
    const fail = (error: LabError): void =>
      setState(({ plan }) => ({ plan, check: null, error, key: last.current.key }));
    worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      // An answer to an earlier question is dropped.
      if (data.id !== last.current.id) return;
      if (data.kind === 'failed') fail(new LabError('failed', data.message, data.hint));
      else if (data.kind === 'checked') setState((was) => ({ ...was, check: data.check }));
      else setState({ plan: data.plan, check: undefined, error: null, key: last.current.key });
    });
    worker.addEventListener('error', ({ message }) =>
      fail(LabError.from(new Error(`the plan can’t be worked out: ${message}`))),
    );
    return () => worker.terminate();
  }, []);

  useEffect(() => {
    if (key === '') return;
    last.current = { id: last.current.id + 1, key };
    const message: ToWorker = { id: last.current.id, ...(JSON.parse(key) as PlanRequest) };
    planner.current?.postMessage(message);
  }, [key]);

  return { ...state, current: key !== '' && state.key === key };
}
