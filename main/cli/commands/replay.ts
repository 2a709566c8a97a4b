import { Command, Option } from 'commander';
import { formatNumber } from '#engine/chart/format.ts';
import {
  instantDocument,
  type InstantDocument,
  type InstantWish,
} from '#engine/replay/instant-document.ts';
import { clockUnit, paceWords } from '#engine/replay/pace.ts';
import { LabService } from '../../service/lab-service.ts';
import { evidenceIn, type ReplayedRun } from '../../service/replayed-run.ts';
import { EXIT, type Console } from '../console.ts';
import { INSTANT_HELP, instant, speed } from '../instant.ts';
import { momentsText } from '../moments-text.ts';
import { playInLines, playInPlace, stoppedWords } from '../replay-player.ts';
import { instantLines, replayHeading } from '../replay-text.ts';
import { ScreenLines } from '../screen-lines.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const;

interface Options {
  readonly speed: number;
  readonly at?: InstantWish;
}

export function replayCommand(out: Console): Command {
  return new Command('replay')
    .description(
      'Plays a recorded run in the terminal, or tells of one instant of it. Needs neither its host nor a network.\n' +
        'A simulated run takes a microsecond of virtual time a call; 1× is so slow that it can be watched.',
    )
    .argument('<id>', 'a run’s id, the beginning of one, or `last`')
    .addOption(
      new Option('--speed <x>', 'how fast to play: 0.25 to 1000, or max')
        .default(1)
        .argParser(speed)
        .conflicts('at'),
    )
    .addOption(
      new Option('--at <time>', `tell of this instant only: ${INSTANT_HELP}`).argParser(instant),
    )
    .action(async (id: string, options: Options, command: Command) => {
      const { db } = command.optsWithGlobals<{ db: string }>();
      const run = new LabService(db).replay(id);
      if (options.at !== undefined) tell(out, run, instantDocument(run, options.at));
      else if (out.json) out.result(wholeDocument(run), () => '');
      else await watch(out, run, options.speed);
    });
}

function tell(out: Console, run: ReplayedRun, at: InstantDocument): void {
  out.result(at, () => [replayHeading(run, out), '', ...instantLines(run, at, '')].join('\n'));
}

/** The run at its end, and where in it to look. */
function wholeDocument(run: ReplayedRun): unknown {
  const { arms, windows, firstError, firstStarved, firstCanaryFailure } = run.moments;
  return {
    run: run.document.run,
    ...instantDocument(run, { seq: run.replay.rows - 1 }),
    events: run.replay.rows,
    end: run.replay.events.end,
    moments: {
      arms,
      windows,
      firstError,
      firstStarved,
      firstCanaryFailure,
      evidence: evidenceIn(run),
    },
  };
}

async function watch(out: Console, run: ReplayedRun, speedWish: number): Promise<void> {
  process.stdout.write(`${replayHeading(run, out)}\n`);
  if (run.replay.rows === 0) {
    process.stdout.write('Nothing was recorded of it.\n');
    return;
  }
  const unit = clockUnit(run.replay.events.end, run.timed);
  out.note(`${paceWords(unit)}; --speed changes it, Ctrl-C ends it.`);
  process.stdout.write('\n');
  const ending = new AbortController();
  const end = (): void => ending.abort();
  for (const signal of SIGNALS) process.on(signal, end);
  try {
    const play = ScreenLines.can(process.stdout) ? playInPlace : playInLines;
    const stoppedAt = await play(run, {
      speed: speedWish,
      speedWords: speedName(speedWish),
      signal: ending.signal,
    });
    if (ending.signal.aborted) {
      out.note(stoppedWords(run, stoppedAt));
      process.exitCode = EXIT.interrupted;
      return;
    }
    const moments = momentsText(run, out);
    if (moments !== '') process.stdout.write(`\n${moments}\n`);
  } finally {
    for (const signal of SIGNALS) process.off(signal, end);
  }
}

function speedName(value: number): string {
  return Number.isFinite(value) ? `${formatNumber(value, 2)}×` : 'max';
}
