import { LabError } from '../model/lab-error.ts';
import type { ExcludedRange } from '../model/port-range.ts';
import { FAMILIES } from '../model/protocol.ts';
import { withAssumptions } from './assumptions.ts';
import { DOCUMENTED_PROFILE } from './documented-profile.ts';
import { addressesOf, boundAddress } from './file-addresses.ts';
import type { ProfileFile } from './profile-file.ts';
import { parseProfileFile } from './profile-file.ts';
import type { ResolvedProfile } from './resolved-profile.ts';
import { resolvedShippedProfile, SHIPPED_PROFILES } from './shipped-profiles.ts';

/** Names of the profiles that ship with the lab. */
export const PROFILE_NAMES: readonly string[] = SHIPPED_PROFILES.map((profile) => profile.name);

/** @throws LabError `usage` for a name the lab doesn't have: names are told apart by case */
export function namedProfile(name: string): ResolvedProfile {
  const found = resolvedShippedProfile(name);
  if (found !== undefined) return found;
  const inLowerCase = resolvedShippedProfile(name.toLowerCase());
  throw new LabError(
    'usage',
    `profile: unknown profile ${name}`,
    inLowerCase === undefined
      ? `known: ${PROFILE_NAMES.join(', ')}; or give a file`
      : `write ${inLowerCase.name}; known: ${PROFILE_NAMES.join(', ')}`,
  );
}

/**
 * Merges the content of a profile file over its base: lists (addresses, exclusions, holders, churn)
 * replace the base's, dynamic ranges and assumptions are set one by one.
 * @param content parsed JSON, unchecked
 * @param name what to call it, in errors too; the base's name where left out
 * @throws LabError `usage` for anything wrong, `refused` for what is not modelled
 */
export function resolveProfile(content: unknown, name?: string): ResolvedProfile {
  try {
    return merged(parseProfileFile(content), name);
  } catch (error) {
    if (name === undefined || !(error instanceof LabError)) throw error;
    throw new LabError(
      error.kind,
      error.message.replace(/^profile:/, `profile ${name}:`),
      error.hint,
    );
  }
}

function merged(file: ProfileFile, name: string | undefined): ResolvedProfile {
  const base = namedProfile(file.base ?? DOCUMENTED_PROFILE.name);
  const bound =
    <T extends { address: string }>(field: 'holders' | 'churn') =>
    (entry: T, at: number) => ({
      ...entry,
      address: boundAddress(entry.address, field, at),
    });
  return {
    name: name ?? base.name,
    base: base.base,
    addresses: file.addresses === undefined ? base.addresses : addressesOf(file.addresses),
    dynamicRanges: { ...base.dynamicRanges, ...present(file.dynamicRanges) },
    excludedRanges:
      file.excludedRanges === undefined ? base.excludedRanges : exclusions(file.excludedRanges),
    autoReuseRange: file.autoReuseRange ?? base.autoReuseRange,
    assumptions: withAssumptions(base.assumptions, file.assumptions ?? {}),
    ...(file.bindMatrix !== undefined && { bindMatrix: measured(file.bindMatrix) }),
    holders: file.holders?.map(bound('holders')) ?? base.holders,
    churn: file.churn?.map(bound('churn')) ?? base.churn,
  };
}

/** The protocols that are named; a key that is there without a value counts as absent. */
function measured(
  matrix: NonNullable<ProfileFile['bindMatrix']>,
): NonNullable<ResolvedProfile['bindMatrix']> {
  const { tcp, udp } = matrix;
  return { ...(tcp !== undefined && { tcp }), ...(udp !== undefined && { udp }) };
}

/** The ranges that are named; a key that is there without a value counts as absent. */
function present(ranges: ProfileFile['dynamicRanges']): Partial<ResolvedProfile['dynamicRanges']> {
  return Object.fromEntries(
    Object.entries(ranges ?? {}).filter(([, range]) => range !== undefined),
  );
}

function exclusions(list: NonNullable<ProfileFile['excludedRanges']>): ExcludedRange[] {
  return list.flatMap(({ family, ...range }) =>
    (family === undefined ? FAMILIES : [family]).map((one) => ({ ...range, family: one })),
  );
}
