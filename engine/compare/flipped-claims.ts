import { CLAIM_IDS } from '../claim/claims.ts';
import type { AddressClass, ClaimOutcome, ClaimResult, RunDocument } from '../run/run-document.ts';
import type { FlippedClaim } from './compare-document.ts';

/** How a claim came out on one kind of addresses, by run. */
export interface ClaimAcross {
  readonly claim: string;
  readonly addressClass: AddressClass;
  /** Null where a run says nothing of it on such addresses. */
  readonly said: readonly (ClaimResult | null)[];
}

/**
 * Outcomes side by side. What came out on loopback and what on adapters are apart: that they differ
 * is no flip, for one says nothing about the other.
 */
export function claimsAcross(documents: readonly RunDocument[]): ClaimAcross[] {
  const found = new Map<string, ClaimAcross & { said: (ClaimResult | null)[] }>();
  for (const [at, { claims }] of documents.entries()) {
    for (const result of claims) {
      const { id: claim, addressClass } = result;
      const key = `${claim} ${addressClass}`;
      const entry = found.get(key) ?? { claim, addressClass, said: documents.map(() => null) };
      entry.said[at] ??= result;
      found.set(key, entry);
    }
  }
  return [...found.values()].toSorted((a, b) => placeOf(a.claim) - placeOf(b.claim));
}

/** Outcomes of the runs that tested it. */
export function testedOutcomes({ said }: ClaimAcross): ClaimOutcome[] {
  return said.flatMap((result) =>
    result === null || result.outcome === 'untested' ? [] : [result.outcome],
  );
}

/** Claims that runs which tested them came to other outcomes of; confirmed against refuted first. */
export function flippedClaims(across: readonly ClaimAcross[]): FlippedClaim[] {
  return across
    .filter((entry) => new Set(testedOutcomes(entry)).size > 1)
    .toSorted((a, b) => Number(isSettled(b)) - Number(isSettled(a)))
    .map(({ claim, addressClass, said }) => ({
      claim,
      addressClass,
      outcomes: said.map((result) => result?.outcome ?? null),
      bases: said.map((result) => result?.basis ?? null),
    }));
}

function isSettled(entry: ClaimAcross): boolean {
  const outcomes = testedOutcomes(entry);
  return outcomes.includes('confirmed') && outcomes.includes('refuted');
}

/** Claims of another version of the lab come last. */
function placeOf(claim: string): number {
  const place = CLAIM_IDS.findIndex((known) => known === claim);
  return place < 0 ? CLAIM_IDS.length : place;
}
