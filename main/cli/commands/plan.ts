import { Command } from 'commander';
import { checkPlan, type PlanCheck } from '#engine/planner/check-plan.ts';
import type { PlanHost, PlanWish, StrategyPlan } from '#engine/planner/plan-document.ts';
import { withAddresses, type PlanStart } from '#engine/planner/plan-host.ts';
import { planFor } from '#engine/planner/plan.ts';
import { profileSwitches } from '#engine/profile/profile-switches.ts';
import type { ResolvedProfile } from '#engine/profile/resolved-profile.ts';
import { LabService } from '../../service/lab-service.ts';
import * as parse from '../arguments.ts';
import type { Console } from '../console.ts';
import { plannerText } from '../planner-text.ts';
import { readProfile } from '../read-profile.ts';
import { assertProfileFile } from '../profile-file.ts';
import { writeWhole } from '../report-file.ts';

interface PlanOptions {
  readonly connections: number;
  readonly remotes: number;
  readonly perSecond: number;
  readonly headroom: number;
  readonly timeWait?: number;
  readonly addresses?: number;
  readonly from?: string;
  readonly profile?: string;
  readonly save?: string;
}

const MOST_CONNECTIONS = 10_000_000;
const MOST_REMOTES = 1_000_000;
const MOST_ADDRESSES = 10_000;

export function planCommand(out: Console): Command {
  return new Command('plan')
    .description(
      'How many addresses a need takes, by each strategy, and what breaks first.\n' +
        'Reckons and reads; takes no port, and never changes the host.',
    )
    .requiredOption(
      '--connections <n>',
      'outbound TCP connections open at once',
      parse.wholeNumber(1, MOST_CONNECTIONS),
    )
    .requiredOption(
      '--remotes <n>',
      'remote endpoints they go to, evenly',
      parse.wholeNumber(1, MOST_REMOTES),
    )
    .option('--per-second <n>', 'new connections a second', parse.decimal(0, MOST_REMOTES), 0)
    .option('--headroom <N%>', 'share of the capacity kept free, 0% to 99%', parse.share(99), 0)
    .option(
      '--time-wait <seconds>',
      'how long a closed connection keeps its port (default: as the profile says)',
      parse.seconds(0, 3_600),
    )
    .option(
      '--addresses <n>',
      'local addresses at hand (default: those of the host or profile)',
      parse.wholeNumber(1, MOST_ADDRESSES),
    )
    .option('--from <id|host>', 'start from a recorded run, or from this host as it is now')
    .option('--profile <name|file>', 'whose rules hold (default documented)')
    .option('--save <file>', 'write the host as a profile file, for the run that verifies the plan')
    .action(async (options: PlanOptions, self: Command) => {
      const { db } = self.optsWithGlobals<{ db: string }>();
      await plan(new LabService(db), options, out);
    });
}

async function plan(service: LabService, options: PlanOptions, out: Console): Promise<void> {
  const { save } = options;
  if (save !== undefined) assertProfileFile(save);
  const { host, profile, notes } = await startOf(service, options);
  const wish: PlanWish = {
    connections: options.connections,
    remotes: options.remotes,
    perSecond: options.perSecond,
    headroomPercent: options.headroom,
  };
  const document = planFor(wish, host, profile, save);
  const { verifyProfile, strategies, assumptions } = document;
  const checks = checksOf(wish, host, profile, strategies[0]);
  if (save !== undefined && verifyProfile !== null) {
    writeWhole(save, `${JSON.stringify(verifyProfile, null, 2)}\n`);
  }
  out.result({ ...document, checks, notes }, () =>
    plannerText(
      {
        plan: document,
        checks,
        notes,
        switches: profileSwitches(profile).filter(({ id }) => assumptions.includes(id)),
        fileThere: verifyProfile === null || save !== undefined,
      },
      out,
    ),
  );
}

/** The host to plan for, with what the command line says over it. */
async function startOf(service: LabService, options: PlanOptions): Promise<PlanStart> {
  const found = await service.planStart({
    from: options.from,
    profile: options.profile === undefined ? undefined : readProfile(options.profile),
  });
  const start = options.addresses === undefined ? found : withAddresses(found, options.addresses);
  const { timeWait: timeWaitSeconds = start.host.timeWaitSeconds } = options;
  return { ...start, host: { ...start.host, timeWaitSeconds } };
}

/** The best strategy on the model: with what it needs, and with one address fewer where it has more. */
function checksOf(
  wish: PlanWish,
  host: PlanHost,
  profile: ResolvedProfile,
  best: StrategyPlan | undefined,
): PlanCheck[] {
  if (best === undefined || best.addressesNeeded === null) return [];
  const { strategy, addressesNeeded: needed } = best;
  return [needed, needed - 1]
    .filter((addresses) => addresses > 0)
    .map((addresses) => checkPlan(wish, host, profile, strategy, addresses));
}
