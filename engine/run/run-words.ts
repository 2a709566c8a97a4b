import type { AddressClass, Arm, RunHead } from './run-document.ts';

/** What a run's own terms are called wherever one is shown: on screens and in reports. */

/** What a scenario script's run has in an experiment's place. */
export const SCRIPT_EXPERIMENT = 'script';

/** A script's run has neither arms nor claims: its verdict and findings are all its answer. */
export function isScriptRun({ experiment }: Pick<RunHead, 'experiment'>): boolean {
  return experiment === SCRIPT_EXPERIMENT;
}

export const ADDRESS_CLASS_WORDS: Readonly<Record<AddressClass, string>> = {
  loopback: 'loopback',
  'same-nic': 'same NIC',
  'different-nics': 'different NICs',
  mixed: 'mixed',
};

export const ENDED_WORDS: Readonly<Record<Arm['ended'], string>> = {
  exhausted: 'none was left',
  reserve: 'stopped at the reserve',
  'max-sockets': 'stopped at the socket limit',
  'max-seconds': 'stopped at the time limit',
  done: 'did all it set out to do',
  error: 'ended by an error',
  cancelled: 'cancelled',
};

/** What is said of a claim, by its id; an imported run may name its claims anything, `valueOf` too. */
export function claimText(texts: Readonly<Record<string, string>>, id: string): string | undefined {
  return Object.hasOwn(texts, id) ? texts[id] : undefined;
}
