import { Holdings } from '#engine/analysis/holdings.ts';
import { exhaustionCodes, type Evidence, type ExperimentId } from '#engine/claim/evidence.ts';
import type { FullEvidence } from '#engine/claim/rules/full-evidence.ts';
import { answersOf, sentenceOf, settleClaims } from '#engine/claim/settle.ts';
import type { EventSink } from '#engine/event/event-sink.ts';
import { findExperiment, parseParameters } from '#engine/experiment/catalogue.ts';
import type { Outcome, PoolFacts } from '#engine/experiment/experiment.ts';
import { DEFAULT_RESERVE, resolveLimits, type ReserveWish } from '#engine/experiment/safety.ts';
import { waitOn } from '#engine/experiment/wait.ts';
import { poolOf, type Protocol } from '#engine/model/protocol.ts';
import { resolveProfile } from '#engine/profile/resolve-profile.ts';
import { usablePorts } from '#engine/profile/resolved-profile.ts';
import { editionOf } from '#engine/profile/shipped-profiles.ts';
import type { Answer, ClaimResult, Finding, Part } from '#engine/run/run-document.ts';
import { ownerOf } from '#engine/stack/simulated-owner.ts';
import type { SocketOwner } from '#engine/stack/socket-owner.ts';
import { createSimulatedStack } from '#engine/stack/simulated-stack.ts';
import { addressClassOf } from '#engine/verdict/address-class.ts';
import { judgeParts } from '#engine/verdict/judge-parts.ts';

export interface SimulatedCase {
  readonly experiment: ExperimentId;
  readonly parameters?: Readonly<Record<string, string>>;
  /** As in a profile file; its addresses are the run's, as many as the experiment uses. */
  readonly profile: Readonly<Record<string, unknown>> & {
    readonly assumptions?: Readonly<Record<string, string>>;
  };
  readonly seed?: number;
  readonly exhaustive?: boolean;
  readonly reserve?: ReserveWish;
  readonly maxSeconds?: number;
  /** Called whenever the experiment lets others have a turn: to stop it, or end a process, on the way. */
  readonly atBreath?: (breath: number, run: RunningCase) => void;
}

export interface RunningCase {
  readonly stop: { reason: 'cancelled' | null };
  readonly owners: readonly SocketOwner[];
}

export interface SimulatedEnd {
  readonly outcome: Outcome;
  readonly claims: readonly ClaimResult[];
  readonly answers: readonly Answer[];
  readonly sentence: string;
  /** Of a full run. */
  readonly parts: readonly Part[];
  readonly findings: readonly Finding[];
  /** Sockets the experiment left open: none, or it is a bug. */
  readonly open: number;
  /** Most numbers held on at least one address at once, over all arms. */
  readonly peakUnion: number;
}

/** An experiment on a modelled host, judged: as the service does it, without recording. */
export async function runOnModel(asked: SimulatedCase): Promise<SimulatedEnd> {
  const experiment = findExperiment(asked.experiment);
  const parameters = parseParameters(experiment, asked.parameters ?? {});
  const { protocol, family } = parameters;
  const profile = resolveProfile(asked.profile);
  const addresses = profile.addresses
    .map(({ address }) => address)
    .slice(0, experiment.maxAddresses);
  const { seed = 1, exhaustive = false, reserve = DEFAULT_RESERVE, maxSeconds } = asked;
  const adapters = new Map(profile.addresses.map(({ address, adapter }) => [address, adapter]));
  const holdings = new Holdings();
  let peakUnion = 0;
  const sink: EventSink = {
    emit(op, _t, _dur, _socket, address, port, code, value) {
      holdings.observe(op, address, port, code, value);
      peakUnion = Math.max(peakUnion, holdings.union);
    },
  };
  const stack = createSimulatedStack({ sink, profile, addresses, seed });
  const wishes = {
    reserve,
    maxSockets: undefined,
    maxSeconds: maxSeconds ?? experiment.maxSeconds,
    exhaustive,
  };
  const poolFacts = (of: Protocol): PoolFacts => {
    const usable = usablePorts(profile, poolOf(of, family));
    const limits = resolveLimits(wishes, usable, stack.freeOnAll(of, family), true);
    return { protocol: of, usable, range: profile.dynamicRanges[poolOf(of, family)], limits };
  };
  const { usable, range, limits } = poolFacts(protocol);
  const exhaustion = exhaustionCodes(profile.assumptions.A14 === 'wine');
  const stop: RunningCase['stop'] = { reason: null };
  let breaths = 0;
  const breathe = async (): Promise<void> => asked.atBreath?.(++breaths, { stop, owners });
  const processes = experiment.processes?.(parameters) ?? 0;
  const owners = Array.from({ length: processes + 1 }, (_, process) =>
    ownerOf(stack, process, { breathe, stopped: () => stop.reason !== null }),
  );
  let arms = 0;
  const outcome = await experiment.run({
    stack,
    parameters,
    addresses: addresses.length,
    addressIds: addresses.map((address) => stack.intern(address)),
    protocol,
    family,
    owners,
    range,
    otherPool: experiment.bothPools === true ? poolFacts(protocol === 'tcp' ? 'udp' : 'tcp') : null,
    autoReuseRange: profile.autoReuseRange,
    seed,
    holdings,
    limits,
    adapters: addresses.map((address) => adapters.get(address)),
    usable,
    exhaustion,
    holdSeconds: 0,
    stop,
    breathe,
    wait: (seconds) => waitOn(stack, seconds, stop, breathe),
    stage: {
      beginArm: () => {
        holdings.reset();
        return ++arms;
      },
      peak: () => {},
      phase: () => {},
      endArm: () => {},
      window: async () => {},
      progress: () => {},
    },
  });
  const evidence: Evidence = {
    experiment: experiment.id,
    arms: outcome.arms,
    own: outcome.own,
    protocol,
    family,
    addresses: addresses.length,
    usable,
    exhaustion,
    edition: editionOf(profile),
  };
  const standing = {
    basis: 'modelled',
    addressClass: addressClassOf(addresses, (address) => adapters.get(address)),
  } as const;
  const parts =
    experiment.id === 'full'
      ? judgeParts((outcome.own as FullEvidence).parts, {
          basis: 'modelled',
          profile: profile.name,
          protocol,
          family,
          exhaustion,
          edition: editionOf(profile),
          adapterOf: (address) => adapters.get(address),
        })
      : null;
  const claims = parts?.claims ?? settleClaims(evidence, standing);
  return {
    outcome,
    claims,
    answers: parts?.answers ?? answersOf(evidence, standing),
    parts: parts?.experiments ?? [],
    findings: parts?.findings ?? [],
    sentence: sentenceOf(evidence, claims),
    open: stack.open,
    peakUnion,
  };
}
