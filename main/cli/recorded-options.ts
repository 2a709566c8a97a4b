import { type Command, Option } from 'commander';
import type { TimeWindow } from '#engine/experiment/time-window.ts';
import type { FfiName } from '#native/ffi/ffi.ts';
import type { StackWish } from '../service/stack-choice.ts';
import * as parse from './arguments.ts';

/** What everything that runs and is recorded can be told, whatever it runs. */
export interface RecordedOptions {
  stack: StackWish;
  onlyBetween?: TimeWindow;
  seed?: number;
  ffi: FfiName;
  report?: string;
  title?: string;
  tag?: string[];
}

/** The stack, before a command's own options. */
export function stackOption(): Option {
  return new Option('--stack <stack>', 'real sockets or the model')
    .choices(['auto', 'winsock', 'simulated'])
    .default('auto');
}

/** The rest of them, after a command's own. */
export function withRecordedOptions(command: Command): Command {
  return command
    .option(
      '--only-between <HH:MM-HH:MM>',
      'the part of the day it may go on in, local time; its end ends the run',
      parse.timeWindow,
    )
    .option('--seed <n>', 'makes a simulated run repeatable', parse.wholeNumber(0, 4_294_967_295))
    .addOption(
      new Option('--ffi <library>', 'which library calls ws2_32')
        .choices(['koffi', 'ffi-napi'])
        .default('koffi'),
    )
    .option('--report <file>', 'also write a report: .html, .json or .csv')
    .option('--title <text>', 'a title for the run', parse.label)
    .option('--tag <text>', 'a tag for the run; may be repeated', parse.labels);
}
