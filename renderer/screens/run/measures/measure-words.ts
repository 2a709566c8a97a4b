import { formatNumber } from '#engine/chart/format.ts';
import type { Strategy } from '#engine/model/strategy.ts';
import { measureMeaning, measureName, measureOwner } from '#engine/run/measures/measure-meaning.ts';
import type { Basis } from '#engine/run/run-document.ts';

/** A figure of a run, for reading. */
export interface Measure {
  /** As exports and SQL name it. */
  readonly name: string;
  readonly words: string;
  /** Null where it is of the run as a whole. */
  readonly strategy: Strategy | null;
  /** `Port scalability`, `Legacy (no option), arm 3`, `Whole run`. */
  readonly of: string;
  /** In the unit beside it. */
  readonly value: number;
  readonly text: string;
  /** '' for counts. */
  readonly unit: string;
}

/** In the order they were recorded. A measure the lab has no words for keeps its name. */
export function measuresOf(
  measures: Readonly<Record<string, number>>,
  basis: Basis,
): readonly Measure[] {
  return Object.entries(measures).map(([name, value]) => measureOf(name, value, basis));
}

function measureOf(name: string, value: number, basis: Basis): Measure {
  const about = measureName(name);
  const { words, unit, scale } = measureMeaning(about.rest);
  const inUnit = value * scale;
  return {
    name,
    words: about.rest === 'seconds' && basis === 'modelled' ? 'Virtual time the arm took' : words,
    strategy: about.strategy,
    of: measureOwner(about),
    value: inUnit,
    text: formatNumber(inUnit, 3),
    unit,
  };
}
