import { z } from 'zod';
import { OP } from '../../event/op.ts';
import { ATTEMPTS, type StarvationEvidence } from '../../claim/rules/starvation-evidence.ts';
import { DEFAULT_DYNAMIC_RANGE } from '../../model/port-range.ts';
import { thousands } from '../../model/words.ts';
import type { Arm } from '../../run/run-document.ts';
import type { AddressId } from '../../stack/socket-stack.ts';
import { armReport } from '../arm-report.ts';
import {
  PLANNED_SOCKETS_PER_SECOND,
  STRATEGY_OPTIONS,
  type Experiment,
  type ExperimentContext,
  type Outcome,
  type Plan,
  type Situation,
} from '../experiment.ts';
import { openListener } from '../listener.ts';
import { commonParameters } from '../parameters.ts';
import { PortFiller } from './port-filler.ts';
import { mayStarve } from '../safety.ts';
import { attempt, AttemptCounts, type AttemptPlaces } from './starvation-attempts.ts';
import { attemptAtPeak, MOST_PEAK_SECONDS, ROUND_PAUSE_SECONDS } from './starvation-peak.ts';
import { starvationMeasures } from './starvation-measures.ts';
import { firstError } from '../sockets.ts';

const starvationParameters = commonParameters.extend({
  rounds: z
    .int()
    .min(3)
    .max(100)
    .default(20)
    .describe('Attempts of each kind while every number is held'),
  patience: z
    .number()
    .min(1)
    .max(300)
    .default(30)
    .describe('Seconds to wait for the first port after the release'),
});

export type StarvationParameters = z.infer<typeof starvationParameters>;

/** Attempts of each kind before and after, when nothing is held. */
const CONTROL_ROUNDS = 5;
/** Between two looks whether ports are back, seconds. */
const RECOVERY_STEP_SECONDS = 0.01;

/**
 * Holds every number of the range on one address through the option, and sees what applications
 * without it get then: on another address, on the wildcard address, and by a plain connect.
 */
export const starvationExperiment: Experiment<StarvationParameters, 'starvation'> = {
  id: 'starvation',
  title: 'Starvation',
  summary:
    'Whether applications without SO_PORT_SCALABILITY get no port while every number is held through it on one address, ' +
    'which error they see, and how soon ports are back. Says something only where the range can be filled: exhaustive.',
  costs: 'The whole dynamic range of one address for some seconds, twice at most.',
  risks:
    'Exhaustive, it leaves option-less applications without a port for up to 10 s: new logons, LDAP, DNS and SMB may fail.',
  safe: false,
  parameters: starvationParameters,
  claims: ['PS-4', 'PS-5'],
  minAddresses: 2,
  maxAddresses: 2,
  plan,
  run,
};

function plan({ parameters, usable, limits }: Situation<StarvationParameters>): Plan {
  const { maxSockets, reserve, freeOnAll, exhaustive } = limits;
  const attempts = parameters.rounds * (ATTEMPTS.length + 2) + 2 * CONTROL_ROUNDS * ATTEMPTS.length;
  const mayTake =
    freeOnAll === null || exhaustive
      ? (usable ?? maxSockets)
      : Math.max(0, freeOnAll - (reserve ?? 0));
  const hold = Math.min(mayTake, maxSockets);
  const lost = freeOnAll === null ? hold : Math.min(hold, freeOnAll);
  return {
    // A second filling, without the option, where the first one starved nobody.
    wouldHold: 2 * hold + attempts,
    atOnce: hold + 1,
    unionLost: lost,
    legacyLeft: freeOnAll === null ? null : freeOnAll - lost,
    seconds: Math.ceil(
      (2 * hold) / PLANNED_SOCKETS_PER_SECOND + parameters.rounds * ROUND_PAUSE_SECONDS,
    ),
    refusal: hold < 1 ? 'the reserve leaves no port to hold' : null,
  };
}

type Context = ExperimentContext<StarvationParameters>;

async function run(context: Context): Promise<Outcome<'starvation'>> {
  const { stack, family } = context;
  const [first, second] = context.addressIds as [AddressId, AddressId];
  // Before the arms: its port is none of theirs.
  const opened = openListener(context, second);
  const listener = 'code' in opened ? null : opened;
  const wildcard = stack.intern(family === 'ipv4' ? '0.0.0.0' : '::');
  try {
    return await runArms(context, { first, second, wildcard, listener });
  } finally {
    if (listener !== null) stack.close(listener.socket);
  }
}

async function runArms(context: Context, places: AttemptPlaces): Promise<Outcome<'starvation'>> {
  const { stage, stop } = context;
  const arms: Arm[] = [];
  const before = await controlArm(context, places, arms, null);
  let full: Full | null = null;
  let bare: Full | null = null;
  let after = before;
  if (stop.reason === null) {
    const announced = mayStarve(context.limits);
    if (announced) await stage.window(true);
    try {
      full = await fullArm(context, places, 'port-scalability', arms);
      // Numbers were given twice: is that the option's doing, or does this host share them anyway?
      if (numbersShared(full) && stop.reason === null) {
        bare = await fullArm(context, places, 'legacy', arms);
      }
      after = await controlArm(context, places, arms, (bare ?? full).releasedAt);
    } finally {
      if (announced) await stage.window(false);
    }
  }
  const own: StarvationEvidence = {
    before: before.tallies,
    after: after.tallies,
    held: full?.held ?? 0,
    filled: full?.filled ?? 'cancelled',
    peak: full?.peak ?? null,
    control: bare === null ? null : controlOf(bare),
    recoverySeconds: (full?.peak ?? null) === null ? null : after.recoverySeconds,
  };
  return { arms, measures: starvationMeasures(own, full?.seconds ?? 0), own };
}

function numbersShared({ peak }: Full): boolean {
  return peak !== null && peak.tallies.bind.shared + peak.tallies['wildcard-bind'].shared > 0;
}

function controlOf({ held, filled, peak }: Full): StarvationEvidence['control'] {
  return peak === null ? null : { held, filled, tallies: peak.tallies };
}

interface Control extends Pick<StarvationEvidence, 'recoverySeconds'> {
  readonly tallies: StarvationEvidence['before'];
}

/**
 * The attempts with nothing held: they must succeed, or nothing that happens later means anything.
 * @param releasedAt clock of the stack when the range was given back; waits for the first port then
 */
async function controlArm(
  context: Context,
  places: AttemptPlaces,
  arms: Arm[],
  releasedAt: number | null,
): Promise<Control> {
  const { stage, stop, wait } = context;
  const counts = new AttemptCounts();
  if (stop.reason !== null) return { tallies: counts.tallies, recoverySeconds: null };
  const index = stage.beginArm('legacy');
  const recoverySeconds = releasedAt === null ? null : await recovered(context, places, releasedAt);
  let error: Arm['firstError'] = null;
  for (let round = 0; round < CONTROL_ROUNDS && stop.reason === null; round++) {
    for (const kind of ATTEMPTS) {
      const end = await attempt(context, places, kind);
      if (end === null) continue;
      counts.add(kind, end);
      if (!end.ok) error ??= firstError(kind === 'connect' ? OP.connect : OP.bind, end.code);
    }
    await wait(ROUND_PAUSE_SECONDS);
  }
  stage.peak();
  const ended = stop.reason === null ? 'done' : 'cancelled';
  arms.push(armReport(context, { index, strategy: 'legacy', ended, firstError: error }));
  stage.endArm();
  return { tallies: counts.tallies, recoverySeconds };
}

interface Full extends Pick<StarvationEvidence, 'held' | 'filled' | 'peak'> {
  /** How long the range was full, seconds. */
  readonly seconds: number;
  /** Clock of the stack when all was released, ns. */
  readonly releasedAt: number;
}

/** Fills the first address, attempts while it is full, releases. */
async function fullArm(
  context: Context,
  places: AttemptPlaces,
  strategy: 'legacy' | 'port-scalability',
  arms: Arm[],
): Promise<Full> {
  const { stack, stage, limits, parameters, usable } = context;
  const index = stage.beginArm(strategy);
  const filler = new PortFiller(context, places.first, STRATEGY_OPTIONS[strategy]);
  const expected = Math.min(limits.maxSockets, usable ?? DEFAULT_DYNAMIC_RANGE.count);
  try {
    const { ended, error } = await filler.fill(undefined, (held) =>
      stage.progress(Math.min(0.8, held / expected), `${strategy}: ${thousands(held)} held`),
    );
    const fullAt = stack.now();
    stage.peak();
    stage.phase();
    const bare = strategy === 'legacy';
    const peak =
      ended !== 'exhausted'
        ? null
        : await attemptAtPeak(context, places, filler, {
            rounds: bare ? CONTROL_ROUNDS : parameters.rounds,
            lasts: bare ? 0 : Math.min(MOST_PEAK_SECONDS, context.holdSeconds),
            // With numbers held without the option nothing shares them: no round would count.
            countAll: bare,
          });
    const seconds = (stack.now() - fullAt) / 1e9;
    const { held } = filler;
    arms.push(armReport(context, { index, strategy, ended, firstError: error }));
    await filler.release();
    stage.endArm();
    return { held, filled: ended, peak, seconds, releasedAt: stack.now() };
  } finally {
    await filler.release();
  }
}

/** Waits until an option-less bind gets a port again. @returns seconds since the release, or null */
async function recovered(
  context: Context,
  places: AttemptPlaces,
  releasedAt: number,
): Promise<number | null> {
  const { stack, stage, stop, limits, parameters, wait } = context;
  const until = Math.min(releasedAt + parameters.patience * 1e9, limits.maxSeconds * 1e9);
  stage.progress(0.9, 'released: waiting for the first port without the option');
  while (stop.reason === null) {
    const end = await attempt(context, places, 'bind');
    if (end?.ok === true) return (stack.now() - releasedAt) / 1e9;
    if (stack.now() >= until) return null;
    await wait(RECOVERY_STEP_SECONDS);
  }
  return null;
}
