import type { HostView, HoldersView, ProfileView } from '#engine/api/views.ts';
import { formatNumber } from '#engine/chart/format.ts';
import { lastPort, type ExcludedRange, type PortRange } from '#engine/model/port-range.ts';
import { poolOf, type Family, type Pool, type Protocol } from '#engine/model/protocol.ts';
import { count } from '#engine/model/words.ts';
import { countPorts, type PortCounts, type PortSpan } from './port-bar-geometry.ts';

export interface PoolPlace {
  readonly pool: Pool;
  readonly protocol: Protocol;
  readonly family: Family;
  readonly name: string;
}

export const POOL_PLACES: readonly PoolPlace[] = (
  [
    ['tcp', 'ipv4', 'TCP IPv4'],
    ['tcp', 'ipv6', 'TCP IPv6'],
    ['udp', 'ipv4', 'UDP IPv4'],
    ['udp', 'ipv6', 'UDP IPv6'],
  ] as const
).map(([protocol, family, name]) => ({ pool: poolOf(protocol, family), protocol, family, name }));

/** One pool's range as it can be drawn. */
export interface PoolPicture {
  readonly range: PortRange;
  readonly exclusions: readonly ExcludedRange[];
  /** Whether exclusions are known. */
  readonly exclusionsKnown: boolean;
  /** Numbers of the range in use, and others. */
  readonly inUse: readonly PortSpan[];
  readonly inUseOutside: readonly PortSpan[];
  readonly inUseKnown: boolean;
  readonly counts: PortCounts;
  /** The profile that stands in where the machine has no ranges. */
  readonly profile: string | null;
}

/** From the machine where it has ranges, else from the profile, else nothing can be drawn. */
export function pictureOf(
  { pool, protocol, family }: PoolPlace,
  { facts }: HostView,
  holders: HoldersView | undefined,
  profile: ProfileView | undefined,
): PoolPicture | null {
  const own = facts.dynamicRanges[pool];
  const range = own ?? profile?.dynamicRanges[pool] ?? null;
  if (range === null) return null;
  const listed = own === null ? (profile?.excludedRanges ?? []) : facts.excludedRanges;
  const exclusions = (listed ?? []).filter(
    (excluded) => excluded.protocol === protocol && excluded.family === family,
  );
  const known = own !== null && holders?.known === true ? holders : null;
  const inUse = known?.inUse ?? [];
  return {
    range,
    exclusions,
    exclusionsKnown: listed !== null,
    inUse,
    inUseOutside: known?.inUseOutside ?? [],
    inUseKnown: known !== null,
    counts: countPorts(range, exclusions, inUse),
    profile: own === null ? (profile?.name ?? null) : null,
  };
}

/** The picture in words, for who can't see it. */
export function describePicture({ name }: PoolPlace, picture: PoolPicture): string {
  const { range, exclusions, exclusionsKnown, inUseKnown, counts } = picture;
  const parts = [
    `The dynamic range of ${name} is ${spanWords(range)}, ${count(range.count, 'port')}.`,
    exclusionsKnown
      ? exclusions.length === 0
        ? 'Nothing is excluded.'
        : `Excluded in it: ${count(counts.excluded, 'port')}; all exclusions: ${exclusions.map(spanWords).join(', ')}.`
      : 'Exclusions are unknown.',
    inUseKnown
      ? `In use in it: ${count(counts.inUse, 'port')}. Free on all addresses: ${count(counts.free, 'port')}.`
      : 'What is in use is not drawn.',
  ];
  return parts.join(' ');
}

/** `49,152–65,535`, `5,357`. */
export function spanWords(range: PortRange): string {
  const [first, last] = [formatNumber(range.start), formatNumber(lastPort(range))];
  return range.count === 1 ? first : `${first}–${last}`;
}
