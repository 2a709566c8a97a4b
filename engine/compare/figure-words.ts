import {
  measureMeaning,
  measureName,
  measureOwner,
  type MeasureMeaning,
} from '../run/measures/measure-meaning.ts';
import type { Strategy } from '../model/strategy.ts';
import type { ComparedMeasure } from './compare-document.ts';

/** A compared figure for reading. */
export interface FigureWords extends MeasureMeaning {
  /** Null where it is of a run or an experiment as a whole. */
  readonly strategy: Strategy | null;
  /** `Port scalability`, `Sweep, legacy (no option), arm 1`, `Whole run`. */
  readonly of: string;
}

const counted = (words: string): MeasureMeaning => ({ words, unit: '', scale: 1, kind: 'count' });

/** What every run has, whatever its experiment. */
const OF_RUNS: Readonly<Record<string, MeasureMeaning>> = {
  'run.durationNs': { words: 'Duration', unit: 's', scale: 1e-9, kind: 'speed' },
  'run.eventCount': counted('Calls recorded'),
  'run.addresses': counted('Addresses used'),
  'run.peakHeld': counted('Most ports held at once'),
  'run.openAfter': counted('Sockets still open after the release'),
};

const PER_ADDRESS = 'perAddress.';

/** Words, unit and kind of a compared figure, by its name. */
export function figureWords({ name, part }: Pick<ComparedMeasure, 'name' | 'part'>): FigureWords {
  if (Object.hasOwn(OF_RUNS, name)) {
    const meaning = OF_RUNS[name] ?? counted(name);
    return { ...meaning, strategy: null, of: 'Whole run' };
  }
  const about = measureName(part === null ? name : name.slice(part.length + 1));
  const owner = measureOwner(about);
  return {
    ...meaningOf(about.rest),
    strategy: about.strategy,
    of: part === null ? owner : about.strategy === null ? part : `${part}: ${owner}`,
  };
}

function meaningOf(rest: string): MeasureMeaning {
  if (!rest.startsWith(PER_ADDRESS)) return measureMeaning(rest);
  const which = rest.slice(PER_ADDRESS.length);
  if (which === 'least' || which === 'most') return counted(`Ports bound, ${which} on one address`);
  return counted(/^\d+$/.test(which) ? `Ports bound, address ${which}` : `Ports bound on ${which}`);
}
