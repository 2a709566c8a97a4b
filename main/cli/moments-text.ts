import { instantWords } from '#engine/chart/instant-words.ts';
import { opName } from '#engine/event/op.ts';
import { describeCode } from '#engine/model/winsock-error.ts';
import { thousands } from '#engine/model/words.ts';
import type { ArmMoments, Moment } from '#engine/replay/moments.ts';
import { evidenceIn, type ReplayedRun } from '../service/replayed-run.ts';
import type { Console } from './console.ts';
import { armWords } from './replay-text.ts';
import { table } from './table.ts';

const MOST_ARMS = 50;
const MOST_WINDOWS = 5;

/** Where in a run to look, and how to get there. */
export function momentsText(run: ReplayedRun, out: Console): string {
  const rows = [...placeRows(run), ...evidenceRows(run)];
  const sections: readonly (readonly [title: string, text: string])[] = [
    ['Arms', run.moments.arms.length === 0 ? '' : armsTable(run)],
    ['Where to look', rows.length === 0 ? '' : placesTable(rows)],
  ];
  return sections
    .filter(([, text]) => text !== '')
    .map(([title, text]) => `${out.bold(title)}\n${text}`)
    .join('\n\n');
}

function armsTable(run: ReplayedRun): string {
  const { arms } = run.moments;
  const rows = arms.slice(0, MOST_ARMS).map((arm) => {
    const { index, begin, peak, firstError } = arm;
    return [
      armTitle(run, index),
      timeOf(run, begin),
      peak === null ? '–' : timeOf(run, peak),
      thousands(mostHeld(run, arm)),
      firstError === null
        ? '–'
        : `${opName(firstError.op) ?? 'call'}: ${describeCode(firstError.code)} at ${timeOf(run, firstError)}`,
    ];
  });
  const text = table(
    [
      { title: 'Arm' },
      { title: 'Begins', right: true },
      { title: 'Peak', right: true },
      { title: 'Most held', right: true },
      { title: 'First error' },
    ],
    rows,
  );
  const hidden = arms.length - rows.length;
  return hidden > 0 ? `${text}\nand ${thousands(hidden)} more (--json has them all)` : text;
}

/** Most ports held at once until the arm's end, or as far as it was recorded. */
function mostHeld({ replay }: ReplayedRun, { begin, end }: ArmMoments): number {
  const last = end?.seq ?? replay.rows - 1;
  // An arm without an end may be followed by others, in which it no longer counts.
  return end === null && replay.seek(last).arm !== replay.seek(begin.seq).arm
    ? 0
    : replay.seek(last).holdings.peakHeld;
}

type Place = readonly [moment: Moment, says: string];

function placeRows({ moments }: ReplayedRun): Place[] {
  const { firstError, firstStarved, firstCanaryFailure, windows } = moments;
  const places: (Place | null)[] = [
    firstError && [firstError, 'first error'],
    firstStarved && [firstStarved, 'first option-less socket that found no port'],
    firstCanaryFailure && [firstCanaryFailure, 'first time the canary failed'],
    ...windows
      .slice(0, MOST_WINDOWS)
      .flatMap(({ open, close }): (Place | null)[] => [
        [open, 'from here on option-less sockets may starve'],
        close && [close, 'from here on they must find ports again'],
      ]),
  ];
  return places.filter((place) => place !== null);
}

function evidenceRows(run: ReplayedRun): Place[] {
  return evidenceIn(run).map(({ claim, says, seq, t }) => [{ seq, t }, `${claim}: ${says}`]);
}

function placesTable(places: readonly Place[]): string {
  return table(
    [{ title: 'Go there with' }, { title: 'What' }],
    places.map(([{ seq }, says]) => [`--at=#${seq + 1}`, says]),
  );
}

function armTitle(run: ReplayedRun, index: number): string {
  const arm = run.arms.find((one) => one.index === index);
  const { strategy = null, label = null } = arm ?? {};
  return armWords({ arm: { index, strategy, label } }).replace(/^arm /, '');
}

function timeOf({ replay }: ReplayedRun, { t }: Moment): string {
  return instantWords(t, replay.events.end);
}
