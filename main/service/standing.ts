import { exhaustionCodes } from '#engine/claim/evidence.ts';
import { parseAddress } from '#engine/model/address.ts';
import type { HostFacts } from '#engine/model/host-facts.ts';
import type { ResolvedProfile } from '#engine/profile/resolved-profile.ts';
import type { Basis } from '#engine/run/run-document.ts';

/** What a run's evidence stands on: real, Wine or a model, which edition, which adapters. */

/** What evidence of the chosen stack is worth. */
export function basisOf({ stack, wine }: Pick<HostFacts, 'stack' | 'wine'>): Basis {
  if (stack === 'simulated') return 'modelled';
  return wine === null ? 'measured' : 'wine';
}

/** The codes that mean "no port left" on the host, real or modelled. */
export function exhaustionOf(
  basis: Basis,
  profile: ResolvedProfile | null,
): ReturnType<typeof exhaustionCodes> {
  return exhaustionCodes(basis === 'wine' || profile?.assumptions.A14 === 'wine');
}

/** What kind of Windows real sockets are of; null where that is no Windows, or unknown. */
export function editionOfHost({ wine, os }: HostFacts): 'client' | 'server' | null {
  if (wine !== null || os.productType === null) return null;
  return os.productType === 'workstation' ? 'client' : 'server';
}

export function adaptersOfProfile(
  profile: ResolvedProfile,
): (address: string) => string | undefined {
  const adapters = new Map(profile.addresses.map((entry) => [entry.address, entry.adapter]));
  return (address) => adapters.get(address);
}

/**
 * The adapter of each address; undefined where unknown. A modelled host has addresses nobody gave an
 * adapter on one of its own; loopback is on none.
 */
export function adaptersInOrder(
  addresses: readonly string[],
  adapterOf: (address: string) => string | undefined,
  modelled: boolean,
): (string | undefined)[] {
  return addresses.map((address) =>
    parseAddress(address)?.loopback === true
      ? undefined
      : (adapterOf(address) ?? (modelled ? 'default' : undefined)),
  );
}
