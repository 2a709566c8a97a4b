import type { KilledProcess } from '../../claim/rules/cross-process-evidence.ts';
import { holdInTurn, releaseAll, type SweepContext } from './hold-and-sweep.ts';
import type { HolderKind } from './holder.ts';
import { armReport } from '../arm-report.ts';
import type { Arm } from '../../run/run-document.ts';

/** How long ports of a process that was killed are waited for, s, and between looks. */
const PATIENCE_S = 5;
const LOOK_S = 0.005;

/**
 * Has a process hold ports through the option, kills it, and looks when they are free again: by naming
 * each on the same address. A number another program takes meanwhile never is.
 */
export async function killHolder(
  context: SweepContext,
  kind: HolderKind & { readonly owner: number },
  each: number,
): Promise<{ readonly arm: Arm; readonly killed: KilledProcess; readonly died: boolean }> {
  const { stage, owners, stop } = context;
  const strategy = 'port-scalability';
  const index = stage.beginArm(strategy);
  const { holders, failure } = await holdInTurn(context, [kind], each);
  const [holder] = holders;
  const numbers = holder?.held.map(({ port }) => port) ?? [];
  stage.peak();
  stage.phase();
  stage.progress(0.95, 'killing a process that holds ports');
  const { ports } = armReport(context, { index, strategy, ended: 'done', firstError: null });
  let killed: KilledProcess = { held: numbers.length, freed: 0, freedMs: null };
  if (failure === null) {
    await owners[kind.owner]!.kill();
    killed = await untilFree(context, kind, numbers);
  }
  // Where it was not killed it gives its ports back itself.
  if (failure !== null) await releaseAll(context, holders);
  const arm = armReport(context, {
    index,
    strategy,
    ended: failure === null ? (stop.reason === null ? 'done' : 'cancelled') : 'error',
    firstError: failure?.error ?? null,
  });
  stage.endArm();
  return {
    arm: { ...arm, ...(ports !== undefined && { ports }), label: 'killed while holding' },
    killed,
    died: failure !== null && failure.died !== null,
  };
}

async function untilFree(
  context: SweepContext,
  kind: HolderKind,
  numbers: readonly number[],
): Promise<KilledProcess> {
  const { stack, stop } = context;
  const left = new Set(numbers);
  const killedAt = stack.now();
  let freedMs = 0;
  while (left.size > 0 && stop.reason === null && stack.now() - killedAt <= PATIENCE_S * 1e9) {
    for (const port of left) {
      if (!isFree(context, kind, port)) continue;
      left.delete(port);
      freedMs = (stack.now() - killedAt) / 1e6;
    }
    if (left.size > 0) await context.wait(LOOK_S);
  }
  const held = numbers.length;
  return {
    held,
    freed: held - left.size,
    freedMs: left.size === 0 && held > 0 ? freedMs : null,
  };
}

function isFree(
  { stack, protocol, family }: SweepContext,
  { address }: HolderKind,
  port: number,
): boolean {
  const socket = stack.socket(protocol, family);
  if (socket < 0) return false;
  const code = stack.bind(socket, address, port);
  if (code === 0) stack.getsockname(socket);
  stack.close(socket);
  return code === 0;
}
