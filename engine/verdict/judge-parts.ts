import type { Evidence, ExhaustionCodes } from '../claim/evidence.ts';
import { mergeClaims } from '../claim/merge-claims.ts';
import type { PartEvidence } from '../claim/rules/full-evidence.ts';
import { answersOf, claimsOf, settleClaims, type Standing } from '../claim/settle.ts';
import type { Family, Protocol } from '../model/protocol.ts';
import type { Answer, Basis, ClaimResult, Finding, Part } from '../run/run-document.ts';
import { addressClassOf } from './address-class.ts';
import { mergeAnswers } from './merge-answers.ts';
import { verdictSentence } from './verdict.ts';

/** What all parts of a full run have in common. */
export interface JudgedRun {
  readonly basis: Basis;
  /** The profile a model posed as; null for real sockets. */
  readonly profile: string | null;
  readonly protocol: Protocol;
  readonly family: Family;
  readonly exhaustion: ExhaustionCodes;
  readonly edition: Evidence['edition'];
  adapterOf(address: string): string | undefined;
}

/** A full run, judged. */
export interface JudgedParts {
  readonly experiments: readonly Part[];
  /** Of the parts that ran on the run's own pool, merged. */
  readonly claims: readonly ClaimResult[];
  /** Of all parts, without those that contradict each other. */
  readonly answers: readonly Answer[];
  readonly findings: readonly Finding[];
}

/** Weighs each part of a full run by the rules of its own experiment, and puts together what they say. */
export function judgeParts(parts: readonly PartEvidence[], run: JudgedRun): JudgedParts {
  const judged = parts.map((part) => judgePart(part, run));
  const own = judged.filter(({ part }) => part.parameters['protocol'] === run.protocol);
  const { answers, findings } = mergeAnswers(judged.flatMap((one) => one.answers));
  return {
    experiments: judged.map(({ part }) => part),
    claims: mergeClaims(own.flatMap(({ part }) => part.claims)),
    answers,
    findings: [
      ...parts
        .filter(({ status }) => status === 'failed')
        .map(({ id, why }): Finding => failedFinding(id, why ?? 'no reason')),
      ...findings,
    ],
  };
}

interface JudgedPart {
  readonly part: Part;
  readonly answers: readonly Answer[];
}

function judgePart(one: PartEvidence, run: JudgedRun): JudgedPart {
  const standing: Standing = {
    basis: run.basis,
    addressClass: addressClassOf(one.addresses, (address) => run.adapterOf(address)),
  };
  const evidence = evidenceOf(one, run);
  const claims = evidence === null ? unsettled(one, standing) : settleClaims(evidence, standing);
  return {
    part: {
      id: one.id,
      parameters: { ...one.parameters },
      status: one.status,
      verdict: verdictOf(one, run, claims, evidence),
      arms: one.arms.map(({ sweep: _evidence, ...arm }) => arm),
      measures: { ...one.measures },
      claims: [...claims],
    },
    answers: evidence === null ? [] : answersOf(evidence, standing),
  };
}

function evidenceOf(one: PartEvidence, run: JudgedRun): Evidence | null {
  if (one.own === null) return null;
  const { protocol, family, exhaustion, edition } = run;
  return {
    experiment: one.id,
    arms: one.arms,
    own: one.own.evidence,
    protocol:
      one.parameters['protocol'] === 'udp'
        ? 'udp'
        : one.parameters['protocol'] === 'tcp'
          ? 'tcp'
          : protocol,
    family,
    addresses: one.addresses.length,
    usable: one.usable,
    exhaustion,
    edition,
  };
}

function verdictOf(
  { status, why }: PartEvidence,
  { basis, profile }: JudgedRun,
  claims: readonly ClaimResult[],
  evidence: Evidence | null,
): string {
  if (status === 'refused') return capitalised(`not run: ${why ?? 'no reason'}.`);
  if (status === 'failed') return capitalised(`it failed: ${why ?? 'no reason'}.`);
  return capitalised(verdictSentence({ status, basis, profile, claims, evidence }));
}

/** A part that did not run is silent; one that broke off says that it can't tell. */
function unsettled({ id, status, why }: PartEvidence, standing: Standing): ClaimResult[] {
  const untested = status === 'refused';
  return claimsOf(id).map((claim) => ({
    id: claim,
    ...standing,
    outcome: untested ? 'untested' : 'inconclusive',
    because: untested
      ? `${id} did not run: ${why ?? 'no reason'}`
      : `${id} did not end by itself (${status})`,
  }));
}

function failedFinding(id: string, why: string): Finding {
  return {
    id: `part-failed-${id}`,
    severity: 'error',
    text: `The experiment ${id} failed: ${why}. The others went on. Do: run it by itself: portlab run ${id}.`,
  };
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
