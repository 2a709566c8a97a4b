import { formatNumber } from '../chart/format.ts';
import { runLetter } from '../chart/run-letter.ts';
import { keepsWhatItBinds } from '../chart/run-range.ts';
import { count } from '../model/words.ts';
import { ADDRESS_CLASS_WORDS, isScriptRun } from '../run/run-words.ts';
import type { Basis } from '../run/run-document.ts';
import type { Compared } from './cautions.ts';
import type { ComparedFact, ComparedMeasure, FlippedClaim } from './compare-document.ts';
import { figureWords } from './figure-words.ts';
import { testedOutcomes } from './flipped-claims.ts';
import { referenceOf } from './reference.ts';
import { joined, lettersBy, numberWord } from './run-names.ts';

/** Claims of which it is told who says what; the others are counted. */
const MOST_NAMED = 3;
/** Claims that are named without. */
const MOST_CLAIMS = 6;
/** More than three lines of a heading are no sentence. */
const LONGEST = 160;

/** What runs may differ in that explains most, in the order worth naming. */
const TELLING: readonly string[] = [
  'os.build',
  'wine',
  'profile',
  'dynamicRanges.tcp4',
  'dynamicRanges.tcp6',
  'dynamicRanges.udp4',
  'dynamicRanges.udp6',
  'autoReuseRange',
  'excludedRanges.tcp4',
  'labVersion',
];

/** The answer of a comparison: what flipped, else what is the same and what may yet tell the runs apart. */
export function sentenceOf(compared: Compared, flipped: readonly FlippedClaim[]): string {
  const { steps } = compared;
  if (steps.compared !== null) {
    const of = count(steps.compared, 'step');
    return steps.differing === 0
      ? `All ${of} were answered alike${differingWords(compared.facts)}`
      : `${numberWord(steps.differing)} of ${of} ${steps.differing === 1 ? 'was' : 'were'} answered otherwise`;
  }
  if (compared.documents.every(({ run }) => isScriptRun(run))) {
    return 'The scripts do not make the same steps';
  }
  if (flipped.length > 0) {
    return flippedWords(flipped, compared.bases);
  }
  return `${unflippedWords(compared)}${boundWords(compared)}${differingWords(compared.facts)}`;
}

/** Of many runs only which claims: who said what of each is in the table below. */
function flippedWords(flipped: readonly FlippedClaim[], bases: readonly Basis[]): string {
  const what = `${numberWord(flipped.length)} ${flipped.length === 1 ? 'claim' : 'claims'} flipped`;
  const told = ended(
    flipped.slice(0, MOST_NAMED).map((flip) => flipWords(flip, flipped, bases)),
    flipped.length,
  );
  if (told.length <= LONGEST) return `${what}: ${told}`;
  const claims = [...new Set(flipped.map(({ claim }) => claim))];
  const named = joined(
    claims.length > MOST_CLAIMS
      ? [...claims.slice(0, MOST_CLAIMS), `${claims.length - MOST_CLAIMS} more`]
      : claims,
  );
  return `${what} among ${bases.length} runs: ${named}`;
}

function ended(named: readonly string[], of: number): string {
  const more = of - named.length;
  return `${named.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

function flipWords(
  { claim, addressClass, outcomes }: FlippedClaim,
  all: readonly FlippedClaim[],
  bases: readonly Basis[],
): string {
  const twice = all.filter((other) => other.claim === claim).length > 1;
  const name = twice ? `${claim} (${ADDRESS_CLASS_WORDS[addressClass]})` : claim;
  const mixed = new Set(bases).size > 1;
  const words = [...new Set(outcomes)]
    .filter((outcome) => outcome !== null && outcome !== 'untested')
    .map((outcome) => {
      const runs = outcomes.flatMap((other, at) =>
        other === outcome ? [`${runLetter(at)}${mixed ? ` (${bases[at]})` : ''}`] : [],
      );
      return `${String(outcome)} on ${joined(runs)}`;
    });
  return `${name} ${words.join(', ')}`;
}

function unflippedWords({ across }: Compared): string {
  const alike = across.filter((entry) => testedOutcomes(entry).length > 1).length;
  return alike === 0
    ? 'No claim was tested by two of these runs on the same kind of addresses'
    : `Nothing flipped: ${count(alike, 'claim')} came out alike`;
}

function kindOf({ name }: Pick<ComparedFact, 'name'>): string {
  return name.startsWith('dynamicRanges.') ? 'dynamicRanges' : name;
}

/** The largest difference in ports held, where there is one; the option's arm before others. */
function boundWords({ documents, measures, bases }: Compared): string {
  const held = documents.every(
    (document) =>
      document.experiments === undefined &&
      document.run.experiment === documents[0]?.run.experiment &&
      keepsWhatItBinds(document),
  );
  if (!held) return '';
  const bound = measures.filter(({ name }) => name.endsWith('.bound'));
  if (bound.length === 0) return '';
  const differing = bound
    .flatMap((measure) => measure.deltas.map((delta, at) => ({ measure, at, delta: delta ?? 0 })))
    .filter(({ delta }) => delta !== 0)
    .toSorted((a, b) => rank(a.measure) - rank(b.measure) || Math.abs(b.delta) - Math.abs(a.delta));
  const [most] = differing;
  if (most === undefined) {
    const pairs = bound.some(({ deltas }) => deltas.some((delta) => delta !== null));
    return pairs ? ', and as many ports were bound' : '';
  }
  const { measure, at } = most;
  const from = referenceOf(bases, at) ?? 0;
  const [own, other] = [measure.values[at] ?? 0, measure.values[from] ?? 0];
  return `; ${figureWords(measure).of} bound ${formatNumber(own)} on ${runLetter(at)} instead of ${formatNumber(other)} on ${runLetter(from)}`;
}

function rank({ name }: ComparedMeasure): number {
  return name.includes('port-scalability') ? 0 : 1;
}

/**
 * `; they differ in build (A 20348, B 26100)`: the first of what may explain a difference, or its
 * absence. Of more than two runs without the values, which are all in the facts.
 */
function differingWords(facts: readonly ComparedFact[]): string {
  const telling = TELLING.flatMap((name) =>
    facts.filter((fact) => {
      const known = new Set(fact.values.filter((value) => value !== null));
      return fact.name === name && fact.differs && known.size > 1;
    }),
  )
    // Four pools mostly have one range: one of them is enough.
    .filter(
      ({ name }, at, all) => all.findIndex((other) => kindOf(other) === kindOf({ name })) === at,
    )
    .slice(0, 2);
  const words = telling.map(({ words: what, values }) => {
    const said = lettersBy(values).filter(([value]) => value !== null);
    const label = what.slice(0, 1).toLowerCase() + what.slice(1);
    return values.length > 2
      ? label
      : `${label} (${said.map(([value, letters]) => `${letters} ${String(value)}`).join(', ')})`;
  });
  return words.length === 0 ? '' : `; they differ in ${joined(words)}`;
}
