import type { CallArgument } from '#engine/api/contract.ts';
import type { PlanStartView, SwitchAnswer } from '#engine/api/views.ts';
import type { HostFacts } from '#engine/model/host-facts.ts';
import { planHostOfProfile, type PlanStart } from '#engine/planner/plan-host.ts';
import { namedProfile } from '#engine/profile/resolve-profile.ts';
import type { HostPool } from '../host-pool.ts';
import { planStartOfHost } from '../plan-start.ts';
import type { LabApi } from './lab-api.ts';

/**
 * Figures of a host to plan for: of this one as it is now, as a recorded run met it, or as a profile has it.
 * @throws LabError usage for an unknown run or profile, refused for this host where it is no Windows
 */
export async function planStartView(
  wanted: CallArgument<'planStart'>,
  { host, library, runs, trash }: LabApi,
): Promise<PlanStartView> {
  if ('run' in wanted) return library.do('planStart', wanted.run, trash.ids);
  if ('profile' in wanted) {
    return { ...planHostOfProfile(namedProfile(wanted.profile)), at: null, answers: [] };
  }
  const { facts, readAt } = await host.view(wanted.fresh);
  // Listing who holds ports starts programs, which must not disturb what is measured.
  const pool = async (of: HostFacts): Promise<HostPool | null> =>
    runs.measuring ? null : host.pool(of, 'tcp', 'ipv4');
  const start = await planStartOfHost(() => host.reading('auto'), pool);
  const answers = await library.do('switchAnswers', facts, trash.ids);
  return { ...measured(start, answers), at: readAt, answers };
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
