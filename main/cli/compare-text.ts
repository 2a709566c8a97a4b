import { runLetter } from '#engine/chart/run-letter.ts';
import type {
  CompareDocument,
  ComparedFact,
  ComparedMeasure,
  FactGroup,
} from '#engine/compare/compare-document.ts';
import { figureWords } from '#engine/compare/figure-words.ts';
import {
  differingMeasures,
  factValueWords,
  figureValueWords,
  shareWords,
} from '#engine/compare/worth-showing.ts';
import { referenceOf } from '#engine/compare/reference.ts';
import { joined } from '#engine/compare/run-names.ts';
import { count, thousands } from '#engine/model/words.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import { ADDRESS_CLASS_WORDS } from '#engine/run/run-words.ts';
import type { Console } from './console.ts';
import { badge } from './run-text.ts';
import { table, type Column } from './table.ts';
import { wrapped } from './wrapped.ts';

const GROUP_TITLES: Readonly<Record<FactGroup, string>> = {
  run: 'Run',
  host: 'Host',
  parameters: 'Parameters',
  profile: 'Profile',
  arms: 'Arms',
  experiments: 'Experiments',
  steps: 'Steps',
};

/** A comparison for a terminal: the answer, the runs, what to beware of, then the evidence. */
export function compareText(
  comparison: CompareDocument,
  runs: readonly RunDocument[],
  all: boolean,
  out: Console,
): string {
  const { sentence, cautions, flipped } = comparison;
  const figures = all ? comparison.measures : differingMeasures(comparison.measures);
  const facts = comparison.facts.filter((fact) => all || fact.differs);
  const alike = [
    hidden(comparison.measures.length - figures.length, 'figure'),
    hidden(comparison.facts.length - facts.length, 'fact'),
  ].filter((words) => words !== '');
  const sections: readonly (readonly [title: string, text: string])[] = [
    ['', runsTable(runs)],
    ['Beware', cautions.map((caution) => wrapped(caution, 2)).join('\n')],
    ['Flipped claims', flipped.length === 0 ? '' : flippedTable(comparison)],
    ['Figures', figures.length === 0 ? '' : figuresTable(figures, comparison)],
    ['Facts', facts.length === 0 ? '' : factsTable(facts, runs.length)],
  ];
  return [
    out.bold(sentence),
    ...sections
      .filter(([, text]) => text !== '')
      .flatMap(([title, text]) => ['', ...(title === '' ? [] : [out.bold(title)]), text]),
    ...(alike.length === 0 ? [] : ['', `Alike, or of one run only: ${joined(alike)}; see --all.`]),
  ].join('\n');
}

function runsTable(runs: readonly RunDocument[]): string {
  return table(
    [
      { title: '' },
      { title: 'What' },
      { title: 'Experiment' },
      { title: 'Host' },
      { title: 'Build' },
      { title: 'Started, UTC' },
      { title: 'Id' },
      { title: 'Title' },
    ],
    runs.map((document, at) => {
      const { run } = document;
      return [
        runLetter(at),
        badge(document),
        run.experiment,
        run.host.hostname,
        run.stack === 'simulated' ? '–' : run.host.os.build,
        run.startedAt.slice(0, 16).replace('T', ' '),
        run.id,
        run.title ?? '',
      ];
    }),
  );
}

function flippedTable({ flipped, runs }: CompareDocument): string {
  return table(
    [{ title: 'Claim' }, { title: 'Addresses' }, ...runColumns(runs.length, false)],
    flipped.map(({ claim, addressClass, outcomes, bases }) => [
      claim,
      ADDRESS_CLASS_WORDS[addressClass],
      ...outcomes.map((outcome, at) =>
        outcome === null ? '–' : `${outcome} (${String(bases[at])})`,
      ),
    ]),
  );
}

function figuresTable(
  figures: readonly ComparedMeasure[],
  { bases }: Pick<CompareDocument, 'bases'>,
): string {
  const references = bases.map((_, at) => referenceOf(bases, at));
  const columns = references.flatMap((reference, at): Column[] => {
    const own = { title: runLetter(at), right: true };
    if (reference === null) return [own];
    const than = runLetter(reference);
    return [own, { title: `${runLetter(at)} − ${than}`, right: true }, { title: '%', right: true }];
  });
  const rows = table(
    [{ title: 'Of' }, { title: 'Figure' }, { title: 'Unit' }, ...columns],
    figures.map((measure) => {
      const figure = figureWords(measure);
      const { of, words, unit } = figure;
      const shown = (value: number | null | undefined): string =>
        value === null || value === undefined ? '–' : figureValueWords(figure, value);
      return [
        of,
        words,
        unit,
        ...references.flatMap((reference, at) => {
          const value = `${shown(measure.values[at])}${measure.convention[at] === true ? ' v' : ''}`;
          if (reference === null) return [value];
          const delta = measure.deltas[at] ?? null;
          return [
            value,
            signed(delta, shown),
            shareWords(delta, measure.values[reference] ?? null),
          ];
        }),
      ];
    }),
  );
  const virtual = figures.some(({ convention }) => convention.includes(true));
  return virtual ? `${rows}\nv: virtual time, 1 µs a call by convention` : rows;
}

function signed(delta: number | null, shown: (value: number) => string): string {
  if (delta === null) return '–';
  return delta > 0 ? `+${shown(delta)}` : shown(delta);
}

function factsTable(facts: readonly ComparedFact[], runs: number): string {
  return table(
    [{ title: '' }, { title: 'Of' }, { title: 'Fact' }, ...runColumns(runs, false)],
    facts.map(({ name, group, words, values, differs: other }) => [
      other ? '≠' : '',
      GROUP_TITLES[group],
      short(group === 'profile' ? name : words, LONGEST_FACT),
      ...values.map((value) => short(factValueWords({ name, group }, value, thousands), LONGEST)),
    ]),
  );
}

/** A line must stay a line; `--json` has it all. */
const LONGEST = 44;
const LONGEST_FACT = 64;

function short(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

function runColumns(runs: number, right: boolean): Column[] {
  return Array.from({ length: runs }, (_, at) => ({ title: runLetter(at), right }));
}

function hidden(rows: number, noun: string): string {
  return rows === 0 ? '' : count(rows, noun);
}
