import { ATTEMPTS, type PeakAttempts } from '../../claim/rules/starvation-evidence.ts';
import type { ExperimentContext } from '../experiment.ts';
import type { CommonParameters } from '../parameters.ts';
import type { PortFiller } from './port-filler.ts';
import {
  attempt,
  AttemptCounts,
  optionAttempt,
  type AttemptEnd,
  type AttemptPlaces,
} from './starvation-attempts.ts';

/** Nobody is starved longer than this. */
export const MOST_PEAK_SECONDS = 10;
/** Between two rounds: applications try again, they don't hammer. */
export const ROUND_PAUSE_SECONDS = 0.05;

interface PeakWish {
  readonly rounds: number;
  /** Goes on for at least so long, seconds. */
  readonly lasts: number;
  /** Counts what fails in every round, not in clean ones only. */
  readonly countAll: boolean;
}

/**
 * Attempts while one address is full. Each round takes again what others gave back, then tries with
 * the option, without it in every way, and with it again: what fails between two binds that got a held
 * number failed for want of the option, not for want of ports.
 */
export async function attemptAtPeak(
  context: ExperimentContext<CommonParameters>,
  places: AttemptPlaces,
  filler: PortFiller,
  { rounds: wanted, lasts, countAll }: PeakWish,
): Promise<PeakAttempts> {
  const { stack, stage, stop, wait } = context;
  const counts = new AttemptCounts();
  const began = stack.now();
  const elapsed = (): number => (stack.now() - began) / 1e9;
  let rounds = 0;
  let clean = 0;
  let optionGot = 0;
  let holderConfirmed = false;
  while (stop.reason === null && elapsed() < MOST_PEAK_SECONDS) {
    if (rounds >= wanted && elapsed() >= lasts) break;
    await filler.fill();
    const round = await oneRound(context, places);
    const isClean = round.option.every((end) => end.ok && end.shared);
    rounds++;
    if (isClean) clean++;
    optionGot += round.option.filter((end) => end.ok).length;
    for (const { kind, end } of round.ends) {
      const sharedNow = end.ok && end.shared;
      if (isClean || countAll || sharedNow) counts.add(kind, end);
      if (sharedNow && kind !== 'connect' && !holderConfirmed) {
        holderConfirmed = await filler.answersTo(end.port);
      }
    }
    stage.progress(0.85, `full: round ${rounds} of ${wanted}`);
    await wait(ROUND_PAUSE_SECONDS);
  }
  return { rounds, clean, tallies: counts.tallies, optionGot, holderConfirmed };
}

interface Round {
  readonly option: readonly AttemptEnd[];
  readonly ends: readonly { readonly kind: (typeof ATTEMPTS)[number]; readonly end: AttemptEnd }[];
}

async function oneRound(
  context: ExperimentContext<CommonParameters>,
  places: AttemptPlaces,
): Promise<Round> {
  const ends: { kind: (typeof ATTEMPTS)[number]; end: AttemptEnd }[] = [];
  const before = optionAttempt(context, places);
  for (const kind of ATTEMPTS) {
    const end = await attempt(context, places, kind);
    if (end !== null) ends.push({ kind, end });
  }
  return { option: [before, optionAttempt(context, places)], ends };
}
