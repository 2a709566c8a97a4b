import type { IpAddress } from '../model/address.ts';
import { parseAddress } from '../model/address.ts';
import { LabError } from '../model/lab-error.ts';
import type { ProfileFile } from './profile-file.ts';
import type { ProfileAddress } from './resolved-profile.ts';

type Given<K extends keyof ProfileFile> = NonNullable<ProfileFile[K]>;

/**
 * The host's addresses as a file lists them.
 * @throws LabError `usage` for one that no adapter can have, or that is listed twice
 */
export function addressesOf(list: Given<'addresses'>): ProfileAddress[] {
  const found = new Map<string, ProfileAddress>();
  for (const [index, entry] of list.entries()) {
    const given = typeof entry === 'string' ? { address: entry, adapter: 'default' } : entry;
    const parsed = parseAddress(given.address);
    if (parsed === undefined || parsed.wildcard || !isUnicast(parsed)) {
      throw new LabError(
        'usage',
        `profile: addresses.${index} (${given.address}) is no local address`,
        'give IPv4 as 10.0.0.1, IPv6 as 2001:db8::1',
      );
    }
    if (found.has(parsed.text)) {
      throw new LabError(
        'usage',
        `profile: addresses.${index} (${parsed.text}) is listed twice`,
        'list each address once',
      );
    }
    found.set(parsed.text, { address: parsed.text, adapter: given.adapter });
  }
  return [...found.values()];
}

/**
 * Where another application is bound, as the engine spells it; the wildcard address is one here.
 * @throws LabError `usage` for what no socket can be bound to
 */
export function boundAddress(address: string, field: 'holders' | 'churn', index: number): string {
  const parsed = parseAddress(address);
  if (parsed !== undefined && isUnicast(parsed)) return parsed.text;
  throw new LabError(
    'usage',
    `profile: ${field}.${index}.address (${address}) is no local address`,
    'give a local address, or 0.0.0.0 or :: for all of them',
  );
}

/** Not multicast (224.0.0.0/4, ff00::/8), not broadcast, not an IPv4 address in IPv6 clothes. */
function isUnicast({ family, bytes, text }: IpAddress): boolean {
  const first = bytes[0] ?? 0;
  if (family === 'ipv4') return (first & 0xf0) !== 0xe0 && text !== '255.255.255.255';
  return first !== 0xff && !text.startsWith('::ffff:');
}
