import type { ClaimResult } from '../run/run-document.ts';
import { CLAIM_IDS } from './claims.ts';

/**
 * What several experiments of one run say of the claims together, an entry per claim and address
 * class, in the claims' own order: settled beats inconclusive, and confirmed against refuted is inconclusive.
 */
export function mergeClaims(said: readonly ClaimResult[]): ClaimResult[] {
  const groups = new Map<string, ClaimResult[]>();
  for (const claim of said) {
    const key = `${claim.id} ${claim.addressClass} ${claim.basis}`;
    groups.set(key, [...(groups.get(key) ?? []), claim]);
  }
  const merged = [...groups.values()].map(mergeOne);
  const tested = new Set(
    merged.filter(({ outcome }) => outcome !== 'untested').map(({ id }) => id),
  );
  return merged
    .filter(({ id, outcome }) => outcome !== 'untested' || !tested.has(id))
    .toSorted((a, b) => placeOf(a) - placeOf(b));
}

function placeOf({ id }: ClaimResult): number {
  return CLAIM_IDS.findIndex((known) => known === id);
}

function mergeOne(said: readonly ClaimResult[]): ClaimResult {
  const [first] = said;
  if (first === undefined) throw new RangeError('nothing to merge');
  const confirmed = said.find(({ outcome }) => outcome === 'confirmed');
  const refuted = said.find(({ outcome }) => outcome === 'refuted');
  if (confirmed !== undefined && refuted !== undefined) {
    return {
      ...first,
      outcome: 'inconclusive',
      because: `the experiments disagree: ${confirmed.because} – but ${refuted.because}`,
    };
  }
  return confirmed ?? refuted ?? said.find(({ outcome }) => outcome === 'inconclusive') ?? first;
}
