import type { SharingSeen } from '../../claim/rules/sharing-seen.ts';
import { DEFAULT_DYNAMIC_RANGE } from '../../model/port-range.ts';
import type { SocketOption } from '../../model/socket-option.ts';
import type { AddressId, SocketId } from '../../stack/socket-stack.ts';
import type { ExperimentContext } from '../experiment.ts';
import type { CommonParameters } from '../parameters.ts';
import { SLICE_NS } from '../safety.ts';
import { openBound } from '../sockets.ts';

type Place = Pick<
  ExperimentContext<CommonParameters>,
  'stack' | 'protocol' | 'family' | 'usable' | 'limits' | 'breathe' | 'stop'
>;

/** A port held on an address. */
export interface HeldPort {
  readonly socket: SocketId;
  readonly port: number;
}

/** Binds a slice at most, real sockets: 10,000 a second, as the sweep. */
const PACED = 200;

/** Holds wildcard ports on an address, as many as it gets up to `count`. The caller closes them. */
export async function holdPorts(
  { stack, protocol, family, stop, breathe }: Place,
  options: readonly SocketOption[],
  address: AddressId,
  count: number,
): Promise<HeldPort[]> {
  const held: HeldPort[] = [];
  while (held.length < count && stop.reason === null) {
    const got = openBound(stack, protocol, family, options, address);
    if (!got.ok) break;
    // A choice put off to connect (port 0) holds no number that could be met.
    if (got.port === 0) {
      stack.close(got.socket);
      break;
    }
    held.push(got);
    if (held.length % PACED === 0) await breathe();
  }
  return held;
}

/**
 * Binds and closes sockets on an address, one by one, until one gets a number that is held on
 * another, or the sweep has gone once round. A cheap way to see whether sockets with these options
 * share numbers at all: one repeat is definite, none says little by itself.
 */
export async function sweepFor(
  { stack, protocol, family, usable, limits, breathe, stop }: Place,
  options: readonly SocketOption[],
  address: AddressId,
  held: readonly HeldPort[],
): Promise<SharingSeen> {
  const sockets = new Map(held.map(({ socket, port }) => [port, socket]));
  const round = (usable ?? DEFAULT_DYNAMIC_RANGE.count) + held.length;
  const seen = new Set<number>();
  let swept = 0;
  let met = 0;
  let refused = false;
  while (held.length > 0 && met === 0 && swept < round && !refused) {
    if (stop.reason !== null || stack.now() >= limits.maxSeconds * 1e9) break;
    const began = stack.now();
    for (let n = 0; n < PACED && swept < round && met === 0; n++) {
      if (stack.now() - began >= SLICE_NS) break;
      const got = openBound(stack, protocol, family, options, address);
      if (!got.ok) {
        refused = true;
        break;
      }
      swept++;
      seen.add(got.port);
      const holder = sockets.get(got.port);
      if (holder !== undefined && stack.getsockname(holder) === got.port) met++;
      stack.close(got.socket);
    }
    await breathe((SLICE_NS - (stack.now() - began)) / 1e6);
  }
  return { held: held.length, swept, distinct: seen.size, met, wentRound: swept >= round };
}
