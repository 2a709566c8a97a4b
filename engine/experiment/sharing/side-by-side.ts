import {
  coveredShare,
  pickedShare,
  readEncounter,
  type Encounter,
  type MetBy,
  type Sweeping,
} from '../../claim/encounter.ts';
import type { Strategy } from '../../model/strategy.ts';
import { thousands } from '../../model/words.ts';
import type { Arm } from '../../run/run-document.ts';
import { armReport } from '../arm-report.ts';
import {
  checkHeld,
  holdInTurn,
  lapOf,
  releaseAll,
  sweep,
  type Failure,
  type SweepContext,
  type SweepPlan,
  type Swept,
} from './hold-and-sweep.ts';
import type { Holder, HolderKind, SocketKind } from './holder.ts';

/** An arm in which sockets of several kinds hold numbers side by side, and others sweep. */
export interface SideBySide<K extends string, S extends string> {
  /** What it is filed under: how the sweeping sockets are made. */
  readonly strategy: Strategy;
  readonly label?: string;
  /** Numbers each kind holds. */
  readonly each: number;
  readonly holders: Readonly<Record<K, HolderKind>>;
  /** One after the other, all while everything is held. */
  readonly sweeps: Readonly<Record<S, SweepKind<K>>>;
  /** Something else to try once all is held, before the sweeps. */
  readonly whileHeld?: (holders: Readonly<Record<K, Holder>>) => void;
  /** How far the run is when this arm begins and ends, 0 to 1. */
  readonly progress: readonly [from: number, to: number];
}

export interface SweepKind<K extends string> extends SocketKind {
  /**
   * The holders whose numbers it is given if it is given any held ones: the sweep goes on until it has
   * met nearly all of them. Where there are none, until it has covered the range.
   */
  readonly control?: K;
  /** Go on although some number of every kind was met: how many of the control's are is the point. */
  readonly thorough?: boolean;
}

export interface SideBySideEnd<K extends string, S extends string> {
  readonly arm: Arm;
  /** Without those that were not begun. */
  readonly met: Readonly<Partial<Record<S, MetBy<K>>>>;
  /** What setting late options answered, 0 or an error, the worst of all; null where none was set. */
  readonly lateCode: number | null;
  /** The process that ended unasked, if one did. */
  readonly died: number | null;
}

/** Share of the control's numbers after which a sweep has come by nearly everything. */
const NEARLY_ALL = 0.9;
/** Share of released numbers that must come up again before a sweep for them may end. */
const ENOUGH_AGAIN = 0.75;

interface Looked<K extends string> {
  readonly kind: SweepKind<K>;
  readonly sweeping: Sweeping;
  readonly met: Readonly<Record<K, number>>;
  metFree: Readonly<Record<K, number>> | null;
}

/** Hold side by side, sweep, look whether all is still held, release, sweep for what was withheld. */
export async function sideBySide<K extends string, S extends string>(
  context: SweepContext,
  plan: SideBySide<K, S>,
): Promise<SideBySideEnd<K, S>> {
  const { stage, parameters } = context;
  const names = Object.keys(plan.holders) as K[];
  const index = stage.beginArm(plan.strategy);
  const { holders, failure: unheld } = await holdInTurn(
    context,
    names.map((name) => plan.holders[name]),
    plan.each,
  );
  const holder = Object.fromEntries(names.map((name, at) => [name, holders[at]])) as Record<
    K,
    Holder
  >;
  const each = <T>(value: (name: K) => T): Record<K, T> =>
    Object.fromEntries(names.map((name) => [name, value(name)])) as Record<K, T>;
  stage.peak();
  stage.phase();

  let failure: Failure | null = unheld;
  let ended: Arm['ended'] = unheld === null ? 'done' : 'error';
  const sweeps = Object.entries(plan.sweeps) as [S, SweepKind<K>][];
  let part = 0;
  const sweepNow = async (kind: SocketKind, satisfied: SweepPlan['satisfied']): Promise<Swept> => {
    for (const one of holders) one.forget();
    const [from, to] = plan.progress;
    const begins = from + ((to - from) * part++) / (2 * sweeps.length);
    const swept = await sweep(context, {
      kind,
      holders,
      satisfied,
      progress: (share, binds) =>
        stage.progress(
          begins + ((to - from) * share) / (2 * sweeps.length),
          `${plan.label ?? plan.strategy}: ${thousands(binds)} swept`,
        ),
    });
    ({ ended, failure } = swept);
    return swept;
  };

  if (ended === 'done') plan.whileHeld?.(holder);
  const lap = lapOf(context, holders);
  const looked = new Map<S, Looked<K>>();
  for (const [name, kind] of sweeps) {
    if (ended !== 'done') break;
    const control = kind.control === undefined ? null : holder[kind.control];
    const { sweeping } = await sweepNow(kind, (coverage) => {
      if (kind.thorough !== true && holders.every(({ met }) => met.size > 0)) return true;
      return control === null
        ? coverage.covered(parameters.coverage, lap)
        : coverage.swept >= lap && control.met.size >= NEARLY_ALL * control.held.length;
    });
    looked.set(name, { kind, sweeping, met: each((one) => holder[one].met.size), metFree: null });
  }

  await checkHeld(context, holders);
  const { ports } = armReport(context, { index, strategy: plan.strategy, ended, firstError: null });
  await releaseAll(context, holders);

  const encounter = (of: Looked<K>, name: K): Encounter => ({
    held: holder[name].held.length,
    met: of.met[name],
    metFree: of.metFree?.[name] ?? 0,
    lost: holder[name].lost,
  });
  for (const one of looked.values()) {
    if (ended !== 'done') break;
    // Only where the control allows a conclusion from what was not met.
    const open = names.filter((name) => {
      const best = encounter(one, name);
      return (
        best.met === 0 &&
        readEncounter(
          { ...best, metFree: best.held },
          controlOf(one, (control) => encounter(one, control)),
          one.sweeping.finished,
        ) === 'withheld'
      );
    });
    if (open.length === 0) continue;
    await sweepNow(one.kind, () =>
      open.every((name) => holder[name].metFree.size >= ENOUGH_AGAIN * holder[name].held.length),
    );
    one.metFree = each((name) => holder[name].metFree.size);
  }

  const firstError = failure?.error ?? null;
  const arm = armReport(context, { index, strategy: plan.strategy, ended, firstError });
  stage.endArm();
  return {
    arm: {
      ...arm,
      ...(ports !== undefined && { ports }),
      ...(plan.label !== undefined && { label: plan.label }),
    },
    met: Object.fromEntries(
      [...looked].map(([name, one]) => [
        name,
        { by: each((of) => encounter(one, of)), sweeping: one.sweeping },
      ]),
    ) as Partial<Record<S, MetBy<K>>>,
    lateCode: holders.reduce<number | null>(
      (worst, { lateCode }) => (lateCode === null ? worst : Math.max(worst ?? 0, lateCode)),
      null,
    ),
    died: failure?.died ?? null,
  };
}

/** How much of what it may have a sweep picked: the control of what it did not meet. */
function controlOf<K extends string>(
  { kind, sweeping }: Looked<K>,
  encounterOf: (control: K) => Encounter,
): number {
  return kind.control === undefined
    ? coveredShare(sweeping)
    : pickedShare(encounterOf(kind.control));
}
