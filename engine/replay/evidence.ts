import type { ClaimId } from '../claim/claims.ts';
import type { Arm } from '../run/run-document.ts';
import type { ArmMoments, Moment, Moments } from './moments.ts';
import type { Replay } from './replay.ts';

/** Where a claim can be seen, and what is to be seen there. */
export interface EvidenceMoment extends Moment {
  readonly says: string;
}

const SAYS: Readonly<Partial<Record<ClaimId, string>>> = {
  'PS-1': 'first wildcard port refused without the option',
  'PS-4': 'first wildcard bind without the option beside ports held with it',
  'PS-5': 'first socket without the option that found no port',
  'PS-6': 'first option set after bind',
  'PS-7': 'first bind with the option to the wildcard address, or to a named port',
  'PS-8': 'first port of another process with the option',
  'PS-9': 'first socket with both options',
  platform: 'first time the option was set',
  'prefer-unicast': 'first connect with SO_REUSE_UNICASTPORT',
  'own-pool': 'first port reservation',
};

/**
 * The row on which a claim of a run can be seen first. Claims that rest on how much was held are seen at the
 * arm's peak; PS-2 at the first number on two addresses.
 * @param arms of the run's document: which strategy an arm is
 * @returns null where nothing in the run bears on it
 */
export function evidenceOf(
  claim: ClaimId,
  arms: readonly Pick<Arm, 'index' | 'strategy'>[],
  moments: Moments,
  replay: Replay,
): EvidenceMoment | null {
  const shown = moments.evidence.get(claim);
  const of = (strategy: Arm['strategy']): ArmMoments | undefined =>
    highestOf(strategy, arms, moments, replay);
  if (shown !== undefined) return { ...shown, says: SAYS[claim] ?? 'first call that bears on it' };
  switch (claim) {
    case 'PS-1':
      return peakOf(of('legacy'), 'the arm without the option at its peak');
    case 'PS-2':
      return (
        firstShared(arms, moments, replay) ??
        peakOf(of('port-scalability'), 'the arm with the option at its peak: no number shared')
      );
    case 'PS-3':
      return peakOf(of('port-scalability'), 'the arm with the option at its peak');
    case 'own-pool':
      return peakOf(of('port-pool'), 'the own port pool at its peak');
    case 'prefer-unicast':
      return peakOf(of('reuse-unicast'), 'the arm with SO_REUSE_UNICASTPORT at its peak');
    default:
      return null;
  }
}

/** Of the arms of a strategy, the one that held most. */
function highestOf(
  strategy: Arm['strategy'],
  arms: readonly Pick<Arm, 'index' | 'strategy'>[],
  moments: Moments,
  replay: Replay,
): ArmMoments | undefined {
  const indices = new Set(
    arms.filter((arm) => arm.strategy === strategy).map(({ index }) => index),
  );
  let highest: ArmMoments | undefined;
  let most = -1;
  for (const arm of moments.arms) {
    if (!indices.has(arm.index)) continue;
    const { peakHeld } = replay.seek((arm.peak ?? arm.begin).seq).holdings;
    if (peakHeld <= most) continue;
    highest = arm;
    most = peakHeld;
  }
  return highest;
}

function peakOf(arm: ArmMoments | undefined, says: string): EvidenceMoment | null {
  if (arm === undefined) return null;
  const { seq, t } = arm.peak ?? arm.begin;
  return { seq, t, says };
}

/** The first number on two addresses in an arm with the option; in any arm where nothing says which that is. */
function firstShared(
  arms: readonly Pick<Arm, 'index' | 'strategy'>[],
  moments: Moments,
  replay: Replay,
): EvidenceMoment | null {
  const withOption = new Set(
    arms.filter(({ strategy }) => strategy === 'port-scalability').map(({ index }) => index),
  );
  for (const [at, { index, begin, end }] of moments.arms.entries()) {
    if (withOption.size > 0 && !withOption.has(index)) continue;
    const last = end?.seq ?? (moments.arms[at + 1]?.begin.seq ?? replay.rows) - 1;
    const found = firstOverlap(begin.seq, last, replay);
    if (found !== null) return { ...found, says: 'first number held on two addresses' };
  }
  return null;
}

/** The first row of an arm after which a number was held on two addresses. Once it was, it stays counted. */
function firstOverlap(first: number, last: number, replay: Replay): Moment | null {
  const overlapAt = (seq: number): number => replay.seek(seq).holdings.overlap;
  if (first > last || overlapAt(last) === 0) return null;
  let low = first;
  let high = last;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (overlapAt(middle) > 0) high = middle;
    else low = middle + 1;
  }
  return { seq: low, t: replay.events.t(low) };
}
