import { parseAddress } from '../model/address.ts';
import type { AssumptionId } from '../profile/assumptions.ts';
import type { PlanStrategy } from './plan-document.ts';
import type { Ranked } from './recommend.ts';
import type { Situation } from './supplies.ts';

/**
 * The switches an answer rests on, those of the recommended strategy first: with another value some
 * figure of it would be, or might be, another. What is about TIME_WAIT, exclusions, an auto-reuse range
 * or loopback is left out where the question has none.
 */
export function restsOn(
  ranked: readonly Ranked[],
  chosen: Ranked | null,
  situation: Situation,
): AssumptionId[] {
  const strategies = [chosen, ...ranked].flatMap((one) => one?.plan.strategy ?? []);
  return [...new Set(strategies.flatMap((strategy) => behind(strategy, situation)))];
}

function behind(strategy: PlanStrategy, { need, host, profile }: Situation): AssumptionId[] {
  const when = (is: boolean, ...ids: AssumptionId[]): AssumptionId[] => (is ? ids : []);
  const always = [
    ...when(need.perSecond > 0, 'A21', 'timeWaitScope'),
    ...when(host.autoReuseRange.count > 0, 'A26'),
  ];
  switch (strategy) {
    case 'legacy':
    case 'wider-range':
      return ['PS-1', ...always];
    case 'port-scalability': {
      const loopback = profile.addresses.some(({ address }) => parseAddress(address)?.loopback);
      return [
        // A4: an application of several processes counts on sharing numbers among these.
        ...(['A1', 'A20', 'A19', 'A3', 'A28', 'A4'] as const),
        ...when(loopback, 'A27'),
        ...when(host.excluded > 0, 'A29'),
        ...always,
      ];
    }
    case 'reuse-unicast':
      return ['unicastPort', 'A26', 'A3', 'implicitConnect', ...always];
    case 'port-pool':
      return always;
  }
}
