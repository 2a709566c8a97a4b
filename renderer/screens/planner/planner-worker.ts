import { LabError } from '#engine/model/lab-error.ts';
import { checkPlan } from '#engine/planner/check-plan.ts';
import { planFor } from '#engine/planner/plan.ts';
import type { PlanDocument } from '#engine/planner/plan-document.ts';
import { checkWords } from './check-words.ts';
import type { FromWorker, PlanRequest, ToWorker } from './worker-messages.ts';

/**
 * Plans beside the page. The plan is there at once; carrying it out on the model takes some tenths of
 * a second, and is begun only when nobody has asked something newer.
 */

/** What of a worker's global scope is used; TypeScript's own type of it excludes a window's. */
interface Scope {
  addEventListener(type: 'message', handle: (event: MessageEvent<ToWorker>) => void): void;
  postMessage(message: FromWorker): void;
}

const scope = globalThis as unknown as Scope;

/** A plan that waits to be checked. */
let due: ReturnType<typeof setTimeout> | null = null;

scope.addEventListener('message', ({ data: { id, ...request } }) => {
  if (due !== null) clearTimeout(due);
  due = null;
  attempt(id, () => {
    const plan = planFor(request.wish, request.host, request.profile);
    scope.postMessage({ kind: 'planned', id, plan });
    // Messages that came meanwhile are taken first.
    due = setTimeout(() => attempt(id, () => check(id, request, plan)));
  });
});

function check(id: number, { wish, host, profile }: PlanRequest, plan: PlanDocument): void {
  const best = plan.strategies.find(({ strategy }) => strategy === plan.recommended);
  const needed = best?.addressesNeeded ?? null;
  if (best === undefined || needed === null) {
    scope.postMessage({ kind: 'checked', id, check: null });
    return;
  }
  const began = performance.now();
  const result = checkPlan(wish, host, profile, best.strategy, needed);
  const check = checkWords(result, performance.now() - began);
  scope.postMessage({ kind: 'checked', id, check });
}

function attempt(id: number, work: () => void): void {
  try {
    work();
  } catch (thrown) {
    const { message, hint } = LabError.from(thrown);
    scope.postMessage({ kind: 'failed', id, message, hint });
  }
}
