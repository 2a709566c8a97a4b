import type { ClaimRow, HostOutcome } from '#engine/claim/claims-by-host.ts';
import type { ClaimOutcome } from '#engine/run/run-document.ts';
import { count } from '#engine/model/words.ts';

/** The screen's answer: what is settled on real Windows, which is all that counts. */
export function claimsSentence(claims: readonly ClaimRow[]): string {
  const measured = claims.map(({ hosts }) => hosts.filter(({ basis }) => basis === 'measured'));
  const tested = measured.filter((hosts) => hosts.length > 0);
  if (tested.length === 0) {
    return `None of ${count(claims.length, 'claim')} has been tested on a real Windows yet.`;
  }
  const of = (outcome: ClaimOutcome): number =>
    tested.filter((hosts) => hosts.some((host) => host.outcome === outcome)).length;
  const parts = (['confirmed', 'refuted', 'inconclusive'] as const)
    .map((outcome) => ({ outcome, number: of(outcome) }))
    .filter(({ number }) => number > 0)
    .map(({ outcome, number }) => `${number} ${outcome}`);
  const hosts = new Set(measured.flat().map(({ host, build }) => `${host} ${build}`));
  return `Of ${count(claims.length, 'claim')}, on ${count(hosts.size, 'real host')}: ${parts.join(', ')}.`;
}

/** Where an outcome comes from, in a few words. */
export function placeWords({ basis, host, build, wine, profile }: HostOutcome): string {
  if (basis === 'modelled') return `profile ${profile ?? 'unknown'}`;
  return basis === 'wine'
    ? `Wine ${wine ?? ''} on ${host}`.replace('  ', ' ')
    : `${host}, ${build}`;
}
