import type { VerifyPlanEvidence } from '../../claim/rules/verify-plan-evidence.ts';
import { planHolds } from '../../claim/rules/verify-plan-rules.ts';
import { wildcardAddress } from '../../model/address.ts';
import { contains } from '../../model/port-range.ts';
import type { Strategy } from '../../model/strategy.ts';
import { thousands } from '../../model/words.ts';
import { armReport } from '../arm-report.ts';
import { hold } from '../filling/capacity-arm.ts';
import {
  STRATEGY_OPTIONS,
  type Experiment,
  type ExperimentContext,
  type Outcome,
} from '../experiment.ts';
import type { Listener } from '../listener.ts';
import { mayStarve, roomLeft } from '../safety.ts';
import { openBound } from '../sockets.ts';
import { ConnectedLoad } from './connected-load.ts';
import { NamedLoad } from './named-load.ts';
import type { PlanLoad } from './plan-load.ts';
import { openRemotes } from './plan-remotes.ts';
import { planCost } from './verify-plan-cost.ts';
import {
  blockOf,
  planned,
  verifyPlanParameters,
  type VerifyPlanParameters,
} from './verify-plan-parameters.ts';
import { WildcardLoad } from './wildcard-load.ts';

type Context = ExperimentContext<VerifyPlanParameters>;

/**
 * Carries a plan out: takes the ports it needs at its peak by its strategy, sees whether an application
 * without the option still gets one, and goes on to the headroom it promised.
 */
export const verifyPlanExperiment: Experiment<VerifyPlanParameters, 'verify-plan'> = {
  id: 'verify-plan',
  title: 'Verify a plan',
  summary:
    'Whether this many addresses carry a planned load by one strategy, with the headroom promised: holds as many ports, ' +
    'or connections to listeners of the lab’s own, as the plan has at its peak. The planner gives its command.',
  costs: 'As many ports as the plan says, TIME_WAIT and headroom included, released at once.',
  risks:
    'Exhaustive, it may leave option-less applications without a port for some seconds: new logons, LDAP, DNS and SMB may fail.',
  safe: false,
  parameters: verifyPlanParameters,
  claims: [],
  minAddresses: 1,
  maxAddresses: Number.POSITIVE_INFINITY,
  maxSeconds: 900,
  plan: planCost,
  run,
};

async function run(context: Context): Promise<Outcome<'verify-plan'>> {
  const { parameters, stack, stage, limits } = context;
  const unicast = parameters.strategy === 'reuse-unicast';
  // Before the arm: their ports are none of its own.
  const remotes = unicast ? await openRemotes(context, parameters.remotes) : [];
  const announced = mayStarve(limits);
  if (announced) await stage.window(true);
  const load = loadOf(context, remotes);
  try {
    return await carryOut(context, load, unicast ? remotes.length : null);
  } finally {
    await load.release();
    for (const { socket } of remotes) stack.close(socket);
    if (announced) await stage.window(false);
  }
}

function loadOf(context: Context, remotes: readonly Listener[]): PlanLoad {
  const { strategy } = context.parameters;
  if (strategy === 'reuse-unicast') return new ConnectedLoad(context, remotes);
  if (strategy === 'port-pool') return new NamedLoad(context, blockOf(context.parameters));
  return new WildcardLoad(context, STRATEGY_OPTIONS[armStrategy(strategy)]);
}

async function carryOut(
  context: Context,
  load: PlanLoad,
  opened: number | null,
): Promise<Outcome<'verify-plan'>> {
  const { parameters, stage, stack } = context;
  const { strategy, headroom } = parameters;
  const { need, capacity } = planned(parameters);
  const tell = (): void =>
    stage.progress(
      Math.min(0.95, load.held / capacity),
      `${thousands(load.held)} of ${thousands(capacity)} held`,
    );
  const began = stack.now();
  const index = stage.beginArm(armStrategy(strategy));
  let end = await load.take(need, tell);
  const atNeed = end.ended === 'done';
  const legacyCode = atNeed ? legacyBind(context) : null;
  const taken = atNeed ? takenFromRange(context) : null;
  if (atNeed) end = await load.take(capacity, tell);
  stage.peak();
  const arm = armReport(context, {
    index,
    strategy: armStrategy(strategy),
    ended: end.ended,
    firstError: end.error,
  });
  const { held } = load;
  const numbers = context.holdings.held;
  await hold(context, { before: 0, of: 1 });
  await load.release();
  stage.endArm();
  const own: VerifyPlanEvidence = {
    strategy,
    need,
    capacity,
    headroomPercent: headroom,
    held,
    ended: end.ended,
    failed: end.error,
    shortage: end.shortage,
    remotes: opened === null ? null : { asked: parameters.remotes, opened },
    legacyCode,
  };
  const seconds = (stack.now() - began) / 1e9;
  return { arms: [arm], measures: measuresOf(own, { numbers, taken, seconds }), own };
}

/** Planned strategies as arms know them. */
function armStrategy(strategy: VerifyPlanParameters['strategy']): Strategy {
  return strategy === 'wider-range' ? 'legacy' : strategy;
}

/** What an application without the option gets now, given back at once. @returns 0, its code, or null */
function legacyBind({ stack, protocol, family, limits, holdings }: Context): number | null {
  const room = roomLeft(limits, holdings.held, holdings.union, stack.now());
  if ('limit' in room) return null;
  const got = openBound(stack, protocol, family, [], stack.intern(wildcardAddress(family)));
  if (!got.ok) return got.code;
  stack.close(got.socket);
  return 0;
}

/** Numbers of the range that the lab holds on some address: what others may have lost (PS-4). */
function takenFromRange({ range, holdings }: Context): number | null {
  if (range === null) return null;
  let taken = 0;
  for (let port = range.start; contains(range, port); port++) {
    if (holdings.holdersOf(port) > 0) taken++;
  }
  return taken;
}

function measuresOf(
  own: VerifyPlanEvidence,
  seen: { readonly numbers: number; readonly taken: number | null; readonly seconds: number },
): Record<string, number> {
  const holds = planHolds(own);
  return {
    'plan.need': own.need,
    'plan.capacity': own.capacity,
    'plan.held': own.held,
    'plan.numbers': seen.numbers,
    ...(holds !== null && { 'plan.holds': holds ? 1 : 0 }),
    ...(seen.taken !== null && { 'plan.ofRange': seen.taken }),
    ...(own.legacyCode !== null && { 'plan.legacy.code': own.legacyCode }),
    ...(own.failed !== null && { 'plan.code': own.failed.code }),
    [`${armStrategy(own.strategy)}.seconds`]: seen.seconds,
  };
}
