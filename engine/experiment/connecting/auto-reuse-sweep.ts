import type { OverlapSweep } from '../../claim/rules/connect-reuse-evidence.ts';
import { contains, lastPort, type PortRange } from '../../model/port-range.ts';
import type { AddressId } from '../../stack/socket-stack.ts';
import type { ExperimentContext } from '../experiment.ts';
import type { CommonParameters } from '../parameters.ts';
import { SLICE_NS } from '../safety.ts';
import { openBound } from '../sockets.ts';

/** Binds at most, in dynamic ranges: what picks at random has then left out fewer than 1 % of them. */
const ROUNDS = 5;
/** Binds a slice at most, real sockets: 10,000 a second, as hold and sweep. */
const PACED = 200;

/** Numbers of a range that lie in another one. */
export function inCommon(a: PortRange, b: PortRange): number {
  const start = Math.max(a.start, b.start);
  return Math.max(0, Math.min(lastPort(a), lastPort(b)) - start + 1);
}

/**
 * Whether sockets without any option get numbers of the auto-reuse range: binds and closes one after
 * the other, until one does or the dynamic range has been gone over.
 */
export async function sweepForOverlap(
  context: ExperimentContext<CommonParameters>,
  address: AddressId,
): Promise<OverlapSweep | null> {
  const { stack, protocol, family, range, autoReuseRange, limits, stop, breathe } = context;
  if (range === null || autoReuseRange === null || autoReuseRange.count === 0) return null;
  const common = inCommon(range, autoReuseRange);
  if (common === 0) return null;
  const inside = new Set<number>();
  const outside = new Set<number>();
  let swept = 0;
  let refused = false;
  const enough = (): boolean => inside.size > 0 || swept >= ROUNDS * range.count;
  while (!enough() && !refused && stop.reason === null && stack.now() < limits.maxSeconds * 1e9) {
    const began = stack.now();
    for (let n = 0; n < PACED && !enough() && stack.now() - began < SLICE_NS; n++) {
      const got = openBound(stack, protocol, family, [], address);
      if (!got.ok) {
        refused = true;
        break;
      }
      swept++;
      (contains(autoReuseRange, got.port) ? inside : outside).add(got.port);
      stack.close(got.socket);
    }
    await breathe((SLICE_NS - (stack.now() - began)) / 1e6);
  }
  return {
    common,
    swept,
    inside: inside.size,
    outside: outside.size,
    outsideFree: Math.min(range.count - common, limits.freeOnAll ?? range.count),
    cameRound: swept >= range.count,
  };
}
