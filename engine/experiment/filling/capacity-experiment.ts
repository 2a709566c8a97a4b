import { z } from 'zod';
import type { CapacityEvidence } from '../../claim/rules/capacity-evidence.ts';
import { STRATEGIES, type Strategy } from '../../model/strategy.ts';
import { count, thousands } from '../../model/words.ts';
import type { PortRange } from '../../model/port-range.ts';
import type { Arm } from '../../run/run-document.ts';
import type { AddressId } from '../../stack/socket-stack.ts';
import type { ArmPlace, DoneArm } from './capacity-arm.ts';
import {
  PLANNED_SOCKETS_PER_SECOND,
  type Experiment,
  type ExperimentContext,
  type Outcome,
  type Plan,
  type Situation,
} from '../experiment.ts';
import { fillArm } from './fill-arm.ts';
import { openListener } from '../listener.ts';
import { commonParameters } from '../parameters.ts';
import { poolArm } from './pool-arm.ts';
import { mayStarve } from '../safety.ts';
import { unicastArm } from './unicast-arm.ts';

const capacityParameters = commonParameters.extend({
  arms: z
    .string()
    .refine((text) => armsOf(text) !== undefined, {
      message: `takes all, or some of ${STRATEGIES.join(', ')}, between commas`,
    })
    .default('legacy,port-scalability')
    .describe(`What to fill with, one after the other: all, or some of ${STRATEGIES.join(', ')}`),
});

export type CapacityParameters = z.infer<typeof capacityParameters>;

/**
 * Binds wildcard ports on every address until none is left (or the reserve is reached), first
 * without the option, then, after releasing all of them, with it; and, where asked for, with
 * SO_REUSE_UNICASTPORT and with a port pool of its own.
 */
export const capacityExperiment: Experiment<CapacityParameters, 'capacity'> = {
  id: 'capacity',
  title: 'Capacity',
  summary:
    'How many wildcard ports this host gives on these addresses, without and with SO_PORT_SCALABILITY, and how many ' +
    'an own port pool or SO_REUSE_UNICASTPORT gives. Stops at the reserve; an exhaustive run goes on to the first error.',
  costs: 'As many ports as the limits allow, an arm at a time, released at once.',
  risks:
    'Exhaustive, it leaves option-less applications without a port for some seconds: new logons, LDAP, DNS and SMB may fail.',
  safe: false,
  parameters: capacityParameters,
  claims: ['PS-1', 'PS-2', 'PS-3', 'prefer-unicast', 'own-pool'],
  minAddresses: 2,
  maxAddresses: Number.POSITIVE_INFINITY,
  plan,
  run,
};

/** The arms a text names, each once, in the order they run; undefined where it names something else. */
function armsOf(text: string): Strategy[] | undefined {
  const names = text === 'all' ? [...STRATEGIES] : text.split(',').map((name) => name.trim());
  if (names.some((name) => !STRATEGIES.some((one) => one === name))) return undefined;
  return STRATEGIES.filter((one) => names.includes(one));
}

/** Of a text its schema has let through. */
function checkedArms({ arms, protocol }: CapacityParameters): readonly Strategy[] {
  // SO_REUSE_UNICASTPORT is about TCP connections: over UDP it has nothing to share.
  return (armsOf(arms) ?? []).filter((arm) => protocol === 'tcp' || arm !== 'reuse-unicast');
}

function plan({ parameters, addresses, usable, limits }: Situation<CapacityParameters>): Plan {
  const { maxSockets, reserve, freeOnAll, exhaustive } = limits;
  const arms = checkedArms(parameters);
  if (usable === null || freeOnAll === null) {
    return {
      wouldHold: arms.length * maxSockets,
      atOnce: maxSockets,
      unionLost: maxSockets,
      legacyLeft: null,
      seconds: seconds(arms.length * maxSockets),
      refusal: null,
    };
  }
  const mayTake = exhaustive ? freeOnAll : Math.max(0, freeOnAll - (reserve ?? 0));
  const once = Math.min(mayTake, maxSockets);
  const onEach = Math.min(exhaustive ? usable * addresses : mayTake * addresses, maxSockets);
  const taken = arms.map((arm) =>
    arm === 'port-scalability' || arm === 'port-pool' ? onEach : once,
  );
  const atOnce = Math.max(0, ...taken);
  const wouldHold = taken.reduce((sum, of) => sum + of, 0);
  const unionLost = Math.min(mayTake, atOnce);
  return {
    wouldHold,
    atOnce,
    unionLost,
    legacyLeft: freeOnAll - unionLost,
    seconds: seconds(wouldHold),
    refusal:
      mayTake === 0
        ? `the reserve of ${count(reserve ?? 0, 'port')} leaves nothing to bind: ${thousands(freeOnAll)} are free on all addresses`
        : null,
  };
}

function seconds(sockets: number): number {
  return Math.ceil(sockets / PLANNED_SOCKETS_PER_SECOND);
}

async function run(context: ExperimentContext<CapacityParameters>): Promise<Outcome<'capacity'>> {
  const { stage, stack, stop } = context;
  const arms: Arm[] = [];
  const measures: Record<string, number> = {};
  const own: Mutable<CapacityEvidence> = { arms: [], pool: null, unicast: null };
  const strategies = checkedArms(context.parameters);
  const held: PortRange[] = [];
  const announced = mayStarve(context.limits);
  for (const [before, strategy] of strategies.entries()) {
    if (stop.reason !== null) break;
    const began = stack.now();
    if (announced) await stage.window(true);
    const place = { before, of: strategies.length };
    const { arm, seen } = await armBy(context, strategy, place, own, held);
    if (announced) await stage.window(false);
    arms.push(arm);
    own.arms = [...own.arms, seen];
    measures[`${strategy}.bound`] = arm.bound;
    measures[`${strategy}.overlap`] = arm.overlap;
    measures[`${strategy}.seconds`] = (stack.now() - began) / 1e9;
  }
  const legacy = arms.find((arm) => arm.strategy === 'legacy');
  const option = arms.find((arm) => arm.strategy === 'port-scalability');
  if (legacy !== undefined && option !== undefined && legacy.bound > 0) {
    measures['multiplier'] = option.bound / legacy.bound;
  }
  return { arms, measures, own };
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** @param held the span of numbers of the arms before; what an own pool tries where the range is unknown */
async function armBy(
  context: ExperimentContext<CapacityParameters>,
  strategy: Strategy,
  place: ArmPlace,
  own: Mutable<CapacityEvidence>,
  held: PortRange[],
): Promise<DoneArm> {
  if (strategy === 'port-pool') {
    const done = await poolArm(context, place, context.range ?? held[0]);
    own.pool = done.pool;
    return done;
  }
  if (strategy === 'reuse-unicast') {
    const done = await unicastArm(context, place);
    own.unicast = done.unicast;
    return done;
  }
  const done = await filledArm(context, strategy, place);
  held.push(done.span);
  return done;
}

/** An arm that is filled; the one without the option with a listener, to see what a plain connect gets then. */
async function filledArm(
  context: ExperimentContext<CapacityParameters>,
  strategy: Strategy,
  place: ArmPlace,
): ReturnType<typeof fillArm> {
  const { stack, protocol, limits } = context;
  const [address] = context.addressIds as [AddressId];
  const asks = strategy === 'legacy' && protocol === 'tcp' && mayStarve(limits);
  const listener = asks ? openListener(context, address) : null;
  const open = listener !== null && !('code' in listener) ? listener : null;
  try {
    return await fillArm(context, strategy, place, open);
  } finally {
    if (open !== null) stack.close(open.socket);
  }
}
