import type { RunSummary } from '#engine/api/views.ts';
import { formatNumber } from '#engine/chart/format.ts';
import { count, thousands } from '#engine/model/words.ts';
import { STRATEGY_TITLE } from '#engine/model/strategy.ts';
import { portsText } from '#engine/planner/figures.ts';
import type { PlanStrategy, StrategyPlan } from '#engine/planner/plan-document.ts';
import { WIDEST_RANGE } from '#engine/planner/planned-host.ts';

/** What the screen says of a plan beside the engine's own words. */

export const PLAN_STRATEGY_TITLE: Readonly<Record<PlanStrategy, string>> = {
  ...STRATEGY_TITLE,
  'wider-range': 'Wider range',
};

/** Under its name: the numbers it takes beside the dynamic range, or what one would do. */
export function strategyMeans({
  strategy,
  block,
}: Pick<StrategyPlan, 'strategy' | 'block'>): string {
  if (block !== null) return portsText(block);
  switch (strategy) {
    case 'wider-range':
      return portsText(WIDEST_RANGE);
    case 'port-scalability':
      return 'option 0x3006';
    case 'reuse-unicast':
      return 'option 0x3007';
    case 'port-pool':
      return 'a block of its own';
    case 'legacy':
      return 'as it is today';
  }
}

export function hostChoice(hostname: string): string {
  return `This host now, ${hostname}`;
}

export function profileChoice(name: string): string {
  return `Profile ${name}`;
}

/** `capacity on EDGE-02, 20261122-185310-k3xq`: an id begins with its day. */
export function runChoice({ id, title, experiment, hostname }: RunSummary): string {
  return `${title ?? `${experiment} on ${hostname}`}, ${id}`;
}

/** `14,000`, or `3 to 3,500` where it rests on how numbers are picked. */
export function spanWords({ min, max }: StrategyPlan['portsLeftForLegacy']): string {
  return min === max ? thousands(min) : `${thousands(min)} to ${thousands(max)}`;
}

/** `never`, `93 s`, `25 min`, `3.5 h`, `4 days`. */
export function fullAfter(seconds: number | null): string {
  if (seconds === null) return 'never';
  if (seconds < 600) return `${formatNumber(seconds, seconds < 10 ? 1 : 0)} s`;
  if (seconds < 7_200) return `${formatNumber(seconds / 60)} min`;
  if (seconds < 172_800) return `${formatNumber(seconds / 3_600, 1)} h`;
  return count(Math.round(seconds / 86_400), 'day');
}
