import { networkInterfaces } from 'node:os';
import { parseAddress } from '#engine/model/address.ts';
import type { HostAddress } from '#engine/model/host-facts.ts';
import { isLinkLocal } from './default-address.ts';

/**
 * The host's addresses as Node knows them: for systems other than Windows, and for Windows without
 * an FFI. Says nothing of duplicate address detection, and of adapters only those that are up.
 */
export function readSystemAddresses(): HostAddress[] {
  const found: HostAddress[] = [];
  for (const [name, entries] of Object.entries(networkInterfaces())) {
    for (const entry of entries ?? []) {
      const scope = entry.family === 'IPv6' && entry.scopeid > 0 ? `%${entry.scopeid}` : '';
      const parsed = parseAddress(entry.address.split('%', 1)[0] + scope);
      if (parsed === undefined) continue;
      found.push({
        address: parsed.text,
        prefix: prefixOf(entry.cidr),
        family: parsed.family,
        interface: name,
        ifIndex: parsed.scope,
        loopback: parsed.loopback,
        state: 'unknown',
        class: parsed.loopback ? 'loopback' : 'nic',
        ...(isLinkLocal(parsed) ? { notDefaultBecause: 'link-local address' } : {}),
      });
    }
  }
  return found;
}

function prefixOf(cidr: string | null): number {
  const prefix = Number(cidr?.split('/')[1]);
  return Number.isInteger(prefix) ? prefix : 0;
}
