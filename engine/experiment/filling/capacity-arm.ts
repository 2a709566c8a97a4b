import type { CapacityArm } from '../../claim/rules/capacity-evidence.ts';
import { thousands } from '../../model/words.ts';
import type { Arm } from '../../run/run-document.ts';
import type { SocketId } from '../../stack/socket-stack.ts';
import type { ExperimentContext } from '../experiment.ts';
import type { CommonParameters } from '../parameters.ts';
import { SLICE_NS } from '../safety.ts';

/** One arm of capacity, done and released. */
export interface DoneArm {
  readonly arm: Arm;
  readonly seen: CapacityArm;
}

/** Where an arm stands in the run. */
export interface ArmPlace {
  readonly before: number;
  readonly of: number;
}

/** Ports on the address of an arm that got fewest. */
export function fewestOf({ perAddress }: Arm): number {
  return Math.min(...Object.values(perAddress));
}

/** Keeps everything bound for the asked time, or until the run is stopped; the last arm only. */
export async function hold(
  context: ExperimentContext<CommonParameters>,
  { before, of }: ArmPlace,
): Promise<void> {
  if (before !== of - 1) return;
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

/** Closes sockets one by one, whatever was asked to stop. */
export async function closeAll(
  { stack, breathe }: ExperimentContext<CommonParameters>,
  sockets: readonly SocketId[],
): Promise<void> {
  let until = stack.now() + SLICE_NS;
  for (const socket of sockets) {
    stack.close(socket);
    if (stack.now() < until) continue;
    await breathe();
    until = stack.now() + SLICE_NS;
  }
}
