import { parseAddress } from '../model/address.ts';
import type { ExcludedRange, PortRange } from '../model/port-range.ts';
import {
  exclusionsOf,
  type ProfileHolder,
  type ResolvedProfile,
} from '../profile/resolved-profile.ts';
import type { PlanHost } from './plan-document.ts';
import { firstPorts, portCount, portsIn, portsInBoth, portsWithout } from './free-ranges.ts';

/** The widest dynamic range Windows takes: from 1025 to the end (port exhaustion troubleshooting). */
export const WIDEST_RANGE: PortRange = { start: 1_025, count: 64_511 };

/**
 * A plan's host with its numbers in their places. A `PlanHost` only counts them: where the profile
 * doesn't say which are excluded or held, some are chosen, and which these are changes no figure.
 */
export interface PlannedHost {
  readonly range: PortRange;
  /** Of TCP over IPv4, inside the range and outside. */
  readonly excluded: readonly ExcludedRange[];
  /** Numbers of the range that others hold. */
  readonly others: readonly PortRange[];
  /** Numbers outside the range that others hold. */
  readonly othersOutside: readonly PortRange[];
  /** Count 0 where there is none. */
  readonly autoReuse: PortRange;
  /** What wildcard-port binds never get of the auto-reuse range (A26). */
  readonly keptOut: readonly PortRange[];
}

/** The host with its numbers placed. @param profile its rules, exclusions and other applications */
export function placedHost(host: PlanHost, profile: ResolvedProfile): PlannedHost {
  const { dynamicRange: range, autoReuseRange: autoReuse } = host;
  const keptOut = keptOutOf(autoReuse, profile);
  const excluded = placedExclusions(host, exclusionsOf(profile, 'tcp4'), keptOut);
  const free = portsWithout([range], [...excluded, ...keptOut]);
  // Connections of the auto-reuse range must not meet them where there is other room.
  const apart = portsWithout(free, [autoReuse]);
  const first = firstPorts(apart, host.usedByOthers);
  const rest = firstPorts(portsWithout(free, apart), host.usedByOthers - portCount(first));
  const others = portsIn([...first, ...rest]);
  const holders = profile.holders.filter(isTcp4);
  return {
    range,
    excluded,
    others,
    othersOutside: portsWithout(holders, [range]),
    autoReuse,
    keptOut,
  };
}

/** What A26 takes from wildcard-port binds. */
export function keptOutOf(autoReuse: PortRange, { assumptions }: ResolvedProfile): PortRange[] {
  return assumptions.A26 === 'kept-out' && autoReuse.count > 0 ? [autoReuse] : [];
}

/** Numbers an option-less wildcard-port bind may get while the plan's application holds none. */
export function usablePorts({ range, excluded, others, keptOut }: PlannedHost): PortRange[] {
  return portsWithout([range], [...excluded, ...others, ...keptOut]);
}

/** The same with SO_PORT_SCALABILITY, which exclusions may not bind (A29). */
export function usableWithOption(host: PlannedHost, { assumptions }: ResolvedProfile): PortRange[] {
  if (assumptions.A29 === 'all') return usablePorts(host);
  return portsWithout([host.range], [...host.others, ...host.keptOut]);
}

/** The host with the widest range there can be; what others hold outside the old one counts then. */
export function withWidestRange(host: PlannedHost): PlannedHost {
  const { others, othersOutside } = host;
  return {
    ...host,
    range: WIDEST_RANGE,
    others: portsIn([...others, ...portsInBoth(othersOutside, [WIDEST_RANGE])]),
    othersOutside: portsWithout(othersOutside, [WIDEST_RANGE]),
  };
}

/** The profile's exclusions where they are as many as the host is said to have; else fewer, or more. */
function placedExclusions(
  { dynamicRange, excluded: wanted }: PlanHost,
  known: readonly ExcludedRange[],
  keptOut: readonly PortRange[],
): ExcludedRange[] {
  const inside = portsInBoth(known, [dynamicRange]);
  const missing = wanted - portCount(inside);
  if (missing === 0) return [...known];
  const asExcluded = ({ start, count }: PortRange): ExcludedRange => ({
    protocol: 'tcp',
    family: 'ipv4',
    start,
    count,
    administered: true,
  });
  if (missing < 0) {
    const outside = portsWithout(known, [dynamicRange]);
    return [...outside, ...firstPorts(inside, wanted)].map(asExcluded);
  }
  const room = portsWithout([dynamicRange], [...inside, ...keptOut]);
  const more = firstPorts(room, missing);
  // Only where the auto-reuse range takes the rest do the two lie upon each other.
  const rest = portsWithout([dynamicRange], [...inside, ...more]);
  const last = firstPorts(rest, missing - portCount(more));
  return [...known, ...[...more, ...last].map(asExcluded)];
}

function isTcp4({ protocol, address }: ProfileHolder): boolean {
  return protocol === 'tcp' && parseAddress(address)?.family === 'ipv4';
}
