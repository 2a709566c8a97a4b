import { z } from 'zod';
import type {
  Walk,
  WalkStep,
  WalkthroughEvidence,
} from '../../claim/rules/walkthrough-evidence.ts';
import type { Strategy } from '../../model/strategy.ts';
import { count } from '../../model/words.ts';
import type { Arm } from '../../run/run-document.ts';
import type { AddressId, SocketId } from '../../stack/socket-stack.ts';
import { armReport } from '../arm-report.ts';
import {
  STRATEGY_OPTIONS,
  type Experiment,
  type ExperimentContext,
  type Outcome,
  type Plan,
  type Situation,
} from '../experiment.ts';
import { closeConnection, connectTo, openListener, type Listener } from '../listener.ts';
import { commonParameters } from '../parameters.ts';
import { safeRoom } from '../safety.ts';

const walkthroughParameters = commonParameters.extend({
  protocol: z.enum(['tcp']).default('tcp').describe('TCP only: the steps connect'),
});

export type WalkthroughParameters = z.infer<typeof walkthroughParameters>;
type Context = ExperimentContext<WalkthroughParameters>;

/** Two connections, and the listener where it must take a number of the range. */
const PORTS = 3;
const ARMS = ['legacy', 'port-scalability'] as const satisfies readonly Strategy[];

/**
 * The eight steps of Microsoft's SO_PORT_SCALABILITY page, one by one, against a listener of the
 * lab's own on the first address. Shows that the calls work, and nothing about full pools.
 */
export const walkthroughExperiment: Experiment<WalkthroughParameters, 'walkthrough'> = {
  id: 'walkthrough',
  title: 'The page’s eight steps',
  summary:
    'Microsoft’s example, step by step: two sockets with SO_PORT_SCALABILITY, each bound to an address of its own with port 0 and connected; before that the same without the option. ' +
    'Safe: two ports at a time.',
  costs:
    'Two ports and a listener; done in a moment. The listener’s side closes first, so that no client port stays in TIME_WAIT.',
  risks:
    'It listens on the first address for a moment: a firewall on a client edition may ask. Only the lab connects to it.',
  safe: true,
  parameters: walkthroughParameters,
  claims: [],
  minAddresses: 2,
  maxAddresses: 2,
  plan,
  run,
};

function plan({ limits }: Situation<WalkthroughParameters>): Plan {
  const room = safeRoom(limits);
  return {
    wouldHold: 2 * ARMS.length + 1,
    atOnce: PORTS,
    unionLost: PORTS,
    legacyLeft: limits.freeOnAll === null ? null : limits.freeOnAll - PORTS,
    seconds: 1,
    refusal:
      room < PORTS
        ? `the limits leave room for ${count(room, 'port')}, the eight steps need ${PORTS}`
        : null,
  };
}

async function run(context: Context): Promise<Outcome<'walkthrough'>> {
  const arms: Arm[] = [];
  const listener = openListener(context, context.addressIds[0]!);
  if (!('port' in listener)) {
    const own = { listener: null, listenerCode: listener.code, control: null, walk: null };
    return { arms, own, measures: { 'listener.code': listener.code } };
  }
  const walks: Walk[] = [];
  for (const strategy of ARMS) {
    if (context.stop.reason !== null) break;
    const { arm, walk } = await walkArm(context, strategy, listener);
    arms.push(arm);
    walks.push(walk);
  }
  context.stack.close(listener.socket);
  const { port, inRange } = listener;
  const [control = null, walk = null] = walks;
  const own = { listener: { port, inRange }, listenerCode: 0, control, walk };
  return { arms, own, measures: measuresOf(own) };
}

async function walkArm(
  context: Context,
  strategy: Strategy,
  listener: Listener,
): Promise<{ readonly arm: Arm; readonly walk: Walk }> {
  const { stage, stop } = context;
  const index = stage.beginArm(strategy);
  const open: { client: SocketId; accepted: SocketId | null }[] = [];
  const walk = await walkThrough(context, strategy, listener, open);
  stage.peak();
  const ended = stop.reason === null ? 'done' : 'cancelled';
  const arm = armReport(context, { index, strategy, ended, firstError: null });
  for (const ends of open) await closeConnection(context, ends, 'listener');
  stage.endArm();
  stage.progress(index / ARMS.length, `${strategy}: ${count(walk.steps.length, 'step')}`);
  return { arm, walk };
}

/** Goes on until a step fails. What it opened is in `open`, for the caller to close. */
async function walkThrough(
  context: Context,
  strategy: Strategy,
  listener: Listener,
  open: { client: SocketId; accepted: SocketId | null }[],
): Promise<Walk> {
  const { stack, protocol, family } = context;
  const steps: WalkStep[] = [];
  const reads: number[] = [];
  const bound: { address: string; port: number }[] = [];
  const done = (step: number, code: number): boolean => {
    steps.push({ step, code });
    return code === 0;
  };
  for (const [at, address] of (context.addressIds as [AddressId, AddressId]).entries()) {
    const before = 4 * at;
    const client = stack.socket(protocol, family);
    if (!done(before + 1, client < 0 ? -client : 0)) break;
    const ends = { client, accepted: null as SocketId | null };
    open.push(ends);
    for (const option of STRATEGY_OPTIONS[strategy]) {
      if (!done(before + 2, stack.setsockopt(client, option, 1))) return { steps, reads, bound };
      reads.push(stack.getsockopt(client, option));
    }
    const code = stack.bind(client, address, 0);
    const port = code === 0 ? stack.getsockname(client) : -code;
    if (!done(before + 3, port < 0 ? -port : 0)) break;
    bound.push({ address: stack.addresses[address] ?? '', port });
    const connection = await connectTo(context, client, listener);
    if (connection.ok) ends.accepted = connection.accepted;
    if (!done(before + 4, connection.ok ? 0 : connection.code)) break;
  }
  return { steps, reads, bound };
}

function measuresOf({ listener, control, walk }: WalkthroughEvidence): Record<string, number> {
  const measures: Record<string, number> = { 'listener.port': listener?.port ?? 0 };
  for (const { step, code } of control?.steps ?? []) measures[`control.step.${step}`] = code;
  for (const { step, code } of walk?.steps ?? []) measures[`step.${step}`] = code;
  for (const [at, { port }] of (walk?.bound ?? []).entries()) measures[`port.${at + 1}`] = port;
  return measures;
}
