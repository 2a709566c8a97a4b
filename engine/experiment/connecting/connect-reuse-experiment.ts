import { z } from 'zod';
import {
  CONNECT_WAYS,
  type ConnectArm,
  type ConnectReuseEvidence,
  type ConnectWay,
} from '../../claim/rules/connect-reuse-evidence.ts';
import { implicitConnect } from '../../claim/rules/connect-reuse-answers.ts';
import { LabError } from '../../model/lab-error.ts';
import type { Strategy } from '../../model/strategy.ts';
import { count } from '../../model/words.ts';
import { describeCode } from '../../model/winsock-error.ts';
import type { Arm } from '../../run/run-document.ts';
import type { AddressId } from '../../stack/socket-stack.ts';
import { armReport } from '../arm-report.ts';
import { sweepForOverlap } from './auto-reuse-sweep.ts';
import { repeatedTuples, seenByExplicit, wildcardSource } from './connect-probes.ts';
import { armOf, openPair, reset, type Pair } from './connection-arm.ts';
import {
  STRATEGY_OPTIONS,
  type Experiment,
  type ExperimentContext,
  type Outcome,
  type Plan,
  type Situation,
} from '../experiment.ts';
import { openListener, type Listener } from '../listener.ts';
import { commonParameters } from '../parameters.ts';
import { roomLeft, type SafetyLimits } from '../safety.ts';
import { sweepForSource } from './source-sweep.ts';

const connectReuseParameters = commonParameters.extend({
  remotes: z
    .int()
    .min(2)
    .max(6)
    .default(4)
    .describe('Remote endpoints, listeners of the lab’s own'),
  connections: z.int().min(1).max(100).default(16).describe('Connections to each of them, an arm'),
});

export type ConnectReuseParameters = z.infer<typeof connectReuseParameters>;

/** How each arm's sockets are to be counted; `unbound` sets no option. */
const STRATEGY: Readonly<Record<ConnectWay, Strategy>> = {
  bind: 'legacy',
  option: 'port-scalability',
  unbound: 'legacy',
  unicast: 'reuse-unicast',
  'bind-again': 'legacy',
};
/** A client socket, its accepted end, and the probes' own: what one connection takes at most. */
const CONNECTIONS_PER_SECOND = 100;
const NOTHING = { tried: 0, succeeded: 0 } as const;
const NOT_SEEN = { here: NOTHING, everywhere: NOTHING } as const;

/**
 * Some connections to some remotes, by each way a program can come by their local ports: how many
 * numbers each way needs. A bind with SO_REUSE_UNICASTPORT stands for ConnectEx, which needs just that.
 */
export const connectReuseExperiment: Experiment<ConnectReuseParameters, 'connect-reuse'> = {
  id: 'connect-reuse',
  title: 'Connections and shared numbers',
  summary:
    'How many local ports the same connections need: bound first, with SO_PORT_SCALABILITY, unbound, and with ' +
    'SO_REUSE_UNICASTPORT, to listeners of the lab’s own. Safe: some 64 connections at a time.',
  costs: 'Some 64 connections at once, five times, all reset again: some 10 s.',
  risks: 'Listens on some ports of the chosen address for that long; a firewall may ask about it.',
  safe: true,
  parameters: connectReuseParameters,
  claims: ['prefer-unicast'],
  minAddresses: 1,
  maxAddresses: 2,
  plan,
  run,
};

function plan({ parameters, limits }: Situation<ConnectReuseParameters>): Plan {
  const { protocol, remotes } = parameters;
  const asked = remotes * parameters.connections;
  const room = mostConnections(limits);
  const atOnce = Math.min(asked, room) + remotes + 1;
  return {
    wouldHold: CONNECT_WAYS.length * atOnce,
    atOnce,
    unionLost: atOnce,
    legacyLeft: limits.freeOnAll === null ? null : limits.freeOnAll - atOnce,
    seconds: Math.ceil((CONNECT_WAYS.length * asked) / CONNECTIONS_PER_SECOND),
    refusal: refusalOf(protocol, room, remotes),
    ...(protocol !== 'tcp' && { hint: 'run it with --set protocol=tcp' }),
  };
}

function refusalOf(protocol: string, room: number, remotes: number): string | null {
  if (protocol !== 'tcp') {
    return 'only TCP connections share numbers';
  }
  return room < remotes
    ? `the limits leave room for ${count(Math.max(0, room), 'connection')}, one to each remote needs ${remotes}`
    : null;
}

/** Connections at once, less one number for the probes. The accepted ends take sockets, too. */
function mostConnections(limits: SafetyLimits): number {
  const room = roomLeft({ ...limits, exhaustive: false }, 0, 0, 0);
  return 'limit' in room ? 0 : Math.min(room.sockets - 1, Math.floor(limits.maxSockets / 2));
}

async function run(
  context: ExperimentContext<ConnectReuseParameters>,
): Promise<Outcome<'connect-reuse'>> {
  const [address] = context.addressIds as [AddressId];
  const remotes: Listener[] = [];
  try {
    openRemotes(context, address, remotes);
    return await withRemotes(context, address, remotes);
  } finally {
    for (const { socket } of remotes) context.stack.close(socket);
  }
}

/** @throws LabError (failed) where the address can't be listened on */
function openRemotes(
  context: ExperimentContext<ConnectReuseParameters>,
  address: AddressId,
  remotes: Listener[],
): void {
  while (remotes.length < context.parameters.remotes) {
    const listener = openListener(context, address);
    if ('code' in listener) {
      throw new LabError(
        'failed',
        `connect-reuse: no listener on ${context.stack.addresses[address]}: ${describeCode(listener.code)}`,
        'free some ports, or name another address with --addresses',
      );
    }
    remotes.push(listener);
  }
}

async function withRemotes(
  context: ExperimentContext<ConnectReuseParameters>,
  address: AddressId,
  remotes: readonly Listener[],
): Promise<Outcome<'connect-reuse'>> {
  const arms: Arm[] = [];
  const seen: ConnectArm[] = [];
  const probes = new Probes();
  for (const [before, way] of CONNECT_WAYS.entries()) {
    if (context.stop.reason !== null) break;
    const { arm, connections } = await oneArm(context, way, address, remotes, probes, seen);
    arms.push(arm);
    seen.push(connections);
    const words = `${way}: ${count(connections.connections, 'connection')}, ${count(connections.distinct, 'number')}`;
    context.stage.progress((before + 1) / CONNECT_WAYS.length, words);
  }
  const own = { remotes: remotes.length, arms: seen, ...probes.evidence };
  return { arms, own, measures: measuresOf(seen) };
}

/** What is tried beside the arms, while they are up. */
class Probes {
  evidence: Omit<ConnectReuseEvidence, 'remotes' | 'arms'> = {
    unboundSeen: NOT_SEEN,
    boundSeen: NOT_SEEN,
    wildcardBefore: NOTHING,
    wildcardAfter: NOTHING,
    repeats: [],
    source: null,
    overlap: null,
  };

  add(evidence: Partial<ConnectReuseEvidence>): void {
    this.evidence = { ...this.evidence, ...evidence };
  }
}

async function oneArm(
  context: ExperimentContext<ConnectReuseParameters>,
  way: ConnectWay,
  address: AddressId,
  remotes: readonly Listener[],
  probes: Probes,
  seen: readonly ConnectArm[],
): Promise<{ arm: Arm; connections: ConnectArm }> {
  const { stage, stack, limits, stop, parameters } = context;
  const strategy = STRATEGY[way];
  const index = stage.beginArm(strategy);
  const wanted = Math.min(remotes.length * parameters.connections, mostConnections(limits));
  const local = way === 'unbound' ? null : { address, port: 0 };
  const pairs: Pair[] = [];
  let error: Arm['firstError'] = null;
  let optionCode = 0;
  while (pairs.length < wanted && error === null && stop.reason === null) {
    if (stack.now() >= limits.maxSeconds * 1e9) break;
    const remote = remotes[pairs.length % remotes.length]!;
    const pair = await openPair(context, STRATEGY_OPTIONS[strategy], local, remote);
    if ('failed' in pair) {
      error = pair.failed;
      optionCode = pair.option;
    } else pairs.push(pair);
    await context.breathe();
  }
  stage.peak();
  const ended = stop.reason !== null ? 'cancelled' : endOf(error, pairs.length < wanted, context);
  const arm = armReport(context, { index, strategy, ended, firstError: error });
  stage.phase();
  if (way === 'bind') probes.add({ boundSeen: seenByExplicit(context, address, pairs) });
  if (way === 'unbound') probes.add({ unboundSeen: seenByExplicit(context, address, pairs) });
  const connections = armOf(way, pairs, optionCode);
  reset(context, pairs);
  if (way === 'bind-again') await probeAlone(context, address, remotes, probes, seen);
  stage.endArm();
  return { arm, connections };
}

/** After the last arm's connections are gone: what needs no other connection. */
async function probeAlone(
  context: ExperimentContext<ConnectReuseParameters>,
  address: AddressId,
  remotes: readonly Listener[],
  probes: Probes,
  arms: readonly ConnectArm[],
): Promise<void> {
  const [one, other] = remotes as [Listener, Listener];
  const [, second] = context.addressIds;
  probes.add(await wildcardSource(context, one));
  // Explicit binds are cheaper, where they tell it.
  const [implicit] = implicitConnect({ ...probes.evidence, arms });
  if (implicit?.value === 'per-tuple' && second !== undefined) {
    const room = mostConnections(context.limits) - 1;
    probes.add({ source: await sweepForSource(context, [address, second], one, room) });
  }
  probes.add({ repeats: await repeatedTuples(context, address, [one, other]) });
  probes.add({ overlap: await sweepForOverlap(context, address) });
}

function endOf(
  error: Arm['firstError'],
  short: boolean,
  { exhaustion }: ExperimentContext<ConnectReuseParameters>,
): Arm['ended'] {
  if (error === null) return short ? 'max-seconds' : 'done';
  const out = error.call === 'bind' ? exhaustion.bind : exhaustion.connect;
  return error.code === out ? 'exhausted' : 'error';
}

function measuresOf(arms: readonly ConnectArm[]): Record<string, number> {
  return Object.fromEntries(
    arms.flatMap(({ way, connections, distinct, shared, deferred }) => [
      [`${way}.connections`, connections],
      [`${way}.numbers`, distinct],
      [`${way}.shared`, shared],
      [`${way}.putOff`, deferred],
    ]),
  );
}
