import type { Arm, Basis, RunDocument, RunStatus } from '#engine/run/run-document.ts';
import { describeCode } from '#engine/model/winsock-error.ts';

export const STATUS_WORDS: Readonly<Record<RunStatus, string>> = {
  running: 'The run was still going on when this was written; the figures are not final.',
  complete: 'The run went to its end.',
  cancelled: 'The run was cancelled; the figures stand as far as it came.',
  interrupted:
    'The process that ran it ended without warning; the figures stand as far as they were recorded.',
  failed: 'The run failed; the figures stand as far as it came.',
  'stopped-for-safety': 'The run stopped itself for safety; the figures stand as far as it came.',
};

/** What the figures are, in a sentence that can stand beside any of them. */
export function basisSentence(document: RunDocument, basis: Basis): string {
  const { host, profile } = document.run;
  if (basis === 'modelled') {
    return `Simulated: no socket was opened. The lab's model of Windows' port allocator (profile ${profile?.name ?? 'unknown'}) gave these figures, because ${host.why.replace(/\.$/, '')}.`;
  }
  if (basis === 'wine') {
    return `Wine ${host.wine ?? ''}, not Windows: the sockets are real, the system below Wine gives their ports. Nothing here is evidence about Windows.`;
  }
  return `Measured with real sockets through this host's ws2_32.dll.`;
}

/** `bind: WSAENOBUFS (10055)`. */
export function errorWords(error: NonNullable<Arm['firstError']>): string {
  return `${error.call}: ${describeCode(error.code)}`;
}

/** `2026-11-21 02:14:08 UTC`. */
export function utcWords(iso: string): string {
  return iso.replace('T', ' ').replace(/(?:\.\d+)?Z$/, ' UTC');
}

export function yesNo(value: boolean | null): 'yes' | 'no' | 'unknown' {
  return value === null ? 'unknown' : value ? 'yes' : 'no';
}
