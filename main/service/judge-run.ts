import type { Evidence } from '#engine/claim/evidence.ts';
import type { FullEvidence } from '#engine/claim/rules/full-evidence.ts';
import { answersOf, settleClaims } from '#engine/claim/settle.ts';
import type { ClaimResult, RunDocument, RunHead, RunStatus } from '#engine/run/run-document.ts';
import { adaptersOf } from '#engine/verdict/address-class.ts';
import { findingsOf } from '#engine/verdict/findings.ts';
import { judgeParts, type JudgedParts } from '#engine/verdict/judge-parts.ts';
import { verdictSentence } from '#engine/verdict/verdict.ts';
import type { Outcome } from '#engine/experiment/experiment.ts';
import { lessPorts, type Execution } from './execute-run.ts';
import type { PreparedRun } from './prepare.ts';
import { adaptersOfProfile } from './standing.ts';
import { commandOf, type RunRequest } from './run-request.ts';

/** What recording says of a run by itself. */
export type Made = Pick<RunHead, 'id' | 'startedAt' | 'labVersion' | 'version'>;

/** The document of a run that begins now: everything that is known before the first socket. */
export function initialDocument(prepared: PreparedRun, made: Made): RunDocument {
  const { request, host, addresses, seed, parameters, limits, experiment } = prepared;
  return {
    run: newHead(prepared, made, { experiment: experiment.id, title: request.title, addresses }),
    parameters: { ...parameters },
    measures: {},
    arms: [],
    claims: [],
    findings: [],
    verdict: 'The run has not ended.',
    safety: {
      exhaustive: limits.exhaustive && !experiment.safe,
      reserve: limits.reserve,
      maxSockets: limits.maxSockets,
      maxSeconds: limits.maxSeconds,
      peakHeld: 0,
      openAfter: 0,
    },
    command: commandOf(request, { stack: host.stack, addresses, seed }),
  };
}

/** The head of a run that begins now, of an experiment or of a script. */
export function newHead(
  {
    request,
    host,
    profile,
    seed,
  }: Pick<PreparedRun, 'host' | 'profile' | 'seed'> & {
    readonly request: Pick<RunRequest, 'tags' | 'ffi'>;
  },
  made: Made,
  what: {
    readonly experiment: string;
    readonly title: string | undefined;
    readonly addresses: readonly string[];
  },
): RunHead {
  return {
    ...made,
    experiment: what.experiment,
    title: what.title ?? null,
    tags: [...request.tags],
    stack: host.stack,
    ffi: host.stack === 'winsock' ? request.ffi : null,
    host,
    profile: profile === null ? null : { name: profile.name, resolved: { ...profile } },
    seed,
    durationNs: 0,
    status: 'running',
    eventCount: 0,
    addresses: [...what.addresses],
  };
}

/** The document of an ended run: its figures, what they settle, and what to know beside them. */
export function finalDocument(
  initial: RunDocument,
  prepared: PreparedRun,
  execution: Execution,
  status: RunStatus,
  measures: Readonly<Record<string, number>>,
): RunDocument {
  const { basis, addressClass, usable, limits, host, exhaustion, profile } = prepared;
  const arms = execution.outcome?.arms.map(({ sweep: _evidence, ...arm }) => arm) ?? [];
  const evidence = evidenceOf(prepared, execution);
  const standing = { basis, addressClass };
  const settled = status === 'complete' && evidence !== null;
  const parts = judgedParts(prepared, execution.outcome);
  const own = settled ? settleClaims(evidence, standing) : [];
  const said = [...own, ...(parts?.claims ?? [])];
  const claims = settled ? said : [...said, ...unsettled(prepared, status, said)];
  const answers = [...(settled ? answersOf(evidence, standing) : []), ...(parts?.answers ?? [])];
  return {
    ...initial,
    run: { ...initial.run, status, durationNs: execution.durationNs },
    measures: {
      ...execution.outcome?.measures,
      ...(execution.guardPorts > 0 && { 'guard.ports': execution.guardPorts }),
      ...measures,
    },
    arms,
    claims,
    ...(answers.length > 0 && { answers }),
    ...(parts !== null && { experiments: [...parts.experiments] }),
    findings: [
      ...execution.findings,
      ...findingsOf({
        basis,
        host,
        addressClass,
        unusedAddresses: prepared.unusedAddresses,
        arms,
        usable,
        limits,
        exhaustion,
        othersUnknown: prepared.othersUnknown,
        claims,
        starvationTried: claims.some(({ id, outcome }) => id === 'PS-5' && outcome !== 'untested'),
      }),
      ...(parts?.findings ?? []),
    ],
    verdict: capitalised(
      verdictSentence({ status, basis, profile: profile?.name ?? null, claims, evidence }),
    ),
    safety: {
      ...initial.safety,
      peakHeld: execution.peakHeld,
      openAfter: execution.openAfter,
    },
  };
}

/** What an experiment brings before the rules; null where it broke off before it had anything. */
function evidenceOf(
  prepared: PreparedRun,
  { outcome, guardPorts }: Pick<Execution, 'outcome' | 'guardPorts'>,
): Evidence | null {
  if (outcome === null) return null;
  const { experiment, parameters, addresses, usable, exhaustion, edition } = prepared;
  const { protocol, family } = parameters;
  return {
    experiment: experiment.id,
    arms: outcome.arms,
    own: outcome.own,
    protocol,
    family,
    addresses: addresses.length,
    usable: lessPorts(usable, guardPorts),
    exhaustion,
    edition,
  };
}

/** What the experiments of a full run say, each by its own rules; null for any other run. */
function judgedParts(prepared: PreparedRun, outcome: Outcome | null): JudgedParts | null {
  if (outcome === null || prepared.experiment.id !== 'full') return null;
  // The experiment of that id made it.
  const { parts } = outcome.own as FullEvidence;
  const { basis, host, profile, parameters, exhaustion, edition } = prepared;
  return judgeParts(parts, {
    basis,
    profile: profile?.name ?? null,
    protocol: parameters.protocol,
    family: parameters.family,
    exhaustion,
    edition,
    adapterOf: profile === null ? adaptersOf(host) : adaptersOfProfile(profile),
  });
}

/** The document of a run that broke off before it could be judged. */
export function failedDocument(initial: RunDocument): RunDocument {
  return {
    ...initial,
    run: { ...initial.run, status: 'failed' },
    verdict: 'The run failed before it could answer.',
  };
}

/**
 * A run that did not end by itself settles nothing: its arms are not what the rules expect.
 * @param said what those of its parts say that did end
 */
function unsettled(
  { experiment, basis, addressClass }: PreparedRun,
  status: RunStatus,
  said: readonly ClaimResult[],
): ClaimResult[] {
  return experiment.claims
    .filter((id) => !said.some((claim) => claim.id === id))
    .map((id) => ({
      id,
      outcome: 'inconclusive',
      basis,
      addressClass,
      because: `the run did not end by itself (${status})`,
    }));
}

export function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
