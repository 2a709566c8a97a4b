import type { AddressClass, Basis, ClaimOutcome, RunDocument } from '../run/run-document.ts';
import { CLAIMS, type Claim } from './claims.ts';

/** How a claim came out on one host, one kind of addresses, and one kind of evidence. */
export interface HostOutcome {
  /** The machine; for a model, the machine that worked it out. */
  readonly host: string;
  readonly build: string;
  readonly wine: string | null;
  /** The profile a model posed as; null for real sockets. */
  readonly profile: string | null;
  readonly outcome: ClaimOutcome;
  readonly basis: Basis;
  readonly addressClass: AddressClass;
  /** The runs that say so, newest first. */
  readonly runs: readonly string[];
}

export interface ClaimRow {
  readonly id: string;
  readonly text: string;
  readonly source: string;
  /** Empty where no run has tested it. */
  readonly hosts: readonly HostOutcome[];
}

const BASIS_ORDER: Readonly<Record<Basis, number>> = { measured: 0, wine: 1, modelled: 2 };

/**
 * The documented claims, and how each came out per host: measured evidence first, then Wine, then
 * models, never merged with each other. Within one of these, settled beats inconclusive, and confirmed
 * against refuted is inconclusive. An id no claim has (a run of another version) gets a row at the end.
 * @param runs newest first, ended ones
 */
export function claimsByHost(runs: readonly Pick<RunDocument, 'run' | 'claims'>[]): ClaimRow[] {
  const found = new Map<string, Map<string, Group>>(CLAIMS.map(({ id }) => [id, new Map()]));
  for (const { run, claims } of runs) {
    for (const { id, outcome, basis, addressClass } of claims) {
      const groups = found.get(id) ?? new Map<string, Group>();
      found.set(id, groups);
      const { hostname: host, os, wine } = run.host;
      const profile = run.profile?.name ?? null;
      const about = { host, build: os.build, wine, profile, basis, addressClass };
      const key = JSON.stringify(about);
      const group = groups.get(key) ?? { about, said: [] };
      groups.set(key, group);
      group.said.push({ run: run.id, outcome });
    }
  }
  const known = new Map<string, Claim>(CLAIMS.map((claim) => [claim.id, claim]));
  return [...found].map(([id, groups]) => ({
    id,
    text: known.get(id)?.says ?? 'a claim this version of the lab does not know',
    source: known.get(id)?.source ?? 'a recorded run',
    hosts: [...groups.values()]
      .map(({ about, said }) => ({ ...about, ...merged(said) }))
      .toSorted((a, b) => BASIS_ORDER[a.basis] - BASIS_ORDER[b.basis]),
  }));
}

interface Group {
  readonly about: Omit<HostOutcome, 'outcome' | 'runs'>;
  readonly said: { readonly run: string; readonly outcome: ClaimOutcome }[];
}

/** What holds of what several runs say, and those that say it. */
function merged(said: Group['said']): Pick<HostOutcome, 'outcome' | 'runs'> {
  const saying = (...outcomes: ClaimOutcome[]): string[] =>
    said.filter(({ outcome }) => outcomes.includes(outcome)).map(({ run }) => run);
  const [confirmed, refuted] = [saying('confirmed'), saying('refuted')];
  if (confirmed.length > 0 && refuted.length > 0) {
    return { outcome: 'inconclusive', runs: saying('confirmed', 'refuted') };
  }
  if (confirmed.length > 0) return { outcome: 'confirmed', runs: confirmed };
  if (refuted.length > 0) return { outcome: 'refuted', runs: refuted };
  const undecided = saying('inconclusive');
  if (undecided.length > 0) return { outcome: 'inconclusive', runs: undecided };
  return { outcome: 'untested', runs: saying('untested') };
}
