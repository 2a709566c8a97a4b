import { Holdings } from '#engine/analysis/holdings.ts';
import { exhaustionCodes, type ExperimentId } from '#engine/claim/evidence.ts';
import { settleClaims } from '#engine/claim/settle.ts';
import type { EventSink } from '#engine/event/event-sink.ts';
import { findExperiment, parseParameters } from '#engine/experiment/catalogue.ts';
import { resolveLimits } from '#engine/experiment/safety.ts';
import { waitOn } from '#engine/experiment/wait.ts';
import { poolOf } from '#engine/model/protocol.ts';
import { resolveProfile } from '#engine/profile/resolve-profile.ts';
import { usablePorts } from '#engine/profile/resolved-profile.ts';
import type { ClaimResult } from '#engine/run/run-document.ts';
import { ownerOf } from '#engine/stack/simulated-owner.ts';
import { createSimulatedStack } from '#engine/stack/simulated-stack.ts';
import { addressClassOf } from '#engine/verdict/address-class.ts';

export interface SimulatedCase {
  readonly experiment: ExperimentId;
  readonly parameters: Readonly<Record<string, string>>;
  /** As in a profile file; its addresses are the run's. */
  readonly profile: Readonly<Record<string, unknown>> & {
    readonly assumptions?: Readonly<Record<string, string>>;
  };
}

/** A short experiment on the simulated stack, judged, with some switches set otherwise. */
export async function claimsOfRun(
  { experiment: id, parameters: given, profile: file }: SimulatedCase,
  assumptions: Readonly<Record<string, string>>,
): Promise<ClaimResult[]> {
  const experiment = findExperiment(id);
  const parameters = parseParameters(experiment, given);
  const { protocol, family } = parameters;
  const profile = resolveProfile({
    ...file,
    assumptions: { ...file.assumptions, ...assumptions },
  });
  const addresses = profile.addresses.map(({ address }) => address);
  const holdings = new Holdings();
  const sink: EventSink = {
    emit: (op, _t, _dur, _socket, address, port, code, value) =>
      holdings.observe(op, address, port, code, value),
  };
  const stack = createSimulatedStack({ sink, profile, addresses, seed: 1 });
  const usable = usablePorts(profile, poolOf(protocol, family));
  const wishes = {
    reserve: { kind: 'number', ports: 0 } as const,
    maxSockets: undefined,
    maxSeconds: undefined,
  };
  const limits = resolveLimits(
    { ...wishes, exhaustive: true },
    usable,
    stack.freeOnAll(protocol, family),
    true,
  );
  const exhaustion = exhaustionCodes(false);
  let arms = 0;
  const stop = { reason: null };
  const breathe = async (): Promise<void> => {};
  const outcome = await experiment.run({
    stack,
    parameters,
    addresses: addresses.length,
    addressIds: addresses.map((address) => stack.intern(address)),
    protocol,
    family,
    holdings,
    limits,
    usable,
    exhaustion,
    holdSeconds: 0,
    owners: Array.from({ length: (experiment.processes?.(parameters) ?? 0) + 1 }, (_, process) =>
      ownerOf(stack, process, { breathe }),
    ),
    range: profile.dynamicRanges[poolOf(protocol, family)],
    seed: 1,
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
  const adapters = new Map(profile.addresses.map(({ address, adapter }) => [address, adapter]));
  return settleClaims(
    {
      experiment: id,
      arms: outcome.arms,
      own: outcome.own,
      protocol,
      family,
      addresses: addresses.length,
      usable,
      exhaustion,
      edition: 'server',
    },
    {
      basis: 'modelled',
      addressClass: addressClassOf(addresses, (address) => adapters.get(address)),
    },
  );
}
