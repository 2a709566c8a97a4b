import { z } from 'zod';
import type { MixedLoadEvidence, MixedSide } from '../../claim/rules/mixed-load-evidence.ts';
import type { Arm } from '../../run/run-document.ts';
import { ProbeDied, type SocketOwner } from '../../stack/socket-owner.ts';
import {
  PLANNED_SOCKETS_PER_SECOND,
  STRATEGY_OPTIONS,
  type Experiment,
  type ExperimentContext,
  type Outcome,
  type Plan,
  type Situation,
} from '../experiment.ts';
import { mixedSide } from './mixed-load-side.ts';
import { commonParameters } from '../parameters.ts';
import { mayStarve, roomLeft } from '../safety.ts';
import { SharingApplication } from './sharing-application.ts';

const mixedLoadParameters = commonParameters.extend({
  hold: z
    .int()
    .min(1)
    .max(2_000)
    .default(50)
    .describe('Ports the application that does not grow holds'),
  step: z
    .int()
    .min(1)
    .max(4_096)
    .default(64)
    .describe('Ports the growing one takes between two tries of the other'),
});

export type MixedLoadParameters = z.infer<typeof mixedLoadParameters>;

/**
 * Two applications share the host, one with the option, one without: each grows in turn while the
 * other goes on to bind now and then. Who starves, and when?
 */
export const mixedLoadExperiment: Experiment<MixedLoadParameters, 'mixed-load'> = {
  id: 'mixed-load',
  title: 'Mixed load',
  summary:
    'Two processes share the host, one with SO_PORT_SCALABILITY and one without: how many ports each may hold before the other gets none. ' +
    'Says something only where the range can be filled: exhaustive.',
  costs: 'Up to the whole dynamic range on every address, by two processes beside the lab, twice.',
  risks:
    'Exhaustive, it leaves option-less applications without a port for some seconds: new logons, LDAP, DNS and SMB may fail.',
  safe: false,
  parameters: mixedLoadParameters,
  claims: ['PS-5'],
  minAddresses: 2,
  maxAddresses: Number.POSITIVE_INFINITY,
  plan,
  processes: () => 2,
  run,
};

function plan({ parameters, addresses, usable, limits }: Situation<MixedLoadParameters>): Plan {
  const { freeOnAll, reserve, exhaustive, maxSockets } = limits;
  const room = roomLeft(limits, 0, 0, 0);
  const mayTake =
    freeOnAll === null || exhaustive
      ? (freeOnAll ?? maxSockets)
      : Math.max(0, freeOnAll - (reserve ?? 0));
  const most = Math.min(maxSockets, exhaustive ? (usable ?? maxSockets) * addresses : mayTake);
  const lost = Math.min(mayTake, most);
  return {
    wouldHold: most + lost + 2 * parameters.hold,
    atOnce: most,
    unionLost: lost,
    legacyLeft: freeOnAll === null ? null : freeOnAll - lost,
    seconds: Math.ceil((2 * (most + lost)) / PLANNED_SOCKETS_PER_SECOND) + 2,
    refusal:
      'limit' in room || room.sockets < parameters.hold + 2
        ? 'the limits leave no room for the ports both applications hold to begin with'
        : null,
  };
}

async function run(
  context: ExperimentContext<MixedLoadParameters>,
): Promise<Outcome<'mixed-load'>> {
  const { stage, stop, parameters, limits } = context;
  const [, first, second] = context.owners as readonly [SocketOwner, SocketOwner, SocketOwner];
  const without = new SharingApplication(first, STRATEGY_OPTIONS.legacy, context);
  const withIt = new SharingApplication(second, STRATEGY_OPTIONS['port-scalability'], context);
  const { hold, step } = parameters;
  const arms: Arm[] = [];
  let optionGrows: MixedSide | null = null;
  let legacyGrows: MixedSide | null = null;
  let died = false;
  const announced = mayStarve(limits);
  if (announced) await stage.window(true);
  try {
    optionGrows = await mixedSide(
      context,
      {
        strategy: 'port-scalability',
        label: 'the application with the option grows',
        growing: withIt,
        trying: without,
        hold,
        step,
      },
      arms,
    );
    if (stop.reason === null) {
      legacyGrows = await mixedSide(
        context,
        {
          strategy: 'legacy',
          label: 'the application without the option grows',
          growing: without,
          trying: withIt,
          hold,
          step,
        },
        arms,
      );
    }
  } catch (error) {
    if (!(error instanceof ProbeDied)) throw error;
    died = true;
  } finally {
    if (announced) await stage.window(false);
  }
  const own: MixedLoadEvidence = { optionGrows, legacyGrows, died };
  return { arms, measures: measuresOf(own), own };
}

function measuresOf({ optionGrows, legacyGrows }: MixedLoadEvidence): Record<string, number> {
  const measures: Record<string, number> = {};
  const sides = { optionGrows, legacyGrows };
  for (const [name, side] of Object.entries(sides)) {
    if (side === null) continue;
    measures[`${name}.grewTo`] = side.grewTo;
    if (side.heldAtFailure !== null) measures[`${name}.heldAtFailure`] = side.heldAtFailure;
    measures[`${name}.failed`] = side.failed;
    const [code] = Object.entries(side.codes).toSorted(([, a], [, b]) => b - a);
    if (code !== undefined) measures[`${name}.code`] = Number(code[0]);
  }
  return measures;
}
