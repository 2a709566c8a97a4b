import type { AddressClass, Answer, Basis, ClaimResult } from '../run/run-document.ts';
import type { ClaimId } from './claims.ts';
import type { Evidence, ExperimentId, Settled } from './evidence.ts';
import type { ExperimentRules } from './experiment-rules.ts';
import { CAPACITY_RULES } from './rules/capacity-rules.ts';
import { CONNECT_REUSE_RULES } from './rules/connect-reuse-rules.ts';
import { TIME_WAIT_RULES } from './rules/time-wait-rules.ts';
import { FULL_RULES } from './rules/full-rules.ts';
import { CROSS_PROCESS_RULES } from './rules/cross-process-rules.ts';
import { LATE_OPTION_RULES } from './rules/late-option-rules.ts';
import { SAME_ADAPTER_RULES } from './rules/same-adapter-rules.ts';
import { WILDCARD_ADDRESS_RULES } from './rules/wildcard-address-rules.ts';
import { CHURN_RULES } from './rules/churn-rules.ts';
import { MIXED_LOAD_RULES } from './rules/mixed-load-rules.ts';
import { STARVATION_RULES } from './rules/starvation-rules.ts';
import { OPTION_CONFLICT_RULES } from './rules/option-conflict-rules.ts';
import { EXCLUSIVITY_RULES } from './rules/exclusivity-rules.ts';
import { WALKTHROUGH_RULES } from './rules/walkthrough-rules.ts';
import { BIND_MATRIX_RULES } from './rules/bind-matrix-rules.ts';
import { VERIFY_PLAN_RULES } from './rules/verify-plan-rules.ts';
import { SWEEP_RULES } from './rules/sweep-rules.ts';

/** How each experiment's evidence is read. */
const RULES: { readonly [E in ExperimentId]: ExperimentRules<E> } = {
  sweep: SWEEP_RULES,
  'late-option': LATE_OPTION_RULES,
  'wildcard-address': WILDCARD_ADDRESS_RULES,
  'cross-process': CROSS_PROCESS_RULES,
  'same-adapter': SAME_ADAPTER_RULES,
  capacity: CAPACITY_RULES,
  'bind-matrix': BIND_MATRIX_RULES,
  walkthrough: WALKTHROUGH_RULES,
  exclusivity: EXCLUSIVITY_RULES,
  'connect-reuse': CONNECT_REUSE_RULES,
  'time-wait': TIME_WAIT_RULES,
  'option-conflict': OPTION_CONFLICT_RULES,
  starvation: STARVATION_RULES,
  churn: CHURN_RULES,
  'mixed-load': MIXED_LOAD_RULES,
  'verify-plan': VERIFY_PLAN_RULES,
  full: FULL_RULES,
};

/** What evidence stands on. */
export interface Standing {
  readonly basis: Basis;
  readonly addressClass: AddressClass;
}

function rulesOf(experiment: ExperimentId): ExperimentRules<ExperimentId> {
  // Each experiment's evidence goes to its own rules: `evidence.experiment` chose them.
  return RULES[experiment] as unknown as ExperimentRules<ExperimentId>;
}

/** The claims an experiment speaks of. */
export function claimsOf(experiment: ExperimentId): ClaimId[] {
  return Object.keys(rulesOf(experiment).claims) as ClaimId[];
}

/** Every claim the experiment speaks of, with its outcome on this basis and kind of address. */
export function settleClaims(evidence: Evidence, standing: Standing): ClaimResult[] {
  const rules = Object.entries(rulesOf(evidence.experiment).claims) as [
    ClaimId,
    (evidence: Evidence) => Settled | null,
  ][];
  return rules.flatMap(([id, rule]) => {
    const settled = rule(evidence);
    if (settled === null) return [];
    const { elsewhere, ...here } = settled;
    const all = elsewhere === undefined ? [here] : [here, elsewhere];
    return all.map((one) => ({ id, ...standing, ...one }));
  });
}

/** The open questions the evidence answers. */
export function answersOf(evidence: Evidence, standing: Standing): Answer[] {
  const { experiment, protocol, family } = evidence;
  return rulesOf(experiment)
    .answers(evidence)
    .map((answer) => ({ ...standing, ...answer, protocol, family }));
}

/** What a complete run answers, in one sentence. */
export function sentenceOf(evidence: Evidence, claims: readonly ClaimResult[]): string {
  return rulesOf(evidence.experiment).sentence(evidence, (id) =>
    together(claims.filter((claim) => claim.id === id)),
  );
}

/** What a claim's outcomes on several kinds of addresses come to, where a sentence has room for one. */
function together(said: readonly ClaimResult[]): Settled | undefined {
  const of = (wanted: Settled['outcome']): Settled | undefined => {
    const claim = said.find(({ outcome }) => outcome === wanted);
    return claim === undefined ? undefined : { outcome: wanted, because: claim.because };
  };
  const [confirmed, refuted] = [of('confirmed'), of('refuted')];
  if (confirmed !== undefined && refuted !== undefined) {
    return {
      outcome: 'inconclusive',
      because: `it depends on the addresses: ${confirmed.because} – but ${refuted.because}`,
    };
  }
  return confirmed ?? refuted ?? of('inconclusive');
}
