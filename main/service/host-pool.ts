import type { HostFacts } from '#engine/model/host-facts.ts';
import { contains, usableCount } from '#engine/model/port-range.ts';
import { poolOf, type Family, type Protocol } from '#engine/model/protocol.ts';

/** What a host's pool can give, as far as it can be known. */
export interface HostPool {
  /** Numbers a wildcard bind may get; null where the range is unknown. */
  readonly usable: number | null;
  /** Of these, how many no program holds now on any address; null where the range is unknown. */
  readonly freeOnAll: number | null;
  /** The holders could not be listed: `freeOnAll` counts nothing as held. */
  readonly othersUnknown: boolean;
}

/** Reads one pool of a real host, other programs' ports included. Starts a child process on Windows. */
export async function poolOfHost(
  host: HostFacts,
  protocol: Protocol,
  family: Family,
): Promise<HostPool> {
  const range = host.dynamicRanges[poolOf(protocol, family)];
  if (range === null) return { usable: null, freeOnAll: null, othersUnknown: true };
  const exclusions = (host.excludedRanges ?? []).filter(
    (excluded) => excluded.protocol === protocol && excluded.family === family,
  );
  const usable = usableCount(range, exclusions);
  const { portsInUse } = await import('#native/host/ports-in-use.ts');
  const held = await portsInUse(protocol, family);
  if (held === null) return { usable, freeOnAll: usable, othersUnknown: true };
  const taken = [...held].filter(
    (port) => contains(range, port) && !exclusions.some((excluded) => contains(excluded, port)),
  ).length;
  return { usable, freeOnAll: usable - taken, othersUnknown: false };
}
