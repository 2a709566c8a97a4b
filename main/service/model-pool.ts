import { NULL_SINK } from '#engine/event/event-sink.ts';
import { LabError } from '#engine/model/lab-error.ts';
import { poolOf, type Family, type Protocol } from '#engine/model/protocol.ts';
import { usablePorts, type ResolvedProfile } from '#engine/profile/resolved-profile.ts';
import { createSimulatedStack } from '#engine/stack/simulated-stack.ts';
import type { HostPool } from './host-pool.ts';

/**
 * What a modelled host's pool can give, the ports its other applications hold from the start left out.
 * @throws LabError usage for other applications on an address the host lacks
 */
export function poolOfModel(
  profile: ResolvedProfile,
  addresses: readonly string[],
  protocol: Protocol,
  family: Family,
): HostPool {
  const usable = usablePorts(profile, poolOf(protocol, family));
  try {
    const host = createSimulatedStack({ sink: NULL_SINK, profile, addresses, seed: 0 });
    return { usable, freeOnAll: host.freeOnAll(protocol, family), othersUnknown: false };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new LabError(
      'usage',
      `profile: ${error.message}`,
      'list that address in the profile, or let them bind to 0.0.0.0 or ::',
    );
  }
}
