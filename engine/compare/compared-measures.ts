import type { Basis, RunDocument } from '../run/run-document.ts';
import type { ComparedMeasure } from './compare-document.ts';
import { figureWords } from './figure-words.ts';
import { referenceOf } from './reference.ts';
import { figuresOf, namingOf, type Figure } from './run-figures.ts';

/** All figures of all runs side by side: by experiment, the whole before its arms, the run's own last. */
export function comparedMeasures(
  documents: readonly RunDocument[],
  bases: readonly Basis[],
): ComparedMeasure[] {
  const naming = namingOf(documents);
  const byRun = documents.map(
    (document) => new Map(figuresOf(document, naming).map((figure) => [figure.name, figure])),
  );
  return inOrder(byRun.flatMap((figures) => [...figures.values()])).map(({ name, part }) => {
    const values = byRun.map((figures) => figures.get(name)?.value ?? null);
    const { kind } = figureWords({ name, part });
    const convention = bases.map(
      (basis, at) => kind === 'speed' && basis === 'modelled' && values[at] !== null,
    );
    const comparable = kind !== 'code' && kind !== 'port';
    return {
      name,
      part,
      kind,
      values,
      deltas: values.map((_, at) =>
        comparable && convention[at] === false ? deltaOf(values, bases, at) : null,
      ),
      convention,
    };
  });
}

function deltaOf(
  values: readonly (number | null)[],
  bases: readonly Basis[],
  at: number,
): number | null {
  const reference = referenceOf(bases, at);
  const [own, other] = [
    values[at] ?? null,
    reference === null ? null : (values[reference] ?? null),
  ];
  return own === null || other === null ? null : own - other;
}

/** Once each, kept together by experiment and arm in the order these first come up. */
function inOrder(figures: readonly Figure[]): Figure[] {
  const unique = new Map<string, Figure>();
  for (const figure of figures) if (!unique.has(figure.name)) unique.set(figure.name, figure);
  const groupOf = ({ name, part }: Figure): string =>
    name.startsWith('run.') ? 'run' : (part ?? '');
  const groups = new Set([...unique.values()].map(groupOf));
  // The run's own figures are no experiment's, and the same for all.
  groups.delete('run');
  const [places, arms] = [[...groups, 'run'], new Set<string>([''])];
  for (const { arm } of unique.values()) arms.add(arm);
  const armPlaces = [...arms];
  return [...unique.values()].toSorted(
    (a, b) =>
      places.indexOf(groupOf(a)) - places.indexOf(groupOf(b)) ||
      armPlaces.indexOf(a.arm) - armPlaces.indexOf(b.arm),
  );
}
