import type { RunSeries } from '../analysis/run-series.ts';
import type { Strategy } from '../model/strategy.ts';
import type { Arm, Basis, RunDocument } from '../run/run-document.ts';
import { basisOfRun, BASIS_WORDS } from './provenance.ts';
import { runLetter } from './run-letter.ts';
import { worthDrawing } from './run-range.ts';
import { armNames } from './strategy-style.ts';

/** One of several runs in one chart. */
export interface ComparedRun {
  /** Its place among the runs compared, from 0: A, B, C. */
  readonly at: number;
  /** Told apart by it where there is room: a profile, a machine. */
  readonly name: string;
  readonly document: RunDocument;
  readonly series: RunSeries;
}

/** An arm that several runs have, and each run's own. */
export interface ComparedArm {
  readonly strategy: Strategy;
  readonly name: string;
  readonly of: readonly { readonly run: ComparedRun; readonly arm: Arm }[];
}

/** Room for the name beside the letter of a line's end. */
export const MOST_NAMED = 4;

/**
 * Arms to draw on the same axes, in their order. None where runs are of different experiments or of
 * several: their arms are no match. None where every run bound too little to see.
 */
export function comparedArms(runs: readonly ComparedRun[]): ComparedArm[] {
  const [first] = runs;
  const alike = runs.every(
    ({ document: { run, experiments } }) =>
      experiments === undefined && run.experiment === first?.document.run.experiment,
  );
  if (!alike || !runs.some(({ document }) => worthDrawing(document))) return [];
  const arms = new Map<string, ComparedArm & { of: { run: ComparedRun; arm: Arm }[] }>();
  for (const run of runs) {
    const names = armNames(run.document.arms);
    for (const arm of run.document.arms) {
      const name = names.get(arm.index)?.name ?? arm.strategy;
      const found = arms.get(name) ?? { strategy: arm.strategy, name, of: [] };
      found.of.push({ run, arm });
      arms.set(name, found);
    }
  }
  return [...arms.values()];
}

export function letterOf({ at }: ComparedRun): string {
  return runLetter(at);
}

export function basisOf({ document }: ComparedRun): Basis {
  return basisOfRun(document.run);
}

/** `simulated, not measured`; where bases meet, which run is what: `A measured on Windows; B Wine, …`. */
export function basisSubtitle(runs: readonly ComparedRun[]): string {
  const bases = [...new Set(runs.map(basisOf))];
  if (bases.length < 2) return bases.map((basis) => BASIS_WORDS[basis]).join('');
  return bases
    .map((basis) => {
      const letters = runs.filter((run) => basisOf(run) === basis).map(letterOf);
      return `${letters.join(', ')} ${BASIS_WORDS[basis]}`;
    })
    .join('; ');
}
