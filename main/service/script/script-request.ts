import type { ReserveWish } from '#engine/experiment/safety.ts';
import type { TimeWindow } from '#engine/experiment/time-window.ts';
import type { Script } from '#engine/script/script.ts';
import type { FfiName } from '#native/ffi/ffi.ts';
import { onlyBetweenOption, quote, reserveText, type ProfileWish } from '../run-request.ts';
import type { StackWish } from '../stack-choice.ts';

/** A script somebody wants run, checked for form but not yet against the host. */
export interface ScriptRequest {
  readonly script: Script;
  /** The file it was read from, as named. */
  readonly file: string;
  readonly stack: StackWish;
  /** In place of the script's own profile. */
  readonly profile: ProfileWish | undefined;
  readonly reserve: ReserveWish | undefined;
  readonly maxSeconds: number | undefined;
  readonly exhaustive: boolean;
  /** The host's name, typed by somebody who means it. */
  readonly confirm: string | undefined;
  /** The part of the day it may go on in, local time. */
  readonly onlyBetween: TimeWindow | undefined;
  /** Chosen at random where left out. */
  readonly seed: number | undefined;
  readonly ffi: FfiName;
  /** In place of the script's own title. */
  readonly title: string | undefined;
  readonly tags: readonly string[];
}

/** The command that repeats a script's run, with the seed it got. */
export function scriptCommandOf(
  request: ScriptRequest,
  made: { readonly stack: string; readonly seed: number },
): string {
  const { profile, reserve, confirm } = request;
  const words = [
    'portlab script',
    quote(request.file),
    `--stack ${made.stack}`,
    profile === undefined
      ? ''
      : `--profile ${quote(typeof profile === 'string' ? profile : profile.file)}`,
    reserve === undefined ? '' : `--reserve ${reserveText(reserve)}`,
    request.maxSeconds === undefined ? '' : `--max-seconds ${request.maxSeconds}`,
    request.exhaustive ? '--exhaust' : '',
    confirm === undefined ? '' : `--confirm ${quote(confirm)}`,
    onlyBetweenOption(request.onlyBetween),
    // Random pools of a script are drawn from it on real sockets too.
    `--seed ${made.seed}`,
    made.stack === 'winsock' && request.ffi !== 'koffi' ? `--ffi ${request.ffi}` : '',
  ];
  return words.filter((word) => word !== '').join(' ');
}
