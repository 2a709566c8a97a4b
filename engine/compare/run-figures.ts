import { measureName } from '../run/measures/measure-meaning.ts';
import type { Arm, RunDocument } from '../run/run-document.ts';
import { armKeys, blocksOf, type Block } from './part-blocks.ts';

/** A figure of one run, and where it belongs among the others. */
export interface Figure {
  readonly name: string;
  readonly part: string | null;
  /** Of its arm; '' where it is of an experiment as a whole. */
  readonly arm: string;
  readonly value: number;
}

/** How the figures of several runs are named alike. */
export interface Naming {
  /** Names begin with the experiment: some run has several, or they differ in theirs. */
  readonly byPart: boolean;
  /** All runs used these addresses, which then name what is theirs; else they are numbered. */
  readonly addresses: readonly string[] | null;
}

/** Addresses of which each has a row of its own; beyond, the least and the most of them. */
const MOST_ADDRESSES = 16;

export function namingOf(documents: readonly RunDocument[]): Naming {
  const [first] = documents;
  const runs = documents.map(({ run }) => run);
  const addresses = first?.run.addresses ?? [];
  return {
    byPart:
      documents.some(({ experiments }) => experiments !== undefined) ||
      runs.some(({ experiment }) => experiment !== first?.run.experiment),
    addresses: runs.every((run) => run.addresses.join() === addresses.join()) ? addresses : null,
  };
}

/**
 * Every figure of a run: what its arms came to, what it recorded itself, and, under `run.`, what is of
 * the run whatever its experiment.
 */
export function figuresOf(document: RunDocument, naming: Naming): Figure[] {
  const { run, safety } = document;
  const whole: readonly (readonly [string, number])[] = [
    ['run.durationNs', run.durationNs],
    ['run.eventCount', run.eventCount],
    ['run.addresses', run.addresses.length],
    ['run.peakHeld', safety.peakHeld],
    ['run.openAfter', safety.openAfter],
  ];
  return [
    ...blocksOf(document).flatMap((block) => figuresIn(block, run.addresses, naming)),
    ...whole.map(([name, value]) => ({ name, part: null, arm: '', value })),
  ];
}

function figuresIn(block: Block, addresses: readonly string[], naming: Naming): Figure[] {
  const part = naming.byPart ? block.part : null;
  const full = (name: string): string => (part === null ? name : `${part}.${name}`);
  const keys = armKeys(block.arms);
  // One experiment of a full run may use fewer addresses than the run has.
  const held = new Set(block.arms.flatMap(({ perAddress }) => Object.keys(perAddress)));
  const used = [...new Set([...addresses.filter((one) => held.has(one)), ...held])];
  const figures = new Map<string, Figure>();
  const add = (arm: string, name: string, value: number): void => {
    figures.set(name, { name: full(name), part, arm, value });
  };
  for (const arm of block.arms) {
    const key = keys.get(arm.index) ?? arm.strategy;
    for (const [name, value] of armFigures(arm, used, naming)) add(key, `${key}.${name}`, value);
  }
  for (const [name, value] of Object.entries(block.measures)) {
    const { strategy, arm } = measureName(name);
    add(strategy === null ? '' : `${strategy}${arm === null ? '' : `-${arm}`}`, name, value);
  }
  return [...figures.values()];
}

function armFigures(
  { bound, overlap, perAddress }: Arm,
  addresses: readonly string[],
  naming: Naming,
): (readonly [name: string, value: number])[] {
  const counts = addresses.map(
    (address) =>
      [address, Object.hasOwn(perAddress, address) ? (perAddress[address] ?? 0) : 0] as const,
  );
  const values = counts.map(([, count]) => count);
  const each = counts.length > 1 && counts.length <= MOST_ADDRESSES;
  return [
    ['bound', bound],
    ['overlap', overlap],
    ...(counts.length < 2
      ? []
      : ([
          ['perAddress.least', Math.min(...values)],
          ['perAddress.most', Math.max(...values)],
        ] as const)),
    ...(each
      ? counts.map(
          ([address, count], at) =>
            [`perAddress.${naming.addresses === null ? at + 1 : address}`, count] as const,
        )
      : []),
  ];
}
