import { Holdings } from '#engine/analysis/holdings.ts';
import { exhaustionCodes } from '#engine/claim/evidence.ts';
import { settleClaims } from '#engine/claim/settle.ts';
import type { EventSink } from '#engine/event/event-sink.ts';
import { findExperiment, parseParameters } from '#engine/experiment/catalogue.ts';
import { resolveLimits } from '#engine/experiment/safety.ts';
import { poolOf } from '#engine/model/protocol.ts';
import { resolveProfile } from '#engine/profile/resolve-profile.ts';
import { usablePorts } from '#engine/profile/resolved-profile.ts';
import type { ClaimResult } from '#engine/run/run-document.ts';
import { createSimulatedStack } from '#engine/stack/simulated-stack.ts';
import { addressClassOf } from '#engine/verdict/address-class.ts';

export interface SimulatedCase {
  readonly experiment: 'capacity' | 'sweep';
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
    stop: { reason: null },
    breathe: async () => {},
    stage: {
      beginArm: () => {
        holdings.reset();
        return ++arms;
      },
      peak: () => {},
      phase: () => {},
      endArm: () => {},
      progress: () => {},
    },
  });
  const adapters = new Map(profile.addresses.map(({ address, adapter }) => [address, adapter]));
  return settleClaims(
    { experiment: id, arms: outcome.arms, usable, exhaustion },
    'modelled',
    addressClassOf(addresses, (address) => adapters.get(address)),
  );
}
