import type { UnicastSeen } from '../../claim/rules/capacity-evidence.ts';
import { count } from '../../model/words.ts';
import type { Arm } from '../../run/run-document.ts';
import type { AddressId } from '../../stack/socket-stack.ts';
import { armReport } from '../arm-report.ts';
import { fewestOf, hold, type ArmPlace, type DoneArm } from './capacity-arm.ts';
import { armOf, openPair, reset, type Pair } from '../connecting/connection-arm.ts';
import { STRATEGY_OPTIONS, type ExperimentContext } from '../experiment.ts';
import { fillArm } from './fill-arm.ts';
import { openListener, type Listener } from '../listener.ts';
import type { CommonParameters } from '../parameters.ts';
import { roomLeft } from '../safety.ts';
import { openBound } from '../sockets.ts';

const STRATEGY = 'reuse-unicast';
const OPTIONS = STRATEGY_OPTIONS[STRATEGY];
/** Enough to see numbers shared; connections cost too much to make as many as there are ports. */
const MOST_CONNECTIONS = 200;
const REMOTES = 4;

/**
 * The arm with SO_REUSE_UNICASTPORT: filled like the others where bind gives a port, some connections
 * from the first address where it leaves the port to connect.
 */
export async function unicastArm(
  context: ExperimentContext<CommonParameters>,
  place: ArmPlace,
): Promise<DoneArm & { readonly unicast: UnicastSeen }> {
  const [address] = context.addressIds as [AddressId];
  const got = openBound(context.stack, context.protocol, context.family, OPTIONS, address);
  if (got.ok) context.stack.close(got.socket);
  if (got.ok && got.port === 0) return connectingArm(context, place, address);
  const done = await fillArm(context, STRATEGY, place, null);
  const { bound } = done.arm;
  return { ...done, unicast: { deferred: false, connections: bound, distinct: bound, shared: 0 } };
}

async function connectingArm(
  context: ExperimentContext<CommonParameters>,
  place: ArmPlace,
  address: AddressId,
): Promise<DoneArm & { readonly unicast: UnicastSeen }> {
  const { stack, stage } = context;
  const remotes: Listener[] = [];
  for (let n = 0; n < REMOTES; n++) {
    const listener = openListener(context, address);
    if (!('code' in listener)) remotes.push(listener);
  }
  const index = stage.beginArm(STRATEGY);
  const pairs: Pair[] = [];
  const { ended, error } = await connectSome(context, address, remotes, pairs);
  stage.peak();
  const arm = armReport(context, { index, strategy: STRATEGY, ended, firstError: error });
  stage.progress(
    (place.before + 1) / place.of,
    `${STRATEGY}: ${count(pairs.length, 'connection')}`,
  );
  await hold(context, place);
  const { connections, distinct, shared } = armOf('unicast', pairs, 0);
  reset(context, pairs);
  for (const { socket } of remotes) stack.close(socket);
  stage.endArm();
  const seen = {
    strategy: STRATEGY,
    shortage: null,
    bindCode: null,
    connectCode: error?.call === 'connect' ? error.code : null,
    optionCode: null,
    fewest: fewestOf(arm),
  } as const;
  return { arm, seen, unicast: { deferred: true, connections, distinct, shared } };
}

async function connectSome(
  context: ExperimentContext<CommonParameters>,
  address: AddressId,
  remotes: readonly Listener[],
  pairs: Pair[],
): Promise<{ ended: Arm['ended']; error: Arm['firstError'] }> {
  const { stack, holdings, limits, stop } = context;
  while (pairs.length < MOST_CONNECTIONS && remotes.length > 0) {
    if (stop.reason !== null) return { ended: 'cancelled', error: null };
    // Each takes two sockets, its accepted end too.
    const room = roomLeft(limits, 2 * pairs.length + 1, holdings.union, stack.now());
    if ('limit' in room) return { ended: room.limit, error: null };
    const remote = remotes[pairs.length % remotes.length]!;
    const pair = await openPair(context, OPTIONS, { address, port: 0 }, remote);
    if ('failed' in pair) {
      const { call, code } = pair.failed;
      const out = call === 'connect' && code === context.exhaustion.connect;
      return { ended: out ? 'exhausted' : 'error', error: pair.failed };
    }
    pairs.push(pair);
    await context.breathe();
  }
  return { ended: 'done', error: null };
}
