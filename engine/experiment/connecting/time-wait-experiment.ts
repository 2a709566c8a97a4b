import { z } from 'zod';
import {
  GIVEN_UP,
  type Back,
  type TimeWaitEvidence,
} from '../../claim/rules/time-wait-evidence.ts';
import { LabError } from '../../model/lab-error.ts';
import { count } from '../../model/words.ts';
import { describeCode } from '../../model/winsock-error.ts';
import type { Arm } from '../../run/run-document.ts';
import type { AddressId } from '../../stack/socket-stack.ts';
import { armReport } from '../arm-report.ts';
import type { Experiment, ExperimentContext, Outcome, Plan, Situation } from '../experiment.ts';
import { GROUPS, giveUpPorts, type GivenUpPorts } from './given-up-ports.ts';
import { openListener, type Listener } from '../listener.ts';
import { commonParameters } from '../parameters.ts';
import { roomLeft, type SafetyLimits } from '../safety.ts';
import { TimeWaitWatch } from './time-wait-watch.ts';

const timeWaitParameters = commonParameters.extend({
  pairs: z.int().min(4).max(20).default(10).describe('Sockets of each of the eight groups'),
  patience: z
    .number()
    .min(5)
    .max(1_200)
    .default(260)
    .describe('Seconds after which ports that did not come back are no longer waited for'),
  every: z.number().min(0.5).max(30).default(2).describe('Seconds between two looks at them'),
});

export type TimeWaitParameters = z.infer<typeof timeWaitParameters>;

/** Below it, a few ports that others take by chance would weigh too much. */
const FEWEST = 4;
/** Before the waiting: opening and closing, seconds. */
const SET_UP_SECONDS = 20;

/**
 * How long a port stays taken after a connection that this side closed first, for whom, and what
 * ports of other closes do meanwhile. Nothing is held while it waits.
 */
export const timeWaitExperiment: Experiment<TimeWaitParameters, 'time-wait'> = {
  id: 'time-wait',
  title: 'TIME_WAIT',
  summary:
    'How long a port stays taken after a connection that this side closed first: measured by binding it by name, ' +
    'by wildcard binds, and by making the same connection again; with ports whose peer closed first, or reset, as controls.',
  costs: 'Some 80 ports for a moment, then up to 260 s of waiting with a look every 2 s.',
  risks:
    'Some 30 ports stay in TIME_WAIT for as long as the host keeps them. It listens on one port; event 4227 may be logged.',
  safe: true,
  parameters: timeWaitParameters,
  claims: [],
  minAddresses: 1,
  maxAddresses: 1,
  maxSeconds: 320,
  plan,
  run,
};

function plan({ parameters, limits }: Situation<TimeWaitParameters>): Plan {
  const each = eachGroup(parameters, limits);
  const atOnce = each * GROUPS.length + 2;
  return {
    wouldHold: atOnce,
    atOnce,
    unionLost: atOnce,
    legacyLeft: limits.freeOnAll === null ? null : limits.freeOnAll - atOnce,
    seconds: Math.ceil(Math.min(limits.maxSeconds, parameters.patience + SET_UP_SECONDS)),
    refusal: refusalOf(parameters.protocol, each),
    ...(parameters.protocol !== 'tcp' && { hint: 'run it with --set protocol=tcp' }),
  };
}

function refusalOf(protocol: string, each: number): string | null {
  if (protocol !== 'tcp') return 'only TCP has TIME_WAIT';
  return each < FEWEST
    ? `the limits leave room for ${count(each * GROUPS.length, 'socket')}, it needs ${FEWEST * GROUPS.length}`
    : null;
}

/** Sockets of each group: what is asked, less where the limits leave less. An accepted end is a socket too. */
function eachGroup({ pairs }: TimeWaitParameters, limits: SafetyLimits): number {
  const room = roomLeft({ ...limits, exhaustive: false }, 0, 0, 0);
  if ('limit' in room) return 0;
  const most = Math.min(room.sockets - 2, Math.floor(limits.maxSockets / 2) - 2);
  return Math.max(0, Math.min(pairs, Math.floor(most / GROUPS.length)));
}

/** @throws LabError (failed) where the address can't be listened on */
async function run(context: ExperimentContext<TimeWaitParameters>): Promise<Outcome<'time-wait'>> {
  const [address] = context.addressIds as [AddressId];
  const listener = openListener(context, address);
  if ('code' in listener) {
    throw new LabError(
      'failed',
      `time-wait: no listener on ${context.stack.addresses[address]}: ${describeCode(listener.code)}`,
      'free some ports, or name another address with --addresses',
    );
  }
  try {
    return await withListener(context, address, listener);
  } finally {
    context.stack.close(listener.socket);
  }
}

async function withListener(
  context: ExperimentContext<TimeWaitParameters>,
  address: AddressId,
  listener: Listener,
): Promise<Outcome<'time-wait'>> {
  const { stage, parameters, limits, stop } = context;
  const index = stage.beginArm('legacy');
  stage.progress(0, 'opening connections');
  const each = eachGroup(parameters, limits);
  let arm: Arm | null = null;
  const given = await giveUpPorts(context, address, listener, each, () => {
    stage.peak();
    // Its error, if there is one, is known only later.
    arm = armReport(context, { index, strategy: 'legacy', ended: 'done', firstError: null });
  });
  stage.phase();
  const own = await watch(context, address, listener, given);
  stage.endArm();
  const ended = stop.reason !== null ? 'cancelled' : given.failed !== null ? 'error' : 'done';
  return {
    arms: arm === null ? [] : [{ ...(arm as Arm), ended, firstError: given.failed }],
    own,
    measures: measuresOf(own, each),
  };
}

/** Looks at the ports right after the close, and then until those of TIME_WAIT have come back. */
async function watch(
  context: ExperimentContext<TimeWaitParameters>,
  address: AddressId,
  listener: Listener,
  { ports }: GivenUpPorts,
): Promise<TimeWaitEvidence> {
  const { stack, stage, stop, limits, parameters } = context;
  const look = new TimeWaitWatch(context, address, listener, ports);
  const began = stack.now();
  const evidence = await look.atOnce();
  const until = Math.min(began + parameters.patience * 1e9, limits.maxSeconds * 1e9);
  while (!look.done && stop.reason === null && stack.now() < until) {
    const left = (until - stack.now()) / 1e9;
    await context.wait(Math.min(parameters.every, left));
    if (stop.reason !== null) break;
    await look.again();
    const waited = Math.round((stack.now() - began) / 1e9);
    stage.progress(
      Math.min(1, waited / parameters.patience),
      `${waited} s after the close: ${count(look.taken, 'port')} still taken`,
    );
  }
  return { ...evidence, back: look.back };
}

function measuresOf(own: TimeWaitEvidence, each: number): Record<string, number> {
  const measures: Record<string, number> = { 'timeWait.pairs': each };
  const add = (name: string, back: Back | null): void => {
    if (back === null) return;
    if (back.freeAt === null) measures[`${name}.longerThanSeconds`] = back.takenAt;
    else measures[`${name}.seconds`] = back.freeAt;
  };
  const { explicit, wildcard, again } = own;
  for (const given of GIVEN_UP) {
    measures[`atOnce.${given}.byName`] = explicit[given].succeeded;
    if (wildcard !== null) measures[`atOnce.${given}.byWildcard`] = wildcard.met[given].succeeded;
  }
  measures['atOnce.closedHere.sameConnection'] = again.closedHere.succeeded;
  measures['atOnce.reset.sameConnection'] = again.reset.succeeded;
  add('timeWait.byName', own.back.explicit);
  add('timeWait.byWildcard', own.back.wildcard);
  add('timeWait.sameConnection', own.back.again);
  return measures;
}
