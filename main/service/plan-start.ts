import type { HostFacts } from '#engine/model/host-facts.ts';
import { LabError } from '#engine/model/lab-error.ts';
import { planHostOfRun } from '#engine/planner/plan-host-of-run.ts';
import { planHostOfFacts, planHostOfProfile, type PlanStart } from '#engine/planner/plan-host.ts';
import { namedProfile } from '#engine/profile/resolve-profile.ts';
import type { ResolvedProfile } from '#engine/profile/resolved-profile.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import { poolOfHost, type HostPool } from './host-pool.ts';
import { SYSTEMS, type HostReading } from './read-host.ts';
import type { ProfileWish } from './run-request.ts';
import { wishedProfile } from './wished-profile.ts';

/** What a plan is to start from. */
export interface PlanStartWish {
  /** `host`, a run's id as in `LabService.show`, or nothing: the profile alone. */
  readonly from: string | undefined;
  /** Whose rules hold; with a host or a run its figures stand only where those tell none. */
  readonly profile: ProfileWish | undefined;
}

/** Where a host and runs come from. */
interface Sources {
  host(): Promise<HostReading>;
  run(id: string): RunDocument;
}

/** @throws LabError refused for a host that is no Windows without a profile; usage for an unknown run or profile */
export async function planStartOf(
  { from, profile }: PlanStartWish,
  sources: Sources,
): Promise<PlanStart> {
  const base = profile === undefined ? undefined : wishedProfile(profile);
  if (from === undefined) return planHostOfProfile(base ?? namedProfile('documented'));
  if (from !== 'host') return planHostOfRun(sources.run(from), base);
  return planStartOfHost(sources.host, (host) => poolOfHost(host, 'tcp', 'ipv4'), base);
}

/**
 * This host as it is now.
 * @param readPool what its pool can give; null where that is not to be asked now
 * @param base whose rules hold; `documented`, or Wine's under Wine, where left out
 * @throws LabError refused where this is no Windows, without a base
 */
export async function planStartOfHost(
  read: Sources['host'],
  readPool: (host: HostFacts) => Promise<HostPool | null>,
  base?: ResolvedProfile,
): Promise<PlanStart> {
  if (process.platform !== 'win32' && base === undefined) {
    throw new LabError(
      'refused',
      `a Windows host's ports can't be read here: this is ${SYSTEMS[process.platform] ?? process.platform}`,
      'run it on the server in question, start from a run it recorded (--from ID), or from a profile (--profile NAME)',
    );
  }
  const { host } = await read();
  const pool = process.platform === 'win32' ? await readPool(host) : null;
  const others =
    pool === null || pool.othersUnknown || pool.usable === null || pool.freeOnAll === null
      ? null
      : pool.usable - pool.freeOnAll;
  const rules = base ?? namedProfile(host.wine === null ? 'documented' : 'wine-8');
  return planHostOfFacts(host, others, rules);
}
