import { parseAddress } from '../model/address.ts';
import { LabError } from '../model/lab-error.ts';
import { listSwitches, withAssumptions, type Assumptions } from '../profile/assumptions.ts';
import { namedProfile, resolveProfile } from '../profile/resolve-profile.ts';
import type { ResolvedProfile } from '../profile/resolved-profile.ts';
import type { RunDocument } from '../run/run-document.ts';
import { planHostOfFacts, planHostOfProfile, withAddresses, type PlanStart } from './plan-host.ts';

/** Keys of a recorded profile that a profile file has as well. */
const PROFILE_KEYS = [
  'base',
  'addresses',
  'dynamicRanges',
  'excludedRanges',
  'autoReuseRange',
  'assumptions',
  'bindMatrix',
  'holders',
  'churn',
] as const;

/**
 * The host of a recorded run: the machine it measured, with what it found out of the open questions, or
 * the modelled host it posed as.
 * @param base whose rules hold instead; else a model's own, on a real host `documented` or Wine's
 * @throws LabError usage for a recorded profile this version can't read
 */
export function planHostOfRun(document: RunDocument, base?: ResolvedProfile): PlanStart {
  const { run } = document;
  const start =
    run.profile === null
      ? ofRealRun(document, base)
      : ofModelledRun(run.profile, run.addresses, base);
  return { ...start, host: { ...start.host, name: run.id, from: 'run' } };
}

function ofModelledRun(
  { name, resolved }: NonNullable<RunDocument['run']['profile']>,
  addresses: readonly string[],
  base: ResolvedProfile | undefined,
): PlanStart {
  // An older lab's, or anybody's: checked as a file is.
  const content = Object.fromEntries(
    PROFILE_KEYS.filter((key) => resolved[key] !== undefined).map((key) => [key, resolved[key]]),
  );
  const profile = resolveProfile(content, name);
  const known = profile.addresses.length > 0 ? profile.addresses : asAddresses(addresses);
  return planHostOfProfile(withRulesOf({ ...profile, addresses: known }, base));
}

/** Another profile's switches, and who may name whose port, on the same host. */
function withRulesOf(profile: ResolvedProfile, base: ResolvedProfile | undefined): ResolvedProfile {
  if (base === undefined) return profile;
  const { bindMatrix: _own, ...host } = profile;
  const { name, base: of, assumptions, bindMatrix } = base;
  return { ...host, name, base: of, assumptions, ...(bindMatrix !== undefined && { bindMatrix }) };
}

function ofRealRun(document: RunDocument, base?: ResolvedProfile): PlanStart {
  const { run, measures, parameters } = document;
  const { host } = run;
  const rules = base ?? namedProfile(host.wine === null ? 'documented' : 'wine-8');
  const ofThisPool = parameters['protocol'] === 'tcp' && parameters['family'] === 'ipv4';
  const others = ofThisPool ? (measures['others.before'] ?? null) : null;
  const answers = answersOf(document);
  const told = planHostOfFacts(host, others, answered(rules, answers));
  // A host that told none the lab would choose was measured on others: those are at hand.
  const used = asAddresses(run.addresses);
  const start =
    told.profile.addresses.length > 0 || used.length === 0
      ? told
      : withAddresses({ ...told, profile: { ...told.profile, addresses: used } }, used.length);
  // What was said and is now so: no other version's words, nothing of Wine.
  const holds: Readonly<Record<string, string>> = start.profile.assumptions;
  const measured =
    host.wine === null ? Object.keys(answers).filter((id) => holds[id] === answers[id]) : [];
  const all = [...new Set([...(start.host.measured ?? []), ...measured])];
  return { ...start, host: { ...start.host, measured: all } };
}

/** What the run says of switches, of TCP over IPv4: only what this version knows and the run doesn't gainsay. */
function answersOf({ answers = [] }: RunDocument): Record<string, string> {
  const said = new Map<string, string | null>();
  for (const { id, value, protocol, family } of answers) {
    if (protocol !== 'tcp' || family !== 'ipv4') continue;
    said.set(id, said.has(id) && said.get(id) !== value ? null : value);
  }
  return Object.fromEntries(
    [...said].flatMap(([id, value]) => (value === null ? [] : [[id, value]])),
  );
}

function answered(base: ResolvedProfile, answers: Record<string, string>): ResolvedProfile {
  let assumptions: Assumptions = base.assumptions;
  const known = new Set<string>(listSwitches(assumptions).map(({ id }) => id));
  for (const [id, value] of Object.entries(answers)) {
    if (!known.has(id)) continue;
    try {
      assumptions = withAssumptions(assumptions, { [id]: value });
    } catch (error) {
      // A value of another version: the base's stands.
      if (!(error instanceof LabError)) throw error;
    }
  }
  return { ...base, assumptions };
}

/** Those of IPv4, which is what plans are for. */
function asAddresses(addresses: readonly string[]): ResolvedProfile['addresses'] {
  return addresses
    .filter((address) => parseAddress(address)?.family === 'ipv4')
    .map((address) => ({ address, adapter: 'default' }));
}
