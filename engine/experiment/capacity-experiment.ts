import { OP } from '../event/op.ts';
import { count, thousands } from '../model/words.ts';
import type { Strategy } from '../model/strategy.ts';
import type { Arm } from '../run/run-document.ts';
import type { AddressId } from '../stack/socket-stack.ts';
import { armReport } from './arm-report.ts';
import {
  PLANNED_SOCKETS_PER_SECOND,
  STRATEGY_OPTIONS,
  type Experiment,
  type ExperimentContext,
  type Outcome,
  type Plan,
  type Situation,
} from './experiment.ts';
import { commonParameters, type CommonParameters } from './parameters.ts';
import { SLICE_NS, mayStarve, roomLeft } from './safety.ts';
import { firstError } from './sockets.ts';

const ARMS = ['legacy', 'port-scalability'] as const satisfies readonly Strategy[];

/** Sockets bound by one stack call at most: keeps a slice short on any host. */
const SLICE_SOCKETS = 4_096;

/**
 * Binds wildcard ports on every address until none is left (or the reserve is reached), first
 * without the option, then, after releasing all of them, with it.
 */
export const capacityExperiment: Experiment<CommonParameters, 'capacity'> = {
  id: 'capacity',
  title: 'Capacity',
  summary:
    'How many wildcard ports this host gives on these addresses, without and with SO_PORT_SCALABILITY. ' +
    'Stops at the reserve; an exhaustive run goes on to the first error.',
  costs: 'As many ports as the limits allow, an arm at a time, released at once.',
  risks:
    'Exhaustive, it leaves option-less applications without a port for some seconds: new logons, LDAP, DNS and SMB may fail.',
  safe: false,
  parameters: commonParameters,
  claims: ['PS-1', 'PS-2'],
  minAddresses: 2,
  maxAddresses: Number.POSITIVE_INFINITY,
  plan,
  run,
};

function plan({ addresses, usable, limits }: Situation<CommonParameters>): Plan {
  const { maxSockets, reserve, freeOnAll, exhaustive } = limits;
  if (usable === null || freeOnAll === null) {
    return {
      wouldHold: 2 * maxSockets,
      atOnce: maxSockets,
      unionLost: maxSockets,
      legacyLeft: null,
      seconds: seconds(2 * maxSockets),
      refusal: null,
    };
  }
  const mayTake = exhaustive ? freeOnAll : Math.max(0, freeOnAll - (reserve ?? 0));
  const legacy = Math.min(mayTake, maxSockets);
  const option = Math.min(exhaustive ? usable * addresses : mayTake * addresses, maxSockets);
  const unionLost = Math.min(mayTake, Math.max(legacy, option));
  return {
    wouldHold: legacy + option,
    atOnce: Math.max(legacy, option),
    unionLost,
    legacyLeft: freeOnAll - unionLost,
    seconds: seconds(legacy + option),
    refusal:
      mayTake === 0
        ? `the reserve of ${count(reserve ?? 0, 'port')} leaves nothing to bind: ${thousands(freeOnAll)} are free on all addresses`
        : null,
  };
}

function seconds(sockets: number): number {
  return Math.ceil(sockets / PLANNED_SOCKETS_PER_SECOND);
}

async function run(context: ExperimentContext<CommonParameters>): Promise<Outcome<'capacity'>> {
  const arms: Arm[] = [];
  const measures: Record<string, number> = {};
  for (const strategy of ARMS) {
    if (context.stop.reason !== null) break;
    const began = context.stack.now();
    const arm = await fillUp(context, strategy, arms.length);
    arms.push(arm);
    measures[`${strategy}.bound`] = arm.bound;
    measures[`${strategy}.overlap`] = arm.overlap;
    measures[`${strategy}.seconds`] = (context.stack.now() - began) / 1e9;
  }
  const [legacy, option] = arms;
  if (legacy !== undefined && option !== undefined && legacy.bound > 0) {
    measures['multiplier'] = option.bound / legacy.bound;
  }
  return { arms, measures, own: null };
}

/** One arm: fill in rotation over the addresses, hold, release wholly. */
async function fillUp(
  context: ExperimentContext<CommonParameters>,
  strategy: Strategy,
  before: number,
): Promise<Arm> {
  const { stack, stage, holdings, limits } = context;
  const announced = mayStarve(limits);
  if (announced) await stage.window(true);
  const index = stage.beginArm(strategy);
  const filled: { first: number; count: number }[] = [];
  let rotation = 0;
  let open: readonly AddressId[] = context.addressIds;
  let error: Arm['firstError'] = null;
  let ended: Arm['ended'] | null = null;

  while (ended === null) {
    if (context.stop.reason !== null) {
      ended = 'cancelled';
      break;
    }
    const room = roomLeft(limits, holdings.held, holdings.union, stack.now());
    if ('limit' in room) {
      ended = room.limit;
      break;
    }
    const { first, bound, next, refused } = stack.fill({
      protocol: context.protocol,
      family: context.family,
      addresses: open,
      from: rotation,
      options: STRATEGY_OPTIONS[strategy],
      count: Math.min(room.sockets, SLICE_SOCKETS),
      budgetNs: SLICE_NS,
    });
    if (bound > 0) filled.push({ first, count: bound });
    rotation = next;
    if (refused !== null) {
      error ??= firstError(refused.op, refused.code);
      if (refused.op === OP.bind && refused.code === context.exhaustion.bind) {
        // This address is full; the others may have room (they do where the pool is per address).
        open = open.filter((address) => address !== refused.address);
        if (open.length === 0) ended = 'exhausted';
      } else {
        ended = 'error';
      }
    }
    const expected = expectedBinds(context, strategy);
    stage.progress(
      (before + Math.min(1, holdings.held / expected)) / ARMS.length,
      `${strategy}: ${thousands(holdings.held)} bound`,
    );
    await context.breathe();
  }

  stage.peak();
  const report = armReport(context, { index, strategy, ended, firstError: error });
  const lastArm = before === ARMS.length - 1;
  if (lastArm && context.holdSeconds > 0) await hold(context);
  for (const { first, count: sockets } of filled) {
    for (let done = 0; done < sockets;) {
      done += stack.release(first + done, sockets - done, SLICE_NS);
      await context.breathe();
    }
  }
  stage.endArm();
  if (announced) await stage.window(false);
  return report;
}

function expectedBinds(context: ExperimentContext<CommonParameters>, strategy: Strategy): number {
  const { usable, limits, addresses } = context;
  if (usable === null) return limits.maxSockets;
  return Math.min(limits.maxSockets, strategy === 'legacy' ? usable : usable * addresses);
}

/** Keeps everything bound for the asked time, or until the run is stopped. */
async function hold(context: ExperimentContext<CommonParameters>): Promise<void> {
  const step = 50;
  for (
    let left = context.holdSeconds * 1000;
    left > 0 && context.stop.reason === null;
    left -= step
  ) {
    context.stage.progress(
      1,
      `holding ${thousands(context.holdings.held)} ports, ${Math.ceil(left / 1000)} s left`,
    );
    await context.breathe(Math.min(step, left));
  }
}
