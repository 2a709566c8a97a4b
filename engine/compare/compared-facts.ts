import type { RunDocument } from '../run/run-document.ts';
import type { ComparedFact, FactGroup, FactValue } from './compare-document.ts';
import type { Fact } from './fact.ts';
import { hostFacts, profileFacts } from './host-facts.ts';
import { namingOf } from './run-figures.ts';
import { armFacts, experimentFacts, parameterFacts, runFacts } from './run-facts.ts';

/**
 * Everything runs can differ in beside their figures. Of the profiles' switches only those that
 * differ: the others are some forty, and alike.
 */
export function comparedFacts(documents: readonly RunDocument[]): ComparedFact[] {
  const { byPart } = namingOf(documents);
  const [first] = documents;
  const alike = documents.every(({ run }) => run.experiment === first?.run.experiment);
  // Elsewhere what a run does not say is unknown, or another experiment's: that is no difference.
  const missingDiffers: readonly FactGroup[] = alike
    ? ['run', 'parameters', 'experiments']
    : ['run'];
  const byRun = documents.map((document) => [
    ...runFacts(document),
    ...hostFacts(document.run),
    ...parameterFacts(document),
    ...profileFacts(document.run),
    ...experimentFacts(document),
    ...armFacts(document, byPart),
  ]);
  return merged(byRun, missingDiffers).filter(
    ({ group, differs }) => group !== 'profile' || differs,
  );
}

function merged(
  byRun: readonly (readonly Fact[])[],
  missingDiffers: readonly FactGroup[],
): ComparedFact[] {
  const found = new Map<string, { readonly fact: Fact; readonly values: FactValue[] }>();
  for (const [at, facts] of byRun.entries()) {
    for (const fact of facts) {
      const key = `${fact.group} ${fact.name}`;
      const entry = found.get(key) ?? { fact, values: byRun.map(() => null) };
      entry.values[at] = fact.value;
      found.set(key, entry);
    }
  }
  const all = [...found.values()].map(({ fact: { name, group, words }, values }) => ({
    name,
    group,
    words,
    values,
    differs: differ(
      missingDiffers.includes(group) ? values : values.filter((value) => value !== null),
    ),
  }));
  // A later run may have brought facts of groups that were there before.
  const groups = [...new Set(all.map(({ group }) => group))];
  return all.toSorted((a, b) => groups.indexOf(a.group) - groups.indexOf(b.group));
}

function differ(values: readonly FactValue[]): boolean {
  return values.some((value) => value !== values[0]);
}
