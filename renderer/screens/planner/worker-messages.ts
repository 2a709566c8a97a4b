import type { PlanDocument, PlanHost, PlanWish } from '#engine/planner/plan-document.ts';
import type { ResolvedProfile } from '#engine/profile/resolved-profile.ts';
import type { CheckWords } from './check-words.ts';

/** Everything a plan is made of. */
export interface PlanRequest {
  readonly wish: PlanWish;
  readonly host: PlanHost;
  readonly profile: ResolvedProfile;
}

/** To a worker: one plans, another checks. @param id rises with each request */
export type ToWorker = { readonly id: number } & (
  | { readonly kind: 'plan'; readonly request: PlanRequest }
  | { readonly kind: 'check'; readonly request: PlanRequest; readonly plan: PlanDocument }
);

/** From it, with the id of what was asked. */
export type FromWorker = { readonly id: number } & (
  | { readonly kind: 'planned'; readonly plan: PlanDocument }
  /** @param check null: there is nothing that could be carried out */
  | { readonly kind: 'checked'; readonly check: CheckWords | null }
  | { readonly kind: 'failed'; readonly message: string; readonly hint: string }
);
