import type { MixedSide } from '../../claim/rules/mixed-load-evidence.ts';
import { OP } from '../../event/op.ts';
import { thousands } from '../../model/words.ts';
import type { Strategy } from '../../model/strategy.ts';
import type { Arm } from '../../run/run-document.ts';
import type { AddressId } from '../../stack/socket-stack.ts';
import { armReport } from '../arm-report.ts';
import type { ExperimentContext } from '../experiment.ts';
import type { CommonParameters } from '../parameters.ts';
import { roomLeft } from '../safety.ts';
import type { SharingApplication } from './sharing-application.ts';
import { firstError } from '../sockets.ts';

/** Binds tried before and after, and rounds once the first has failed. */
const TRIES = 5;
/** Between two rounds at the worst moment, seconds. */
const PAUSE_SECONDS = 0.05;

/** Who grows and who tries, and in what steps. */
export interface MixedWish {
  readonly strategy: Strategy;
  readonly label: string;
  readonly growing: SharingApplication;
  readonly trying: SharingApplication;
  /** Ports the trying one holds. */
  readonly hold: number;
  /** Ports the growing one takes between two tries. */
  readonly step: number;
}

type Context = ExperimentContext<CommonParameters>;

/** One application grows until a bind of the other fails, or no port is left; then all is released. */
export async function mixedSide(
  context: Context,
  wish: MixedWish,
  arms: Arm[],
): Promise<MixedSide> {
  const { stage, addressIds } = context;
  const { growing, trying, strategy, label } = wish;
  // The one that tries does so where it holds; the growing one takes all addresses in turn.
  const home = addressIds[1] as AddressId;
  const index = stage.beginArm(strategy);
  try {
    await trying.take(home, wish.hold);
    const { held: hold } = trying;
    const gotBefore = await tries(context, trying, home);
    const { ended, heldAtFailure, error } = await grow(context, wish, home);
    const grewTo = growing.held;
    stage.peak();
    const worst = heldAtFailure === null ? NO_FAILURES : await atWorst(context, wish, home);
    arms.push({ ...armReport(context, { index, strategy, ended, firstError: error }), label });
    await growing.release();
    const gotAfter = await tries(context, trying, home);
    return { hold, gotBefore, heldAtFailure, grewTo, ended, ...worst, gotAfter };
  } finally {
    await growing.release();
    await trying.release();
    stage.endArm();
  }
}

type Worst = Pick<MixedSide, 'failed' | 'codes' | 'between'>;
const NO_FAILURES: Worst = { failed: 0, codes: {}, between: 0 };

/** Tries again while the growing application holds what it holds, between binds of that one. */
async function atWorst(
  { stop, wait }: Context,
  { growing, trying }: MixedWish,
  home: AddressId,
): Promise<Worst> {
  const codes: Record<string, number> = {};
  let failed = 0;
  let between = 0;
  for (let round = 0; round < TRIES && stop.reason === null; round++) {
    const before = await growing.try(home);
    const end = await trying.try(home);
    const after = await growing.try(home);
    if (!end.ok) {
      failed++;
      codes[end.code] = (codes[end.code] ?? 0) + 1;
      const shared = [before, after].every(
        (one) => one.ok && growing.holdsElsewhere(home, one.port),
      );
      if (shared) between++;
    }
    await wait(PAUSE_SECONDS);
  }
  return { failed, codes, between };
}

async function tries(
  { stop }: Context,
  application: SharingApplication,
  address: AddressId,
): Promise<number> {
  let got = 0;
  for (let n = 0; n < TRIES && stop.reason === null; n++) {
    if ((await application.try(address)).ok) got++;
  }
  return got;
}

interface Growth {
  readonly ended: Arm['ended'];
  readonly heldAtFailure: number | null;
  readonly error: Arm['firstError'];
}

async function grow(
  context: Context,
  { growing, trying, step }: MixedWish,
  home: AddressId,
): Promise<Growth> {
  const { stack, stage, stop, limits, holdings, exhaustion, usable } = context;
  let open: readonly AddressId[] = context.addressIds;
  for (let turn = 0; ; turn++) {
    if (stop.reason !== null) return { ended: 'cancelled', heldAtFailure: null, error: null };
    // One more socket is open while somebody tries.
    const room = roomLeft(limits, holdings.held + 1, holdings.union + 1, stack.now());
    if ('limit' in room) return { ended: room.limit, heldAtFailure: null, error: null };
    const address = open[turn % open.length] as AddressId;
    const code = await growing.take(address, Math.min(step, room.sockets));
    if (!(await trying.try(home)).ok && stop.reason === null) {
      return { ended: 'done', heldAtFailure: growing.held, error: null };
    }
    if (code !== 0) {
      const error = firstError(OP.bind, code);
      if (code !== exhaustion.bind) return { ended: 'error', heldAtFailure: null, error };
      open = open.filter((one) => one !== address);
      if (open.length === 0) return { ended: 'exhausted', heldAtFailure: null, error };
    }
    stage.progress(
      Math.min(0.9, growing.held / ((usable ?? 16_384) * context.addresses)),
      `${thousands(growing.held)} held by the growing application`,
    );
  }
}
