import type { AddressClass, Basis, ClaimResult } from '../run/run-document.ts';
import { settlePs1ByFilling, settlePs2ByFilling } from './capacity-rules.ts';
import type { ClaimId } from './claims.ts';
import type { Evidence, Settled } from './evidence.ts';
import { settlePs1BySweep, settlePs2BySweep } from './sweep-rules.ts';

type Rule = (evidence: Evidence) => Settled;

/** Which rule turns which experiment's evidence into an outcome. */
const RULES: Readonly<Record<Evidence['experiment'], Readonly<Record<ClaimId, Rule>>>> = {
  capacity: { 'PS-1': settlePs1ByFilling, 'PS-2': settlePs2ByFilling },
  sweep: { 'PS-1': settlePs1BySweep, 'PS-2': settlePs2BySweep },
};

/** Every claim the experiment speaks of, with its outcome on this basis and kind of address. */
export function settleClaims(
  evidence: Evidence,
  basis: Basis,
  addressClass: AddressClass,
): ClaimResult[] {
  return (Object.entries(RULES[evidence.experiment]) as [ClaimId, Rule][]).map(([id, rule]) => ({
    id,
    basis,
    addressClass,
    ...rule(evidence),
  }));
}
