import { parseAddress } from '../model/address.ts';
import { LabError } from '../model/lab-error.ts';
import type { ExcludedRange } from '../model/port-range.ts';
import { FAMILIES } from '../model/protocol.ts';
import { withAssumptions } from './assumptions.ts';
import { DOCUMENTED_PROFILE } from './documented-profile.ts';
import type { ProfileFile } from './profile-file.ts';
import { parseProfileFile } from './profile-file.ts';
import type { ProfileAddress, ResolvedProfile } from './resolved-profile.ts';

const PROFILES: readonly ResolvedProfile[] = [DOCUMENTED_PROFILE];

/** Names of the profiles that ship with the lab. */
export const PROFILE_NAMES: readonly string[] = PROFILES.map((profile) => profile.name);

/** @throws LabError `usage` for a name the lab doesn't have */
export function namedProfile(name: string): ResolvedProfile {
  const found = PROFILES.find((profile) => profile.name === name);
  if (found !== undefined) return found;
  throw new LabError(
    'usage',
    `profile: unknown profile ${name}`,
    `known: ${PROFILE_NAMES.join(', ')}; or give a file`,
  );
}

/**
 * Merges the content of a profile file over its base: address and exclusion lists replace the
 * base's, dynamic ranges and assumptions are set one by one.
 * @param content parsed JSON, unchecked
 * @param name what to call it; the base's name where left out
 * @throws LabError `usage` for anything wrong, `refused` for what is not modelled yet
 */
export function resolveProfile(content: unknown, name?: string): ResolvedProfile {
  const file = parseProfileFile(content);
  const base = namedProfile(file.base ?? DOCUMENTED_PROFILE.name);
  const autoReuseRange = file.autoReuseRange ?? base.autoReuseRange;
  if (autoReuseRange.count > 0) {
    throw new LabError(
      'refused',
      'profile: a non-empty autoReuseRange is not modelled yet',
      'set its count to 0; SO_REUSE_UNICASTPORT then changes nothing, as on a default host',
    );
  }
  return {
    name: name ?? base.name,
    addresses: file.addresses === undefined ? base.addresses : addressesOf(file.addresses),
    dynamicRanges: { ...base.dynamicRanges, ...present(file.dynamicRanges) },
    excludedRanges:
      file.excludedRanges === undefined ? base.excludedRanges : exclusions(file.excludedRanges),
    autoReuseRange,
    assumptions: withAssumptions(base.assumptions, file.assumptions ?? {}),
  };
}

type Given<K extends keyof ProfileFile> = NonNullable<ProfileFile[K]>;

/** The ranges that are named; a key that is there without a value counts as absent. */
function present(ranges: ProfileFile['dynamicRanges']): Partial<ResolvedProfile['dynamicRanges']> {
  return Object.fromEntries(
    Object.entries(ranges ?? {}).filter(([, range]) => range !== undefined),
  );
}

function addressesOf(list: Given<'addresses'>): ProfileAddress[] {
  const found = new Map<string, ProfileAddress>();
  for (const [index, entry] of list.entries()) {
    const given = typeof entry === 'string' ? { address: entry, adapter: 'default' } : entry;
    const parsed = parseAddress(given.address);
    if (parsed === undefined || parsed.wildcard) {
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

function exclusions(list: Given<'excludedRanges'>): ExcludedRange[] {
  return list.flatMap(({ family, ...range }) =>
    (family === undefined ? FAMILIES : [family]).map((one) => ({ ...range, family: one })),
  );
}
