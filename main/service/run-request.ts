import type { ReserveWish } from '#engine/experiment/safety.ts';
import { timeWindowText, type TimeWindow } from '#engine/experiment/time-window.ts';
import type { FfiName } from '#native/ffi/ffi.ts';
import type { StackWish } from './stack-choice.ts';

/** A profile's name, or a profile file's content with the name of the file. */
export type ProfileWish = string | { readonly file: string; readonly content: unknown };

/** What somebody asked for, checked for form but not yet against the host. */
export interface RunRequest {
  readonly experiment: string;
  readonly stack: StackWish;
  readonly addresses: readonly string[] | undefined;
  readonly profile: ProfileWish | undefined;
  /** `--set` pairs. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly reserve: ReserveWish | undefined;
  readonly maxSockets: number | undefined;
  readonly maxSeconds: number | undefined;
  readonly exhaustive: boolean;
  /** The host's name, typed by somebody who means it. */
  readonly confirm: string | undefined;
  /** The part of the day it may go on in, local time. */
  readonly onlyBetween: TimeWindow | undefined;
  readonly holdSeconds: number;
  /** Chosen at random where left out. */
  readonly seed: number | undefined;
  readonly ffi: FfiName;
  readonly title: string | undefined;
  readonly tags: readonly string[];
}

/** The command that repeats a run: everything said that matters, and the seed and addresses it got. */
export function commandOf(
  request: RunRequest,
  made: { readonly stack: string; readonly addresses: readonly string[]; readonly seed: number },
): string {
  const { profile, reserve } = request;
  const words = [
    'portlab run',
    request.experiment,
    `--stack ${made.stack}`,
    `--addresses ${made.addresses.join(',')}`,
    profile === undefined
      ? ''
      : `--profile ${quote(typeof profile === 'string' ? profile : profile.file)}`,
    ...Object.entries(request.parameters).map(
      ([key, value]) => `--set ${quote(`${key}=${value}`)}`,
    ),
    reserve === undefined ? '' : `--reserve ${reserveText(reserve)}`,
    request.maxSockets === undefined ? '' : `--max-sockets ${request.maxSockets}`,
    request.maxSeconds === undefined ? '' : `--max-seconds ${request.maxSeconds}`,
    request.exhaustive ? '--exhaust' : '',
    request.confirm === undefined ? '' : `--confirm ${quote(request.confirm)}`,
    onlyBetweenOption(request.onlyBetween),
    request.holdSeconds === 0 ? '' : `--hold ${request.holdSeconds}`,
    made.stack === 'simulated' ? `--seed ${made.seed}` : '',
    made.stack === 'winsock' && request.ffi !== 'koffi' ? `--ffi ${request.ffi}` : '',
  ];
  return words.filter((word) => word !== '').join(' ');
}

export function reserveText(reserve: ReserveWish): string {
  return reserve.kind === 'percent' ? `${reserve.percent}%` : String(reserve.ports);
}

/** `--only-between 22:00-05:30`, or nothing. */
export function onlyBetweenOption(window: TimeWindow | undefined): string {
  return window === undefined ? '' : `--only-between ${timeWindowText(window)}`;
}

/** Quoted so that both cmd and PowerShell pass it on whole. */
export function quote(text: string): string {
  return /^[\w.,:=%/\\-]+$/.test(text) ? text : `"${text.replaceAll('"', '')}"`;
}
