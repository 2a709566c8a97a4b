import { count, thousands } from '../model/words.ts';
import type { AssumptionId } from '../profile/assumptions.ts';
import { portsText } from './figures.ts';
import type { PlanStrategy } from './plan-document.ts';
import { WIDEST_RANGE } from './planned-host.ts';
import type { Ranked } from './recommend.ts';
import type { Situation } from './supplies.ts';

/** What a strategy stands and falls with: measured on a host, it is more than a plan on paper there. */
const DECIDED_BY: Readonly<Record<PlanStrategy, AssumptionId | null>> = {
  legacy: 'PS-1',
  'wider-range': 'PS-1',
  'port-scalability': 'A1',
  // No switch tells whether numbers of an auto-reuse range are shared: no run has answered that of a plan.
  'reuse-unicast': null,
  'port-pool': null,
};

/** The answer in one sentence. */
export function planSentence(chosen: Ranked | null, { need, host }: Situation): string {
  const load = `${count(need.connections, 'connection')} at once`;
  if (chosen === null) return `Nothing carries ${load} here: no number of addresses is enough.`;
  const { addressesNeeded, strategy } = chosen.plan;
  const needed = addressesNeeded ?? 0;
  if (strategy === 'legacy' && needed <= host.addresses) {
    return `Nothing has to change: ${count(chosen.supply.at(host.addresses), 'wildcard port')} are enough for ${load}.`;
  }
  const way = isOnPaper(strategy, host.measured ?? [])
    ? `On paper, ${wayOf(chosen)}`
    : capitalised(wayOf(chosen));
  if (needed > host.addresses) {
    const more = needed - host.addresses;
    return `${way}, and add ${count(more, 'address')}: ${thousands(needed)} are needed for ${load}.`;
  }
  if (strategy === 'wider-range') return `${way}, which is enough for ${load}.`;
  return `${way}: ${count(needed, 'address')} ${needed === 1 ? 'is' : 'are'} enough for ${load}.`;
}

/** What to do, as an instruction. */
function wayOf({ supply: { block, proposed }, plan: { strategy } }: Ranked): string {
  switch (strategy) {
    case 'legacy':
      return 'leave the sockets as they are';
    case 'wider-range':
      return `widen the dynamic range to ${portsText(WIDEST_RANGE)}`;
    case 'port-scalability':
      return 'set SO_PORT_SCALABILITY';
    case 'reuse-unicast':
      return proposed || block === null
        ? 'use unicast reuse with an auto-reuse range'
        : `use unicast reuse with the host’s auto-reuse range`;
    case 'port-pool':
      return 'use a port pool of the application’s own';
  }
}

/** No run on this host has shown what the strategy rests on. */
function isOnPaper(strategy: PlanStrategy, measured: readonly string[]): boolean {
  const by = DECIDED_BY[strategy];
  return by === null || !measured.includes(by);
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
