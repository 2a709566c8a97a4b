import { sharesName } from '../chart/strategy-style.ts';
import { measureName } from '../run/measures/measure-meaning.ts';
import type { Arm, Part, RunDocument } from '../run/run-document.ts';

/** The arms and figures of one experiment; a full run has a block for each of its own. */
export interface Block {
  /** `sweep`, `sweep.udp`; null for what is of no experiment but of the whole of a full run. */
  readonly part: string | null;
  readonly arms: readonly Arm[];
  readonly measures: Readonly<Record<string, number>>;
}

/**
 * A run taken apart by experiment, so that the sweep of a full run stands beside a sweep run alone.
 * What did not run is left out.
 */
export function blocksOf(document: RunDocument): Block[] {
  const { run, parameters, arms, measures, experiments } = document;
  if (experiments === undefined) {
    return [{ part: partKey({ id: run.experiment, parameters }), arms, measures }];
  }
  const ran = experiments.filter(({ status }) => status !== 'refused');
  const told = new Set(
    ran.flatMap((part) =>
      Object.keys(part.measures).map((name) => `${recordedName(part, parameters)}.${name}`),
    ),
  );
  const rest = Object.entries(measures).filter(([name]) => !told.has(name));
  const speeds = new Map<Part, [string, number][]>();
  const whole: [string, number][] = [];
  for (const [name, value] of rest) {
    const home = homeOf(name, arms, ran);
    if (home === null) whole.push([name, value]);
    else speeds.set(home.part, [...(speeds.get(home.part) ?? []), [home.name, value]]);
  }
  return [
    ...ran.map((part) => ({
      part: partKey(part),
      arms: part.arms,
      measures: { ...part.measures, ...Object.fromEntries(speeds.get(part) ?? []) },
    })),
    { part: null, arms: [], measures: Object.fromEntries(whole) },
  ];
}

/** An experiment's name among others: with its protocol where that is UDP. */
export function partKey({ id, parameters }: Pick<Part, 'id' | 'parameters'>): string {
  return parameters['protocol'] === 'udp' ? `${id}.udp` : id;
}

/** What a part's measures begin with in a full run's own: its protocol where that is not the run's. */
function recordedName({ id, parameters }: Part, ofRun: RunDocument['parameters']): string {
  const { protocol } = parameters;
  return protocol === ofRun['protocol'] ? id : `${id}.${String(protocol)}`;
}

/**
 * An arm's name in measures: its strategy, and its place in the experiment where that alone would
 * not tell it apart. By arm index.
 */
export function armKeys(arms: readonly Arm[]): ReadonlyMap<number, string> {
  const first = Math.min(...arms.map(({ index }) => index));
  return new Map(
    arms.map(({ strategy, label, index }) => {
      const alone = label === undefined && !sharesName(arms, strategy);
      return [index, alone ? strategy : `${strategy}-${index - first + 1}`];
    }),
  );
}

/** The speeds of a full run's arms carry their place in the whole run. */
function homeOf(
  name: string,
  arms: readonly Arm[],
  parts: readonly Part[],
): { readonly part: Part; readonly name: string } | null {
  const { strategy, arm, rest } = measureName(name);
  if (strategy === null) return null;
  const index = arm ?? arms.find((one) => one.strategy === strategy)?.index;
  const part = parts.find((one) => one.arms.some((own) => own.index === index));
  if (part === undefined || index === undefined) return null;
  const key = armKeys(part.arms).get(index);
  return key === undefined ? null : { part, name: `${key}.${rest}` };
}
