import { parseAddress } from '../model/address.ts';
import type { HostFacts } from '../model/host-facts.ts';
import type { AddressClass } from '../run/run-document.ts';

/**
 * What kind of addresses evidence stands on: loopback says nothing about adapters, and one adapter
 * nothing about two (KB2826167 was a fault of addresses sharing an adapter).
 * @param adapterOf the adapter of an address, where somebody knows it (a profile, or the host)
 */
export function addressClassOf(
  addresses: readonly string[],
  adapterOf: (address: string) => string | undefined,
): AddressClass {
  const loopbacks = addresses.filter((address) => parseAddress(address)?.loopback === true).length;
  if (loopbacks === addresses.length) return 'loopback';
  if (loopbacks > 0) return 'mixed';
  const adapters = new Set(addresses.map((address) => adapterOf(address) ?? ''));
  return adapters.size === 1
    ? 'same-nic'
    : adapters.size === addresses.length
      ? 'different-nics'
      : 'mixed';
}

/** Adapters as the host facts know them. */
export function adaptersOf(host: HostFacts): (address: string) => string | undefined {
  const byAddress = new Map(host.addresses.map((entry) => [entry.address, entry.interface]));
  return (address) => byAddress.get(address);
}
