import { randomInt } from 'node:crypto';
import { resolveLimits, type SafetyLimits } from '#engine/experiment/safety.ts';
import type { HostFacts } from '#engine/model/host-facts.ts';
import type { PortRange } from '#engine/model/port-range.ts';
import { poolOf, type Pool } from '#engine/model/protocol.ts';
import { count } from '#engine/model/words.ts';
import type { ResolvedProfile } from '#engine/profile/resolved-profile.ts';
import type { AddressClass, Basis } from '#engine/run/run-document.ts';
import type { Script } from '#engine/script/script.ts';
import {
  addressesNamed,
  checkOnHost,
  checkOnWinsock,
  numbersNeeded,
} from '#engine/script/script-needs.ts';
import { addressesOnHost, avoidedPorts, profileOfScript } from '#engine/script/simulate-script.ts';
import { adaptersOf, addressClassOf } from '#engine/verdict/address-class.ts';
import { poolOfHost, type HostPool } from '../host-pool.ts';
import { poolOfModel } from '../model-pool.ts';
import type { PreparedRun } from '../prepare.ts';
import { adaptersOfProfile, basisOf, exhaustionOf } from '../standing.ts';
import type { HostReading } from '../read-host.ts';
import { roleRefusal, windowRefusal, type Clock, type Refusal } from '../refusals.ts';
import type { ScriptRequest } from './script-request.ts';

/** A script's run that is decided in every detail and has touched nothing yet. */
export interface PreparedScript extends Pick<
  PreparedRun,
  'host' | 'reading' | 'profile' | 'refusal' | 'seed' | 'exhaustion' | 'limits' | 'safety'
> {
  readonly request: ScriptRequest;
  readonly script: Script;
  /** Of the simulated host; on Winsock those the script names. */
  readonly addresses: readonly string[];
  /** Those the script names. */
  readonly named: readonly string[];
  readonly addressClass: AddressClass;
  readonly basis: Basis;
  readonly othersUnknown: boolean;
  /** The numbers it may hold may leave fewer than the reserve. */
  readonly belowReserve: boolean;
  /** Ranges the lab's own listeners keep out of. */
  readonly avoid: readonly PortRange[];
}

/** What a script may take of one pool, and what that leaves. */
interface PoolNeed {
  readonly pool: Pool;
  /** Numbers held at once, at most. */
  readonly needed: number;
  readonly limits: SafetyLimits;
  readonly othersUnknown: boolean;
}

/** The smallest dynamic range Windows can be given: what is reckoned with where the range can't be read. */
const SMALLEST_RANGE = 255;
/** As DEFAULT_RESERVE: four fifths stay free. */
const SHARE_TAKEN = 0.2;

/**
 * Decides everything about a script's run. Reads, never binds.
 * @throws LabError usage or refused, when the script makes no sense here
 */
export async function prepareScript(
  request: ScriptRequest,
  reading: HostReading,
  readPool: typeof poolOfHost = poolOfHost,
  now: Clock = () => new Date(),
): Promise<PreparedScript> {
  const { script } = request;
  const { host } = reading;
  const named = addressesNamed(script);
  const profile = host.stack === 'simulated' ? profileFor(request) : null;
  const addresses = profile === null ? named : addressesOnHost(script, profile);
  if (profile === null) checkOnWinsock(script);
  else checkOnHost(script, addresses, profile);
  const read = profile === null ? readPool : modelOf(profile, addresses);
  const needs = await needsOf(request, host, read);
  const worst = needs.find(goesBelow) ?? needs[0]!;
  const basis = basisOf(host);
  const adapters = profile === null ? adaptersOf(host) : adaptersOfProfile(profile);
  return {
    request,
    script,
    host,
    reading,
    profile,
    addresses,
    named,
    addressClass: named.length === 0 ? 'mixed' : addressClassOf(named, adapters),
    basis,
    othersUnknown: needs.some((need) => need.othersUnknown),
    exhaustion: exhaustionOf(basis, profile),
    limits: worst.limits,
    belowReserve: goesBelow(worst),
    safety: {
      exhaustive: basis !== 'modelled' && goesBelow(worst),
      onlyBetween: request.onlyBetween,
      ffi: request.ffi,
      protocol: worst.pool.startsWith('udp') ? 'udp' : 'tcp',
      family: worst.pool.endsWith('6') ? 'ipv6' : 'ipv4',
      announced: true,
    },
    refusal:
      (basis !== 'modelled' && goesBelow(worst) ? roleRefusal(host) : null) ??
      windowRefusal(request.onlyBetween, now()) ??
      (basis === 'measured' ? refusalOf(request, host, worst) : null),
    avoid: profile === null ? rangesOf(host) : avoidedPorts(profile),
    // 32 bits: what the engine's generator takes.
    seed: request.seed ?? randomInt(2 ** 32),
  };
}

function profileFor({ script, profile }: ScriptRequest): ResolvedProfile {
  return profileOfScript(script, profile);
}

async function needsOf(
  request: ScriptRequest,
  host: HostFacts,
  readPool: typeof poolOfHost,
): Promise<PoolNeed[]> {
  const numbers = [...numbersNeeded(request.script)];
  const asked: [Pool, number][] = numbers.length === 0 ? [['tcp4', 0]] : numbers;
  const needs: PoolNeed[] = [];
  for (const [pool, needed] of asked) {
    const { usable, freeOnAll, othersUnknown } = await poolOn(host, pool, readPool);
    const wishes = { ...request, maxSockets: Math.max(1, needed) };
    const limits = resolveLimits(wishes, usable, freeOnAll, host.stack === 'simulated');
    needs.push({ pool, needed, limits, othersUnknown });
  }
  return needs;
}

function poolOn(host: HostFacts, pool: Pool, readPool: typeof poolOfHost): Promise<HostPool> {
  const protocol = pool.startsWith('tcp') ? 'tcp' : 'udp';
  const family = pool === poolOf(protocol, 'ipv4') ? 'ipv4' : 'ipv6';
  return readPool(host, protocol, family);
}

/** Reads the pools of a modelled host as those of a real one are read. */
function modelOf(profile: ResolvedProfile, addresses: readonly string[]): typeof poolOfHost {
  return async (_host, protocol, family) => poolOfModel(profile, addresses, protocol, family);
}

function goesBelow({ needed, limits }: PoolNeed): boolean {
  return needed > mayTake(limits);
}

function mayTake({ freeOnAll, reserve }: SafetyLimits): number {
  if (freeOnAll !== null) return freeOnAll - (reserve ?? 0);
  // Unknown range: as if it were the smallest there is.
  return reserve === null ? Math.floor(SMALLEST_RANGE * SHARE_TAKEN) : SMALLEST_RANGE - reserve;
}

function refusalOf(
  request: ScriptRequest,
  { hostname }: HostFacts,
  worst: PoolNeed,
): Refusal | null {
  if (!goesBelow(worst)) return null;
  const { needed, limits, pool } = worst;
  if (!request.exhaustive) {
    const left =
      limits.freeOnAll === null
        ? `the dynamic range is unknown, and may have as few as ${SMALLEST_RANGE} ports`
        : `the reserve leaves it ${count(Math.max(0, mayTake(limits)), 'port')}`;
    return {
      message: `the script may hold up to ${count(needed, 'port')} of ${pool} at once: ${left}`,
      hint: `lower its counts, or run it with --stack simulated, or lower --reserve; on a lab host: --exhaust --confirm ${hostname}`,
    };
  }
  if (request.confirm?.toLowerCase() === hostname.toLowerCase()) return null;
  const said = request.confirm === undefined ? '' : ` (--confirm says "${request.confirm}")`;
  return {
    message: `the script may leave option-less applications of ${hostname} without a port: new logons, LDAP, DNS and SMB may fail${said}`,
    hint: `only on a host you may starve: --confirm ${hostname}`,
  };
}

function rangesOf({ dynamicRanges, autoReuseRange, excludedRanges }: HostFacts): PortRange[] {
  const ranges = [...Object.values(dynamicRanges), autoReuseRange, ...(excludedRanges ?? [])];
  return ranges.filter((range) => range !== null);
}
