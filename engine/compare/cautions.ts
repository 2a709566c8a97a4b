import { thousands } from '../model/words.ts';
import { ADDRESS_CLASS_WORDS, isScriptRun } from '../run/run-words.ts';
import type { Basis, RunDocument, RunStatus } from '../run/run-document.ts';
import type { ComparedFact, ComparedMeasure } from './compare-document.ts';
import { testedOutcomes, type ClaimAcross } from './flipped-claims.ts';
import { classOf } from './run-facts.ts';
import { each, joined, lettersBy } from './run-names.ts';
import type { ComparedSteps } from './step-facts.ts';

/** What cautions are drawn from. */
export interface Compared {
  readonly documents: readonly RunDocument[];
  readonly bases: readonly Basis[];
  readonly measures: readonly ComparedMeasure[];
  readonly facts: readonly ComparedFact[];
  readonly across: readonly ClaimAcross[];
  readonly steps: ComparedSteps;
}

const BASIS_WORDS: Readonly<Record<Basis, string>> = {
  measured: 'measured on Windows',
  wine: 'Wine',
  modelled: 'simulated',
};

const UNFINISHED: Readonly<Record<RunStatus, string | null>> = {
  running: 'still being recorded',
  complete: null,
  cancelled: 'cancelled',
  interrupted: 'interrupted',
  failed: 'broken off by a failure',
  'stopped-for-safety': 'stopped for safety',
};

/** Parameters that change what is told of a run and nothing in it. */
const OF_TELLING: readonly string[] = ['ports'];

/** Claims of full runs may all differ so. */
const MOST_CLAIMS = 4;

/** A full run has dozens of arms, and the facts tell them all. */
const MOST_ENDS = 3;

/** What stands between the runs and a fair comparison, the gravest first. */
export function cautionsOf(compared: Compared): string[] {
  return [
    ofBases(compared),
    ofStatus(compared),
    ofExperiments(compared),
    ofAddresses(compared),
    ...ofClasses(compared),
    ofHosts(compared),
    ofParameters(compared),
    ...ofEnds(compared),
    ofSteps(compared),
    ofTime(compared),
  ].filter((caution) => caution !== null);
}

function ofBases({ bases }: Compared): string | null {
  const by = lettersBy(bases);
  if (by.length < 2) return null;
  const words = by.map(([basis, letters]) => `${letters} ${are(letters)} ${BASIS_WORDS[basis]}`);
  const measured = by.find(([basis]) => basis === 'measured')?.[1];
  const evidence =
    measured === undefined
      ? 'none of them is evidence about Windows'
      : `only ${measured} ${are(measured)} evidence about Windows`;
  return `${joined(words)}: nothing is subtracted or averaged between them, and ${evidence}.`;
}

function ofStatus({ documents }: Compared): string | null {
  const by = lettersBy(documents.map(({ run }) => UNFINISHED[run.status])).filter(
    ([status]) => status !== null,
  );
  if (by.length === 0) return null;
  const words = by.map(([status, letters]) => `${letters} ${are(letters)} ${String(status)}`);
  return `${joined(words)}: figures stand as far as each came.`;
}

function ofExperiments({ documents }: Compared): string | null {
  const ran = documents.map(({ run }) => run.experiment);
  if (alike(ran)) return null;
  return `Different experiments (${each(ran, shown)}): figures stand side by side where two runs have them, under the experiment’s name.`;
}

function ofAddresses({ documents }: Compared): string | null {
  const used = documents.map(({ run }) => run.addresses.length);
  if (alike(used) || !alike(documents.map(({ run }) => run.experiment))) return null;
  return `Different numbers of addresses (${each(used, thousands)}): totals are no match, figures on one address are.`;
}

/** Beside the kinds themselves, claims that came out otherwise only on another kind. */
function ofClasses({ documents, across }: Compared): string[] {
  const classes = documents.map(classOf);
  if (alike(classes)) return [];
  const claims = [...new Set(across.map(({ claim }) => claim))].filter((id) => {
    const ofIt = across.filter(({ claim }) => claim === id).map(testedOutcomes);
    return ofIt.every(alike) && !alike(ofIt.flat());
  });
  return [
    `Different kinds of addresses (${each(classes, (one) => ADDRESS_CLASS_WORDS[one])}): what one kind shows says nothing about another.`,
    ...claims.slice(0, MOST_CLAIMS).map((claim) => {
      const ofIt = across.filter((entry) => entry.claim === claim);
      const words = ofIt.flatMap(({ addressClass, said }) =>
        lettersBy(said.map((result) => result?.outcome ?? null))
          .filter(([outcome]) => outcome !== null && outcome !== 'untested')
          .map(
            ([outcome, letters]) =>
              `${String(outcome)} on ${ADDRESS_CLASS_WORDS[addressClass]} (${letters})`,
          ),
      );
      return `${claim} came out ${joined(words)}: no flip, since the kinds of addresses differ.`;
    }),
  ];
}

/** Two machines; the same one with another build is what a before and after is about. */
function ofHosts({ documents, bases }: Compared): string | null {
  const hosts = documents.map(({ run: { host } }, at) =>
    bases[at] === 'modelled' ? null : host.hostname,
  );
  if (alike(hosts.filter((host) => host !== null))) return null;
  const words = lettersBy(hosts)
    .filter(([host]) => host !== null)
    .map(([host, letters]) => `${letters} ${String(host)}`);
  return `Different machines (${words.join(', ')}): a difference may be the machine’s, not the system’s.`;
}

function ofParameters({ documents, facts }: Compared): string | null {
  const ran = documents.map(({ run }) => run.experiment);
  if (!alike(ran) || documents.some(({ run }) => isScriptRun(run))) return null;
  const differing = facts.filter(
    ({ group, name, differs }) => group === 'parameters' && differs && !OF_TELLING.includes(name),
  );
  if (differing.length === 0) return null;
  const names = differing.map(({ name, values }) => `${name} (${each(values, shown)})`);
  return `Different parameters: ${joined(names)}.`;
}

/** What stopped at a limit is no ceiling, and can't be set against one. */
function ofEnds({ facts }: Compared): string[] {
  return facts
    .filter(({ group, name, differs }) => group === 'arms' && name.endsWith('.ended') && differs)
    .slice(0, MOST_ENDS)
    .map(({ words, values }) => {
      const arm = words.slice(0, words.lastIndexOf(':'));
      const limited = values.some((value) => String(value).startsWith('stopped at'));
      return `${arm} did not end alike: ${each(values, shown)}.${limited ? ' What ended at a limit is no ceiling.' : ''}`;
    });
}

function ofSteps({ documents, steps }: Compared): string | null {
  if (steps.compared !== null) return null;
  return documents.every(({ run }) => isScriptRun(run))
    ? 'The scripts do not make the same steps, so their answers are not compared.'
    : null;
}

function ofTime({ measures, bases }: Compared): string | null {
  const modelled = lettersBy(bases).find(([basis]) => basis === 'modelled')?.[1];
  if (modelled === undefined || !measures.some(({ convention }) => convention.includes(true))) {
    return null;
  }
  return `Times of ${modelled} are virtual, 1 µs a call by convention: they say nothing of speed, and no difference is taken of them.`;
}

function alike(values: readonly unknown[]): boolean {
  return new Set(values).size < 2;
}

function are(letters: string): 'is' | 'are' {
  return letters.includes(' and ') ? 'are' : 'is';
}

function shown(value: unknown): string {
  return value === null || value === '' ? 'none' : String(value);
}
