import type { ResolvedProfile } from '../profile/resolved-profile.ts';
import { resolvedShippedProfile } from '../profile/shipped-profiles.ts';
import type { PlanDocument } from './plan-document.ts';
import { planAddresses } from './plan-addresses.ts';
import { plannedProfile, profileFileOf } from './planned-profile.ts';
import type { Ranked } from './recommend.ts';
import type { Situation } from './supplies.ts';

/** More addresses are no command line: they go into the profile's file. */
const MOST_ON_A_LINE = 16;
/** As many as a run, and a profile's file, may have. */
const MOST_ADDRESSES = 4_096;
/** What the simulated stack may hold at most, unless it is told otherwise. */
const MOST_SOCKETS = 20_000_000;

/**
 * The run that verifies the recommended strategy on the model: its command, and the profile it needs
 * as a file where no shipped one is that host.
 */
export function verifyOf(
  chosen: Ranked | null,
  { need, host, profile }: Situation,
  profileFile: string,
): Pick<PlanDocument, 'verify' | 'verifyProfile'> {
  const needed = chosen?.plan.addressesNeeded ?? null;
  if (chosen === null || needed === null) return { verify: null, verifyProfile: null };
  // Each connection of unicast reuse has its other end here, too.
  const sockets = need.capacity * (chosen.plan.strategy === 'reuse-unicast' ? 2 : 1);
  if (needed > MOST_ADDRESSES || sockets > MOST_SOCKETS) {
    return { verify: null, verifyProfile: null };
  }
  const addresses = planAddresses(profile, needed);
  const model = plannedProfile(chosen.supply.host, host, profile, addresses);
  const ships = needed <= MOST_ON_A_LINE && isShipped(model);
  const { strategy, block } = chosen.plan;
  const parameters: Record<string, string | number> = {
    strategy,
    connections: need.connections,
    remotes: need.remotes,
    perSecond: need.perSecond,
    timeWait: host.timeWaitSeconds,
    headroom: need.headroomPercent,
    ...(strategy === 'port-pool' &&
      block !== null && { poolStart: block.start, poolPorts: block.count }),
  };
  const words = [
    'portlab run verify-plan --stack simulated',
    `--profile ${ships ? model.name : quoted(profileFile)}`,
    ...(ships ? [`--addresses ${addresses.map(({ address }) => address).join(',')}`] : []),
    '--exhaust',
    ...Object.entries(parameters).map(([key, value]) => `--set ${key}=${value}`),
  ];
  return { verify: words.join(' '), verifyProfile: ships ? null : profileFileOf(model) };
}

/** It is a shipped profile as it is, but for the addresses. */
function isShipped(model: ResolvedProfile): boolean {
  const shipped = resolvedShippedProfile(model.name);
  if (shipped === undefined) return false;
  const plain = (profile: ResolvedProfile): string => JSON.stringify({ ...profile, addresses: [] });
  return plain(shipped) === plain({ ...model, autoReuseRange: offIfEmpty(model) });
}

/** Of no ports the start means nothing. */
function offIfEmpty({ autoReuseRange }: ResolvedProfile): ResolvedProfile['autoReuseRange'] {
  return autoReuseRange.count === 0 ? { start: 0, count: 0 } : autoReuseRange;
}

/** So that cmd, PowerShell and bash pass it on whole. */
function quoted(file: string): string {
  return /^[\w.,:=%/\\-]+$/.test(file) ? file : `"${file.replaceAll('"', '')}"`;
}
