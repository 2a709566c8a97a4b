import { LabError } from '#engine/model/lab-error.ts';
import { checkPlan } from '#engine/planner/check-plan.ts';
import { planFor } from '#engine/planner/plan.ts';
import type { PlanDocument } from '#engine/planner/plan-document.ts';
import { checkWords, type CheckWords } from './check-words.ts';
import type { FromWorker, PlanRequest, ToWorker } from './worker-messages.ts';

/**
 * Plans, or checks plans, beside the page: there is a worker for each, because carrying a plan out on
 * the model may take some tenths of a second, for which no answer is to wait.
 */

/** What of a worker's global scope is used; TypeScript's own type of it excludes a window's. */
interface Scope {
  addEventListener(type: 'message', handle: (event: MessageEvent<ToWorker>) => void): void;
  postMessage(message: FromWorker): void;
}

const scope = globalThis as unknown as Scope;

/** What came while another was worked on: only the last of these is wanted. */
let due: ReturnType<typeof setTimeout> | null = null;

scope.addEventListener('message', ({ data }) => {
  if (due !== null) clearTimeout(due);
  due = setTimeout(() => {
    due = null;
    scope.postMessage(answerTo(data));
  });
});

function answerTo(message: ToWorker): FromWorker {
  const { id } = message;
  try {
    if (message.kind === 'check') {
      return { kind: 'checked', id, check: check(message.request, message.plan) };
    }
    const { wish, host, profile } = message.request;
    return { kind: 'planned', id, plan: planFor(wish, host, profile) };
  } catch (thrown) {
    const { message: words, hint } = LabError.from(thrown);
    return { kind: 'failed', id, message: words, hint };
  }
}

function check({ wish, host, profile }: PlanRequest, plan: PlanDocument): CheckWords | null {
  const best = plan.strategies.find(({ strategy }) => strategy === plan.recommended);
  const needed = best?.addressesNeeded ?? null;
  if (best === undefined || needed === null) return null;
  const began = performance.now();
  const result = checkPlan(wish, host, profile, best.strategy, needed);
  return checkWords(result, performance.now() - began);
}
