import type { ChurnArm } from '../../claim/rules/churn-evidence.ts';
import { OP } from '../../event/op.ts';
import type { Strategy } from '../../model/strategy.ts';
import type { Arm } from '../../run/run-document.ts';
import { armReport } from '../arm-report.ts';
import type { ChurnParameters } from './churn-parameters.ts';
import { STRATEGY_OPTIONS, type ExperimentContext } from '../experiment.ts';
import type { Listener } from '../listener.ts';
import { roomLeft } from '../safety.ts';
import { shortConnections, type Batch } from './short-connections.ts';
import { firstError } from '../sockets.ts';

/** Connections are made in batches of so long, seconds. */
const BATCH_SECONDS = 0.05;
/** Ports looked at to see TIME_WAIT end: one may be taken by somebody else. */
const WATCHED = 3;

/** An arm that has ended, and when its connections were closed. */
export interface ChurnedArm {
  readonly report: Arm;
  readonly arm: ChurnArm;
  /** Clock of the stack at the first and the last close, ns. */
  readonly firstClose: number;
  readonly lastClose: number;
  /** Where the first connections came from: these ports come back first. */
  readonly first: Batch['places'];
}

/** Makes short connections at the wanted rate until one fails, or a limit is reached. */
export async function churnArm(
  context: ExperimentContext<ChurnParameters>,
  listener: Listener,
  strategy: Strategy,
  progress: (share: number) => void,
): Promise<ChurnedArm> {
  const { stack, stage, stop, limits, parameters, wait, holdings } = context;
  const index = stage.beginArm(strategy);
  const began = stack.now();
  const elapsed = (): number => (stack.now() - began) / 1e9;
  let connections = 0;
  let firstClose = began;
  let first: Batch['places'] = [];
  let failed: Arm['firstError'] = null;
  let ended: Arm['ended'] | null = null;
  while (ended === null) {
    // What waits in TIME_WAIT is lost to everybody, though nobody holds it.
    const room = roomLeft(limits, holdings.held + connections, connections, stack.now());
    if (stop.reason !== null) ended = 'cancelled';
    else if ('limit' in room) ended = room.limit;
    else if (elapsed() >= parameters.seconds) ended = 'done';
    else {
      const due = Math.ceil(parameters.perSecond * (elapsed() + BATCH_SECONDS)) - connections;
      const most = Math.ceil(parameters.perSecond * BATCH_SECONDS);
      const wanted = Math.max(0, Math.min(due, most, room.sockets));
      const from = stack.now();
      const batch = await shortConnections(context, listener, STRATEGY_OPTIONS[strategy], {
        from: connections,
        wanted,
      });
      if (connections === 0) {
        firstClose = stack.now();
        first = batch.places.slice(0, WATCHED);
      }
      connections += batch.made;
      if (batch.failed !== null) {
        failed = firstError(batch.failed.op, batch.failed.code);
        const full = batch.failed.op === OP.bind && batch.failed.code === context.exhaustion.bind;
        ended = full ? 'exhausted' : 'error';
      } else {
        await wait(Math.max(0, BATCH_SECONDS - (stack.now() - from) / 1e9));
      }
      progress(Math.min(1, elapsed() / parameters.seconds));
    }
  }
  stage.peak();
  const lastClose = stack.now();
  const report = armReport(context, { index, strategy, ended, firstError: failed });
  const seconds = elapsed();
  stage.endArm();
  return {
    report,
    arm: { strategy, connections, seconds, ended, failed },
    firstClose,
    lastClose,
    first,
  };
}
