import type { ChurnArm, ChurnEvidence } from '../../claim/rules/churn-evidence.ts';
import type { Strategy } from '../../model/strategy.ts';
import type { Arm } from '../../run/run-document.ts';
import type { AddressId } from '../../stack/socket-stack.ts';
import {
  type Experiment,
  type ExperimentContext,
  type Outcome,
  type Plan,
  type Situation,
} from '../experiment.ts';
import { churnArm } from './churn-arm.ts';
import { settle } from './churn-settle.ts';
import { openListener } from '../listener.ts';
import { churnParameters, type ChurnParameters } from './churn-parameters.ts';
import { mayStarve } from '../safety.ts';

const ARMS = ['legacy', 'port-scalability'] as const satisfies readonly Strategy[];

/**
 * Opens and closes connections, this side first, so that each leaves its port in TIME_WAIT, until one
 * fails: how long a host lasts at that rate, without the option and with it.
 */
export const churnExperiment: Experiment<ChurnParameters, 'churn'> = {
  id: 'churn',
  title: 'Short connections',
  summary:
    'How long ports last when connections come and go faster than TIME_WAIT ends, without and with SO_PORT_SCALABILITY: ' +
    'seconds and connections until the first failure. Stops at the reserve; an exhaustive run goes on to the failure.',
  costs: 'Up to the whole range in TIME_WAIT, twice, minutes apart: some six minutes in all.',
  risks:
    'Exhaustive, option-less applications get no port until TIME_WAIT has passed, up to 4 minutes, and nothing can shorten that: new logons, LDAP, DNS and SMB may fail.',
  safe: false,
  parameters: churnParameters,
  claims: [],
  minAddresses: 2,
  maxAddresses: Number.POSITIVE_INFINITY,
  maxSeconds: 900,
  plan,
  run,
};

function plan({ parameters, addresses, usable, limits }: Situation<ChurnParameters>): Plan {
  const { freeOnAll, reserve, exhaustive, maxSockets } = limits;
  const asked = Math.floor(parameters.perSecond * parameters.seconds);
  const mayTake =
    freeOnAll === null || exhaustive
      ? (freeOnAll ?? maxSockets)
      : Math.max(0, freeOnAll - (reserve ?? 0));
  const legacy = Math.min(asked, mayTake);
  const option = Math.min(asked, exhaustive ? (usable ?? maxSockets) * addresses : mayTake);
  const lost = Math.min(mayTake, Math.max(legacy, option));
  const refusal =
    parameters.protocol === 'udp'
      ? 'UDP has no connections to close, and no TIME_WAIT: nothing would run out'
      : mayTake < 1
        ? 'the reserve leaves no port for a connection'
        : null;
  return {
    wouldHold: legacy + option,
    atOnce: Math.max(legacy, option),
    unionLost: lost,
    legacyLeft: freeOnAll === null ? null : freeOnAll - lost,
    seconds: Math.ceil((legacy + option) / parameters.perSecond + 2 * parameters.settle),
    refusal,
  };
}

async function run(context: ExperimentContext<ChurnParameters>): Promise<Outcome<'churn'>> {
  const { stack, stage, parameters, limits, stop } = context;
  const opened = openListener(context, context.addressIds[0] as AddressId);
  const arms: Arm[] = [];
  const churned: ChurnArm[] = [];
  let timeWait: number | null = null;
  let settled = true;
  if (!('code' in opened)) {
    const announced = mayStarve(limits);
    if (announced) await stage.window(true);
    try {
      for (const strategy of ARMS) {
        if (stop.reason !== null) break;
        const last = strategy === ARMS.at(-1);
        const ended = await churnArm(context, opened, strategy, (share) =>
          stage.progress((arms.length + 0.5 * share) / ARMS.length, strategy),
        );
        arms.push(ended.report);
        churned.push(ended.arm);
        // After the last arm nobody waits for its ports, unless none were left.
        if (last && ended.arm.ended !== 'exhausted') break;
        const back = await settle(context, ended);
        timeWait ??= back.timeWait;
        if (!last) settled = back.settled;
      }
    } finally {
      if (announced) await stage.window(false);
      stack.close(opened.socket);
    }
  }
  const own: ChurnEvidence = {
    arms: churned,
    asked: parameters.perSecond,
    timeWaitSeconds: timeWait,
    settled,
  };
  return { arms, measures: measuresOf(own), own };
}

function measuresOf({ arms, timeWaitSeconds }: ChurnEvidence): Record<string, number> {
  const measures: Record<string, number> = {};
  for (const { strategy, connections, seconds, failed } of arms) {
    measures[`${strategy}.connections`] = connections;
    measures[`${strategy}.seconds`] = seconds;
    measures[`${strategy}.connectionsPerSecond`] = seconds > 0 ? connections / seconds : 0;
    // As long as TIME_WAIT outlasts the arm, every connection made is still in it.
    if (timeWaitSeconds !== null && seconds <= timeWaitSeconds) {
      measures[`${strategy}.timeWait`] = connections;
    }
    if (failed !== null) measures[`${strategy}.code`] = failed.code;
  }
  if (timeWaitSeconds !== null) measures['timeWait.seconds'] = timeWaitSeconds;
  return measures;
}
