import type { ExperimentView } from '#engine/api/views.ts';
import { count } from '#engine/model/words.ts';

/** The experiment that runs all safe ones, one after the other, and the others in an exhaustive run. */
const ALL_SAFE = 'full';

export interface ExperimentGroup {
  readonly id: 'all' | 'safe' | 'exhaustive';
  readonly title: string;
  /** What holds for all of them. */
  readonly means: string;
  /** In the catalogue's order; never empty. */
  readonly experiments: readonly ExperimentView[];
}

/** The catalogue as an admin chooses: everything that is safe at once, one by one, and what may starve. */
export function experimentGroups(experiments: readonly ExperimentView[]): ExperimentGroup[] {
  const groups: readonly ExperimentGroup[] = [
    {
      id: 'all',
      title: 'Everything that is safe',
      means: 'One after the other, in one run. The others join in only when you say Exhaustive.',
      experiments: experiments.filter(({ id }) => id === ALL_SAFE),
    },
    {
      id: 'safe',
      title: 'Safe on a server in use',
      means: 'Never go below the reserve, whatever the host does.',
      experiments: experiments.filter(({ id, safe }) => safe && id !== ALL_SAFE),
    },
    {
      id: 'exhaustive',
      title: 'May take every port',
      means:
        'Stop at the reserve. Exhaustive only when you say so, and then only after you have typed this host’s name.',
      experiments: experiments.filter(({ id, safe }) => !safe && id !== ALL_SAFE),
    },
  ];
  return groups.filter((group) => group.experiments.length > 0);
}

/** Where to begin; undefined where nothing is safe. */
export function firstChoice(experiments: readonly ExperimentView[]): ExperimentView | undefined {
  return experiments.find(({ id, safe }) => safe && id !== ALL_SAFE);
}

/** The catalogue's answer in one sentence. */
export function catalogueSentence(experiments: readonly ExperimentView[]): string {
  const first = firstChoice(experiments);
  if (first === undefined) return 'Experiments';
  return experiments.some(({ id }) => id === ALL_SAFE)
    ? `Begin with ${first.title}, or run everything that is safe on a server in use.`
    : `Begin with ${first.title}: it is safe on a server in use.`;
}

export function needs({ minAddresses, maxAddresses }: ExperimentView): string {
  if (maxAddresses === null) return `${count(minAddresses, 'address')} or more`;
  return minAddresses === maxAddresses
    ? count(minAddresses, 'address')
    : `${minAddresses} to ${count(maxAddresses, 'address')}`;
}
