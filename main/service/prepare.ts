import { randomInt } from 'node:crypto';
import type { ExhaustionCodes } from '#engine/claim/evidence.ts';
import { findExperiment, parseParameters } from '#engine/experiment/catalogue.ts';
import type { Experiment, Plan, PoolFacts } from '#engine/experiment/experiment.ts';
import type { CommonParameters } from '#engine/experiment/parameters.ts';
import { mayStarve, resolveLimits, type SafetyLimits } from '#engine/experiment/safety.ts';
import type { HostFacts } from '#engine/model/host-facts.ts';
import { LabError } from '#engine/model/lab-error.ts';
import type { PortRange } from '#engine/model/port-range.ts';
import { poolOf, type Protocol } from '#engine/model/protocol.ts';
import { editionOf } from '#engine/profile/shipped-profiles.ts';
import { namedProfile } from '#engine/profile/resolve-profile.ts';
import type { ResolvedProfile } from '#engine/profile/resolved-profile.ts';
import type { AddressClass, Basis } from '#engine/run/run-document.ts';
import { adaptersOf, addressClassOf } from '#engine/verdict/address-class.ts';
import { chooseAddresses, familyOf } from './address-choice.ts';
import { poolOfHost, type HostPool } from './host-pool.ts';
import { poolOfModel } from './model-pool.ts';
import { otherPoolOf } from './other-pool.ts';
import type { HostReading } from './read-host.ts';
import { roleRefusal, windowRefusal, type Clock, type Refusal } from './refusals.ts';
import type { RunRequest } from './run-request.ts';
import type { SafetyWanted } from './safeguards.ts';
import {
  adaptersInOrder,
  adaptersOfProfile,
  basisOf,
  editionOfHost,
  exhaustionOf,
} from './standing.ts';
import { wishedProfile } from './wished-profile.ts';

/** A run that is decided in every detail and has touched nothing yet. */
export interface PreparedRun {
  readonly request: RunRequest;
  readonly experiment: Experiment;
  readonly parameters: CommonParameters;
  readonly host: HostFacts;
  /** What reads that host, and calls its sockets. */
  readonly reading: HostReading;
  /** Null on Winsock. */
  readonly profile: ResolvedProfile | null;
  readonly addresses: readonly string[];
  /** Named, but more than the experiment uses. */
  readonly unusedAddresses: readonly string[];
  readonly addressClass: AddressClass;
  /** The adapter of each address, in order; undefined for loopback, or where unknown. */
  readonly adapters: readonly (string | undefined)[];
  readonly basis: Basis;
  readonly usable: number | null;
  /** The pool's dynamic range; null where it is unknown. */
  readonly range: PortRange | null;
  /** Of the Windows that is asked, real or modelled; null where that is no Windows, or unknown. */
  readonly edition: 'client' | 'server' | null;
  readonly othersUnknown: boolean;
  readonly exhaustion: ExhaustionCodes;
  readonly limits: SafetyLimits;
  /** The other protocol's pool, where the experiment asks questions of both. */
  readonly otherPool: PoolFacts | null;
  readonly plan: Plan;
  /** How it is watched while it goes on. */
  readonly safety: SafetyWanted['safety'];
  /** Why it must not start, with what would let it. */
  readonly refusal: Refusal | null;
  readonly seed: number;
}

/**
 * Decides everything about a run. Reads, never binds.
 * @param readPool what the host's pool can give; asks the host by default
 * @param now what time it is, for a run that may go on in a part of the day only
 * @throws LabError usage or refused, when what was asked makes no sense here
 */
export async function prepareRun(
  request: RunRequest,
  reading: HostReading,
  readPool: typeof poolOfHost = poolOfHost,
  now: Clock = () => new Date(),
): Promise<PreparedRun> {
  const experiment = findExperiment(request.experiment);
  const { host } = reading;
  const parameters = parseParameters(experiment, withFamily(request));
  const { protocol, family } = parameters;
  const profile = host.stack === 'simulated' ? profileOf(request) : null;
  const chosen = chooseAddresses(
    {
      named: request.addresses,
      family,
      ofProfile: profile?.addresses.map((entry) => entry.address) ?? [],
      stack: host.stack,
      minimum: experiment.minAddresses,
    },
    host,
  );
  const addresses = chosen.slice(0, experiment.maxAddresses);
  const basis = basisOf(host);
  const readPoolOf = async (of: Protocol): Promise<HostPool> =>
    profile === null ? readPool(host, of, family) : poolOfModel(profile, addresses, of, family);
  const pool = await readPoolOf(protocol);
  const wishes = { ...request, maxSeconds: request.maxSeconds ?? experiment.maxSeconds };
  const limits = resolveLimits(wishes, pool.usable, pool.freeOnAll, profile !== null);
  const otherPool =
    experiment.bothPools === true
      ? await otherPoolOf({
          protocol,
          family,
          ranges: (profile ?? host).dynamicRanges,
          wishes,
          modelled: profile !== null,
          read: readPoolOf,
        })
      : null;
  const adapterOf = profile === null ? adaptersOf(host) : adaptersOfProfile(profile);
  const adapters = adaptersInOrder(addresses, adapterOf, profile !== null);
  const plan = experiment.plan({
    parameters,
    addresses: addresses.length,
    usable: pool.usable,
    limits,
    adapters,
    otherPool,
  });
  return {
    request,
    experiment,
    parameters,
    host,
    reading,
    profile,
    addresses,
    unusedAddresses: request.addresses === undefined ? [] : chosen.slice(addresses.length),
    addressClass: addressClassOf(addresses, adapterOf),
    adapters,
    basis,
    usable: pool.usable,
    range: (profile ?? host).dynamicRanges[poolOf(protocol, family)],
    edition: profile === null ? editionOfHost(host) : editionOf(profile),
    othersUnknown: pool.othersUnknown,
    exhaustion: exhaustionOf(basis, profile),
    limits,
    otherPool,
    plan,
    safety: {
      exhaustive: basis !== 'modelled' && mayExhaust({ experiment, limits }),
      onlyBetween: request.onlyBetween,
      ffi: request.ffi,
      protocol,
      family,
      announced: false,
    },
    refusal:
      (basis !== 'modelled' && mayExhaust({ experiment, limits }) ? roleRefusal(host) : null) ??
      windowRefusal(request.onlyBetween, now()) ??
      refusalOf(request, experiment, basis, host, limits, plan),
    // 32 bits: what the engine's generator takes.
    seed: request.seed ?? randomInt(2 ** 32),
  };
}

/** It may go below the reserve: because it was asked to, or because where the reserve is can't be known. */
export function mayExhaust({
  experiment,
  limits,
}: Pick<PreparedRun, 'experiment' | 'limits'>): boolean {
  if (experiment.safe) return false;
  return limits.exhaustive || (mayStarve(limits) && experiment.safeUnlessAsked !== true);
}

/** `--addresses` alone says the family; both said must agree, which chooseAddresses checks. */
function withFamily({ addresses, parameters }: RunRequest): Readonly<Record<string, string>> {
  if (addresses === undefined || Object.hasOwn(parameters, 'family')) return parameters;
  const family = familyOf(addresses);
  return family === undefined ? parameters : { ...parameters, family };
}

function profileOf({ profile }: RunRequest): ResolvedProfile {
  return profile === undefined ? namedProfile('documented') : wishedProfile(profile);
}

function refusalOf(
  request: RunRequest,
  experiment: Experiment,
  basis: Basis,
  host: HostFacts,
  limits: SafetyLimits,
  plan: Plan,
): Refusal | null {
  if (plan.refusal !== null) {
    return {
      message: plan.refusal,
      hint: plan.hint ?? 'lower it with --reserve N, or raise --max-sockets',
    };
  }
  if (basis !== 'measured' || !mayExhaust({ experiment, limits })) return null;
  if (!limits.exhaustive) {
    return {
      message:
        'the dynamic port range of this host is unknown, so no reserve can be kept and option-less applications may starve',
      hint: `run the safe experiment instead (portlab run sweep), or on a lab host: --exhaust --confirm ${host.hostname}`,
    };
  }
  if (request.confirm?.toLowerCase() === host.hostname.toLowerCase()) return null;
  const said = request.confirm === undefined ? '' : ` (--confirm says "${request.confirm}")`;
  return {
    message: `--exhaust can leave option-less applications of ${host.hostname} without a port: new logons, LDAP, DNS and SMB may fail${said}`,
    hint: `only on a host you may starve: --confirm ${host.hostname}`,
  };
}

/** @throws LabError (refused) where what was prepared must not start */
export function assertMayStart({ refusal }: Pick<PreparedRun, 'refusal'>): void {
  if (refusal !== null) throw new LabError('refused', refusal.message, refusal.hint);
}
