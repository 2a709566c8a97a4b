import type { Preview } from '#engine/api/views.ts';
import type { AddressClass, Basis } from '#engine/run/run-document.ts';

/** Where a run will take place, in a sentence. */
export function whereWords({ basis, hostname, profile, why }: Preview): string {
  const reason = `, because ${why}.`;
  if (basis === 'measured') return `Real sockets of ${hostname}${reason}`;
  if (basis === 'wine')
    return `Real sockets of Wine on ${hostname}${reason} No evidence about Windows.`;
  return `The model of Windows, profile ${profile ?? 'unknown'}${reason}`;
}

export const BASIS_WORDS: Readonly<Record<Basis, string>> = {
  measured: 'Will run on real sockets.',
  wine: 'Will run on real sockets of Wine.',
  modelled: 'Will run on the model: no socket is opened.',
};

export const CLASS_WORDS: Readonly<Record<AddressClass, string>> = {
  'same-nic': 'same NIC',
  'different-nics': 'different NICs',
  mixed: 'mixed',
  loopback: 'loopback',
};
