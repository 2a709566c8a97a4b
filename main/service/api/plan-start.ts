import type { CallArgument } from '#engine/api/contract.ts';
import type { PlanStartView, SwitchAnswer } from '#engine/api/views.ts';
import type { HostFacts } from '#engine/model/host-facts.ts';
import type { PortRange } from '#engine/model/port-range.ts';
import { portCount, portsInBoth, portsWithout } from '#engine/planner/free-ranges.ts';
import { planHostOfFacts, planHostOfProfile, type PlanStart } from '#engine/planner/plan-host.ts';
import { namedProfile } from '#engine/profile/resolve-profile.ts';
import type { HostDesk } from './host-desk.ts';
import type { LabApi } from './lab-api.ts';

/**
 * Figures of a host to plan for: of this one as it is now, as a recorded run met it, or as a profile has it.
 * @throws LabError usage for an unknown run or profile
 */
export async function planStartOf(
  wanted: CallArgument<'planStart'>,
  { host, library, trash }: Pick<LabApi, 'host' | 'library' | 'trash'>,
): Promise<PlanStartView> {
  if ('run' in wanted) return library.do('planStart', wanted.run, trash.ids);
  if ('profile' in wanted) {
    return { ...planHostOfProfile(namedProfile(wanted.profile)), at: null, answers: [] };
  }
  const { facts, readAt } = await host.view(wanted.fresh);
  const others = await usedByOthers(host, facts);
  const base = namedProfile(facts.wine === null ? 'documented' : 'wine-8');
  const answers = await library.do('switchAnswers', facts, trash.ids);
  return { ...measured(planHostOfFacts(facts, others, base), answers), at: readAt, answers };
}

/** Numbers of the dynamic range that programs hold and nothing excludes; null where nobody could say. */
async function usedByOthers(desk: HostDesk, facts: HostFacts): Promise<number | null> {
  const range = facts.dynamicRanges.tcp4;
  const held = await desk.holders('tcp', 'ipv4');
  if (range === null || !held.known) return null;
  const inUse = held.inUse.map(([from, to]): PortRange => ({ start: from, count: to - from + 1 }));
  const excluded = (facts.excludedRanges ?? []).filter(
    ({ protocol, family }) => protocol === 'tcp' && family === 'ipv4',
  );
  return portCount(portsWithout(portsInBoth(inUse, [range]), excluded));
}

/** What Windows itself was seen to do as the plan assumes is no assumption any more. */
function measured(start: PlanStart, answers: readonly SwitchAnswer[]): PlanStart {
  const assumptions: Readonly<Record<string, string>> = start.profile.assumptions;
  const settled = answers
    .filter(({ id, value, basis }) => basis === 'measured' && assumptions[id] === value)
    .map(({ id }) => id);
  const all = [...new Set([...(start.host.measured ?? []), ...settled])];
  return { ...start, host: { ...start.host, measured: all } };
}
