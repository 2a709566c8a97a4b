import { basisOfRun } from '../chart/provenance.ts';
import { LabError } from '../model/lab-error.ts';
import type { RunDocument } from '../run/run-document.ts';
import { cautionsOf } from './cautions.ts';
import { LEAST_COMPARED, MOST_COMPARED, type CompareDocument } from './compare-document.ts';
import { comparedFacts } from './compared-facts.ts';
import { comparedMeasures } from './compared-measures.ts';
import { claimsAcross, flippedClaims } from './flipped-claims.ts';
import { sentenceOf } from './sentence.ts';
import { comparedSteps } from './step-facts.ts';

/**
 * Runs side by side, in the order given: the first of each basis is what the others of it are set
 * against. What is measured, Wine's and modelled stands beside each other and is never subtracted.
 * @throws LabError usage for fewer than two runs, more than eight, or the same one twice
 */
export function compareRuns(documents: readonly RunDocument[]): CompareDocument {
  const runs = documents.map(({ run }) => run.id);
  refuseOddLists(runs);
  const bases = documents.map(({ run }) => basisOfRun(run));
  const across = claimsAcross(documents);
  const steps = comparedSteps(documents);
  const measures = comparedMeasures(documents, bases);
  const facts = [...comparedFacts(documents), ...steps.facts];
  const flipped = flippedClaims(across);
  const compared = { documents, bases, measures, facts, across, steps };
  return {
    runs,
    bases,
    measures,
    facts,
    flipped,
    cautions: cautionsOf(compared),
    sentence: sentenceOf(compared, flipped),
  };
}

function refuseOddLists(runs: readonly string[]): void {
  if (runs.length < LEAST_COMPARED || runs.length > MOST_COMPARED) {
    throw new LabError(
      'usage',
      `${runs.length === 1 ? 'one run' : `${runs.length} runs`} can’t be compared`,
      `name ${LEAST_COMPARED} to ${MOST_COMPARED} runs`,
    );
  }
  const twice = runs.find((id, at) => runs.indexOf(id) !== at);
  if (twice !== undefined) {
    throw new LabError('usage', `run ${twice} is named twice`, 'name each run once');
  }
}
