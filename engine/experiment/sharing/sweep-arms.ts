import type { MetBy } from '../../claim/encounter.ts';
import type { SweepEvidence } from '../../claim/evidence.ts';
import { ALL_KINDS_LABEL, type HolderName } from '../../claim/rules/sweep-evidence.ts';
import { wildcardAddress } from '../../model/address.ts';
import type { Strategy } from '../../model/strategy.ts';
import { count, thousands } from '../../model/words.ts';
import type { Arm } from '../../run/run-document.ts';
import type { AddressId } from '../../stack/socket-stack.ts';
import { armReport } from '../arm-report.ts';
import { STRATEGY_OPTIONS } from '../experiment.ts';
import {
  checkHeld,
  holdInTurn,
  lapOf,
  releaseAll,
  sweep,
  type SweepContext,
} from './hold-and-sweep.ts';
import type { HolderKind } from './holder.ts';
import { sideBySide } from './side-by-side.ts';

export interface PairArm {
  /** How both the holding and the sweeping sockets are made. */
  readonly strategy: Strategy;
  readonly hold: number;
  /** Repeats after which the arm has seen enough. */
  readonly hits: number;
  /** Sweep once more when all is released, to see whether these numbers come up at all. */
  readonly again: boolean;
  /** How far the run is when this arm begins and ends, 0 to 1. */
  readonly progress: readonly [from: number, to: number];
}

/** Hold on A, sweep on B, check A again, release. */
export async function pairArm(
  context: SweepContext,
  { strategy, hold, hits, again, progress: [from, to] }: PairArm,
): Promise<Arm & { sweep: SweepEvidence }> {
  const { stage, parameters, limits, addressIds } = context;
  const [a, b] = addressIds as [AddressId, AddressId];
  const options = STRATEGY_OPTIONS[strategy];
  const index = stage.beginArm(strategy);
  const { holders, failure } = await holdInTurn(context, [{ options, address: a }], hold);
  const holder = holders[0]!;
  stage.peak();
  stage.phase();
  const lap = lapOf(context, holders);
  const kind = { options, address: b };
  const swept =
    failure === null
      ? await sweep(context, {
          kind,
          holders,
          satisfied: (coverage) =>
            holder.met.size >= hits || coverage.covered(parameters.coverage, lap),
          progress: (share, binds) =>
            stage.progress(
              from + (to - from) * share,
              `${strategy}: ${thousands(binds)} swept, ${count(holder.met.size, 'repeat')}`,
            ),
        })
      : null;
  await checkHeld(context, holders);
  const ended = swept?.ended ?? 'error';
  const firstError = failure?.error ?? swept?.failure?.error ?? null;
  const { ports } = armReport(context, { index, strategy, ended, firstError });
  await releaseAll(context, holders);
  if (again && ended === 'done') {
    const enough = Math.max(hits, holder.held.length / 2);
    await sweep(context, { kind, holders, satisfied: () => holder.metFree.size >= enough });
  }
  const report = armReport(context, { index, strategy, ended, firstError });
  stage.endArm();
  const { sweeping } = swept ?? { sweeping: { swept: 0, coverage: 0 } };
  return {
    ...report,
    ...(ports !== undefined && { ports }),
    sweep: {
      held: holder.held.length,
      swept: sweeping.swept,
      coverage: sweeping.coverage,
      enough: parameters.coverage,
      lost: holder.lost,
      bySpan: limits.freeOnAll === null,
      ...(again && { again: holder.metFree.size }),
    },
  };
}

/** Numbers held in every way side by side, on A and on the wildcard address; B is swept. */
export async function allKindsArm(
  context: SweepContext,
  {
    strategy,
    each,
    progress,
  }: {
    readonly strategy: 'legacy' | 'port-scalability';
    readonly each: number;
    readonly progress: readonly [from: number, to: number];
  },
): Promise<{ arm: Arm; met: MetBy<HolderName> | null }> {
  const [a, b] = context.addressIds as [AddressId, AddressId];
  const wildcard = context.stack.intern(wildcardAddress(context.family));
  const holders: Record<HolderName, HolderKind> = {
    legacy: { options: [], address: a },
    option: { options: ['SO_PORT_SCALABILITY'], address: a },
    named: { options: [], address: a, named: true },
    wildcard: { options: [], address: wildcard, named: true },
  };
  const { arm, met } = await sideBySide<HolderName, 'only'>(context, {
    strategy,
    label: ALL_KINDS_LABEL,
    each,
    holders,
    sweeps: {
      only: {
        options: STRATEGY_OPTIONS[strategy],
        address: b,
        // Nothing held is given to sockets without the option, by the documentation: no control there.
        ...(strategy === 'port-scalability' && { control: 'option' as const }),
      },
    },
    progress,
  });
  return { arm, met: met.only ?? null };
}
