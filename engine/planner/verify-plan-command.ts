import { MAX_SOCKETS_SIMULATED } from '../experiment/safety.ts';
import type { ResolvedProfile } from '../profile/resolved-profile.ts';
import { resolvedShippedProfile } from '../profile/shipped-profiles.ts';
import type { PlanDocument } from './plan-document.ts';
import { planAddresses } from './plan-addresses.ts';
import { plannedProfile, profileFileOf } from './planned-profile.ts';
import type { Ranked } from './recommend.ts';
import type { Situation } from './supplies.ts';
import type { Supply } from './supply.ts';

/** More addresses are no command line: they go into the profile's file. */
const MOST_ON_A_LINE = 16;
/** As many as a run, and a profile's file, may have. */
const MOST_ADDRESSES = 4_096;

/** A run that carries a strategy's plan out: its parameters, and the host it poses as. */
export interface Verification {
  readonly parameters: Readonly<Record<string, string>>;
  readonly model: ResolvedProfile;
}

/** @param addresses how many the strategy is to have; the plan says how many it needs */
export function verificationOf(
  { strategy, host: placed, block }: Supply,
  { need, host, profile }: Situation,
  addresses: number,
): Verification {
  const own = strategy === 'port-pool' ? block : null;
  return {
    model: plannedProfile(placed, host, profile, planAddresses(profile, addresses)),
    parameters: {
      strategy,
      connections: String(need.connections),
      remotes: String(need.remotes),
      perSecond: plain(need.perSecond),
      timeWait: plain(host.timeWaitSeconds),
      headroom: plain(need.headroomPercent),
      ...(own !== null && { poolStart: String(own.start), poolPorts: String(own.count) }),
    },
  };
}

/**
 * The run that verifies the recommended strategy on the model: its command, and the profile it needs
 * as a file where no shipped one is that host.
 */
export function verifyOf(
  chosen: Ranked | null,
  situation: Situation,
  profileFile: string,
): Pick<PlanDocument, 'verify' | 'verifyProfile'> {
  const none = { verify: null, verifyProfile: null };
  const needed = chosen?.plan.addressesNeeded ?? null;
  if (chosen === null || needed === null) return none;
  // Each connection of unicast reuse has its other end here, too.
  const sockets = situation.need.capacity * (chosen.plan.strategy === 'reuse-unicast' ? 2 : 1);
  if (needed > MOST_ADDRESSES || sockets > MAX_SOCKETS_SIMULATED) return none;
  const { model, parameters } = verificationOf(chosen.supply, situation, needed);
  const ships = needed <= MOST_ON_A_LINE && isShipped(model);
  const words = [
    'portlab run verify-plan --stack simulated',
    `--profile ${ships ? model.name : quoted(profileFile)}`,
    ...(ships ? [`--addresses ${model.addresses.map(({ address }) => address).join(',')}`] : []),
    '--exhaust',
    ...Object.entries(parameters).map(([key, value]) => `--set ${key}=${value}`),
  ];
  return { verify: words.join(' '), verifyProfile: ships ? null : profileFileOf(model) };
}

/** Without an exponent, which `--set` takes for a word. */
function plain(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(20).replace(/\.?0+$/, '') : text;
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
