import { LabError } from '../model/lab-error.ts';
import type { PortRange } from '../model/port-range.ts';
import { POOLS, PROTOCOLS, type Family, type Pool, type Protocol } from '../model/protocol.ts';
import {
  learnAnswers,
  type GivenAnswer,
  type LearnedAnswers,
  type LearnedSwitch,
} from './learned-answers.ts';
import type { ProfileFile } from './profile-file.ts';

/** What evidence is about: one machine in one state, real or under Wine, or one model. */
export interface LearnedFrom {
  /** `measured` on Windows, `wine`, or `modelled`. */
  readonly basis: string;
  /** The machine, or the profile a model posed as. */
  readonly host: string;
  /** Of the operating system; of a model the lab's words for it. */
  readonly build: string;
}

/** A recorded run, as far as a profile can be made of it. */
export interface RunToLearnFrom {
  readonly id: string;
  readonly from: LearnedFrom;
  readonly answers: readonly Omit<GivenAnswer, 'run'>[];
  readonly host: HostShape;
  /** Spans of numbers that arms filled to the last one gave, by pool. */
  readonly seen: Readonly<Partial<Record<Pool, SeenSpan>>>;
  /** Explicit-bind conflicts it measured, by protocol, where they make a table. */
  readonly bindMatrix: NonNullable<ProfileFile['bindMatrix']>;
}

/** Numbers a full pool gave. */
export interface SeenSpan {
  readonly range: PortRange;
  /** How many of the span were met. */
  readonly met: number;
}

/** A host's shape, as far as it is known. */
export interface HostShape {
  readonly addresses: readonly { readonly address: string; readonly adapter: string }[];
  readonly dynamicRanges: Readonly<Record<Pool, PortRange | null>>;
  readonly excludedRanges:
    | readonly (PortRange & {
        readonly protocol: Protocol;
        readonly family: Family;
        readonly administered: boolean;
      })[]
    | null;
  readonly autoReuseRange: PortRange | null;
}

/** A profile made of runs, and what it does not say. */
export interface LearnedProfile extends Omit<LearnedAnswers, 'learned'> {
  readonly file: ProfileFile;
  readonly from: LearnedFrom;
  readonly learned: readonly LearnedSwitch[];
  /** About ranges: where they come from, and what is unknown. */
  readonly notes: readonly string[];
}

/** The span a full pool gave stands for an unknown range where nearly all of it was met. */
const ENOUGH_MET = 0.9;

/**
 * Makes a profile file of what recorded runs of one host found. What they did not settle stays as the
 * profile `documented` has it. Host facts are those of the newest run.
 * @param runs newest first
 * @throws LabError usage: no runs, or runs of different hosts or kinds of evidence
 */
export function learnProfile(runs: readonly RunToLearnFrom[]): LearnedProfile {
  const [newest] = runs;
  if (newest === undefined) {
    throw new LabError('usage', 'no run to learn from', 'name one: portlab runs list');
  }
  for (const run of runs) mustBeAlike(newest, run);
  const answers = learnAnswers(
    runs.flatMap((run) => run.answers.map((answer) => ({ ...answer, run: run.id }))),
  );
  const { dynamicRanges, notes } = rangesOf(runs, newest.host);
  const { addresses, excludedRanges, autoReuseRange } = newest.host;
  const bindMatrix = measuredMatrix(runs);
  const file: ProfileFile = {
    base: 'documented',
    ...(addresses.length > 0 && { addresses: [...addresses] }),
    ...(Object.keys(dynamicRanges).length > 0 && { dynamicRanges }),
    ...(excludedRanges !== null && {
      excludedRanges: excludedRanges.map(({ protocol, family, start, count, administered }) => ({
        protocol,
        family,
        start,
        count,
        administered,
      })),
    }),
    ...(autoReuseRange !== null && { autoReuseRange }),
    ...(Object.keys(bindMatrix).length > 0 && { bindMatrix }),
    assumptions: Object.fromEntries(answers.learned.map(({ id, value }) => [id, value])),
    learned: {
      ...newest.from,
      runs: runs.map(({ id }) => id),
      answers: answers.learned.map((one) => ({ ...one, runs: [...one.runs] })),
    },
  };
  return {
    file,
    from: newest.from,
    ...answers,
    notes: [
      ...notes,
      ...Object.keys(bindMatrix).map(
        (protocol) =>
          `explicit binds over ${protocol.toUpperCase()} answer by no table the lab has: the profile carries the measured one`,
      ),
      ...(excludedRanges === null ? ['excluded ranges are unknown: none are in the profile'] : []),
      ...(autoReuseRange === null ? ['the auto-reuse range is unknown: the profile has none'] : []),
    ],
  };
}

/** Tables that are none of the lab's: the newest of each protocol whose run named none. */
function measuredMatrix(runs: readonly RunToLearnFrom[]): RunToLearnFrom['bindMatrix'] {
  return Object.fromEntries(
    PROTOCOLS.flatMap((protocol) => {
      const run = runs.find((one) => one.bindMatrix[protocol] !== undefined);
      const named = run?.answers.some(
        (answer) => answer.id === 'bindMatrix' && answer.protocol === protocol,
      );
      return run === undefined || named === true ? [] : [[protocol, run.bindMatrix[protocol]]];
    }),
  );
}

function mustBeAlike(one: RunToLearnFrom, other: RunToLearnFrom): void {
  for (const what of ['basis', 'host', 'build'] as const) {
    if (one.from[what] === other.from[what]) continue;
    throw new LabError(
      'usage',
      `runs ${one.id} and ${other.id} are of different kinds (${what}: ${one.from[what]}, ${other.from[what]}): a profile is one host’s, in one state`,
      'learn from the runs of one host and one kind only',
    );
  }
}

function rangesOf(
  runs: readonly RunToLearnFrom[],
  { dynamicRanges: known }: HostShape,
): { dynamicRanges: Partial<Record<Pool, PortRange>>; notes: string[] } {
  const dynamicRanges: Partial<Record<Pool, PortRange>> = {};
  const notes: string[] = [];
  for (const pool of POOLS) {
    const range = known[pool];
    if (range !== null) {
      dynamicRanges[pool] = range;
      if (runs.some(({ host }) => !isSame(host.dynamicRanges[pool], range))) {
        notes.push(`${pool}: the range changed between the runs; the newest one’s is taken`);
      }
      continue;
    }
    const seen = runs.find((run) => run.seen[pool] !== undefined)?.seen[pool];
    if (seen !== undefined && seen.met >= seen.range.count * ENOUGH_MET) {
      dynamicRanges[pool] = seen.range;
      notes.push(
        `${pool}: the range is unknown; the profile has the ${seen.range.count} numbers from ${seen.range.start} on of which a full pool gave ${seen.met}`,
      );
    } else {
      notes.push(`${pool}: the range is unknown: the profile has the documented default`);
    }
  }
  return { dynamicRanges, notes };
}

function isSame(one: PortRange | null, other: PortRange): boolean {
  return one?.start === other.start && one.count === other.count;
}
