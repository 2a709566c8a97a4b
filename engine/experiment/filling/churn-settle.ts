import type { Strategy } from '../../model/strategy.ts';
import type { AddressId } from '../../stack/socket-stack.ts';
import type { ChurnedArm } from './churn-arm.ts';
import type { ChurnParameters } from './churn-parameters.ts';
import { STRATEGY_OPTIONS, type ExperimentContext } from '../experiment.ts';
import { openBound } from '../sockets.ts';

/** Between two looks whether a port is back, seconds. */
const LOOK_SECONDS = 0.5;
/** Systems end TIME_WAIT in batches: the last port may be later than the first by this share of it. */
const MARGIN = 0.1;

export interface Settled {
  /** From a close to the port's return, seconds; null where it was not seen. */
  readonly timeWait: number | null;
  readonly settled: boolean;
}

/**
 * Waits until the ports are back. After a failure the first one to come back tells how long TIME_WAIT
 * lasts, and so when the last one will be; without a failure only the whole wait is sure.
 */
export async function settle(
  context: ExperimentContext<ChurnParameters>,
  { arm, firstClose, lastClose, first }: ChurnedArm,
): Promise<Settled> {
  const { stack, stop, parameters, limits, wait, stage } = context;
  if (arm.connections === 0) return { timeWait: null, settled: true };
  const until = Math.min(lastClose + parameters.settle * 1e9, limits.maxSeconds * 1e9);
  const left = (): number => (until - stack.now()) / 1e9;
  stage.progress(0.45, 'waiting for TIME_WAIT to end');
  if (arm.ended !== 'exhausted') {
    await wait(Math.max(0, left()));
    return {
      timeWait: null,
      settled: stop.reason === null && stack.now() >= lastClose + parameters.settle * 1e9,
    };
  }
  while (stop.reason === null && left() > 0) {
    await wait(LOOK_SECONDS);
    if (!givesPorts(context, arm.strategy) || !oneIsFree(context, first)) continue;
    const timeWait = (stack.now() - firstClose) / 1e9;
    const last = lastClose + timeWait * (1 + MARGIN) * 1e9;
    await wait(Math.max(0, Math.min(left(), (last - stack.now()) / 1e9)));
    return { timeWait, settled: stack.now() >= last - 1e6 };
  }
  return { timeWait: null, settled: false };
}

/**
 * Whether one of these very ports can be bound by name. A wildcard port alone may be one that another
 * program gave back; a named one alone is let in at once where names don't see TIME_WAIT.
 */
function oneIsFree(
  { stack, protocol, family }: ExperimentContext<ChurnParameters>,
  places: ChurnedArm['first'],
): boolean {
  return places.some(({ address, port }) => {
    const socket = stack.socket(protocol, family);
    if (socket < 0) return false;
    const code = stack.bind(socket, address, port);
    stack.close(socket);
    return code === 0;
  });
}

/** Whether a bind as the arm made them gets a port; the socket is closed at once. */
function givesPorts(
  { stack, protocol, family, addressIds }: ExperimentContext<ChurnParameters>,
  strategy: Strategy,
): boolean {
  const got = openBound(
    stack,
    protocol,
    family,
    STRATEGY_OPTIONS[strategy],
    addressIds[0] as AddressId,
  );
  if (got.ok) stack.close(got.socket);
  return got.ok;
}
