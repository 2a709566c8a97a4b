import type { AssumptionId, Assumptions } from './assumptions.ts';
import { CLIENT_PROFILES } from './client-profiles.ts';
import { DOCUMENTED_PROFILE } from './documented-profile.ts';
import type { ResolvedProfile } from './resolved-profile.ts';
import { SERVER_PROFILES } from './server-profiles.ts';
import type { ShippedProfile, Stance } from './shipped-profile.ts';
import { WINE_8 } from './wine-profile.ts';

const DOCUMENTED: ShippedProfile = {
  name: DOCUMENTED_PROFILE.name,
  about:
    'A Windows host as Microsoft’s pages describe it, what they leave open at the lab’s defaults; base of every other profile.',
  switches: {},
};

/** The profiles that ship with the lab, `documented` first. */
export const SHIPPED_PROFILES: readonly ShippedProfile[] = [
  DOCUMENTED,
  ...SERVER_PROFILES,
  ...CLIENT_PROFILES,
  WINE_8,
];

const BY_NAME: ReadonlyMap<string, ShippedProfile> = new Map(
  SHIPPED_PROFILES.map((profile) => [profile.name, profile]),
);

export function shippedProfile(name: string): ShippedProfile | undefined {
  return BY_NAME.get(name);
}

const RESOLVED: ReadonlyMap<string, ResolvedProfile> = new Map(
  SHIPPED_PROFILES.map((profile) => [profile.name, resolve(profile)]),
);

/** A profile that ships with the lab, complete. */
export function resolvedShippedProfile(name: string): ResolvedProfile | undefined {
  return RESOLVED.get(name);
}

/**
 * What a shipped profile says of a switch, itself or through the one it stands on; undefined where
 * it only has the documented default.
 */
export function stanceOf(name: string, id: string): Stance | undefined {
  return lineage(name)
    .map(({ switches }) => switches as Readonly<Record<string, Stance | undefined>>)
    .map((switches) => (Object.hasOwn(switches, id) ? switches[id] : undefined))
    .find((stance) => stance !== undefined);
}

/** What kind of Windows a profile poses as; null for what is none (Wine). */
export function editionOf({ base }: Pick<ResolvedProfile, 'base'>): 'client' | 'server' | null {
  if (CLIENT_PROFILES.some(({ name }) => name === base)) return 'client';
  return base === WINE_8.name ? null : 'server';
}

/** The profile and those it stands on, nearest first; empty for a name the lab doesn't have. */
function lineage(name: string): ShippedProfile[] {
  const profile = BY_NAME.get(name);
  if (profile === undefined) return [];
  return [profile, ...(profile.on === undefined ? [] : lineage(profile.on))];
}

function resolve(profile: ShippedProfile): ResolvedProfile {
  const base = lineage(profile.name).toReversed();
  const assumptions = base.reduce<Assumptions>(
    (merged, { switches }) => ({ ...merged, ...valuesOf(switches) }),
    DOCUMENTED_PROFILE.assumptions,
  );
  const dynamicRanges = base.reduce(
    (merged, one) => one.dynamicRanges ?? merged,
    DOCUMENTED_PROFILE.dynamicRanges,
  );
  return {
    ...DOCUMENTED_PROFILE,
    name: profile.name,
    base: profile.name,
    dynamicRanges,
    assumptions,
  };
}

function valuesOf(switches: ShippedProfile['switches']): Partial<Assumptions> {
  return Object.fromEntries(
    (Object.entries(switches) as [AssumptionId, Stance][]).map(([id, { value }]) => [id, value]),
  );
}
