import { instantWords } from '#engine/chart/instant-words.ts';
import { STRATEGY_TITLE } from '#engine/model/strategy.ts';
import { count, duration, thousands } from '#engine/model/words.ts';
import type { InstantDocument, InstantEvent } from '#engine/replay/instant-document.ts';
import { lastSecond } from '#engine/replay/statistics.ts';
import type { ReplayedRun } from '../service/replayed-run.ts';
import type { Console } from './console.ts';
import { badge } from './run-text.ts';

/** Addresses with a line of their own: as many as leave the rest of a small window in view. */
export const MOST_ADDRESS_LINES = 8;
const BAR = 24;
const NO_ARM = 'before the first arm';

/** What is replayed: provenance before anything else. */
export function replayHeading(run: ReplayedRun, out: Console): string {
  const { document, replay } = run;
  const { host, experiment, status, id } = document.run;
  const on = document.run.stack === 'simulated' ? '' : ` · ${host.os.name} ${host.os.build}`;
  const virtual = run.timed ? '' : ' of virtual time (1 µs a call by convention)';
  return [
    out.dim(`${badge(document)} · REPLAY · ${experiment} · ${status} · ${host.hostname}${on}`),
    out.bold(document.verdict),
    `${id}: ${count(replay.rows, 'event')} in ${duration(replay.events.end)}${virtual}.`,
  ].join('\n');
}

/** An instant in a few lines, as many for every instant of a run. */
export function instantLines(run: ReplayedRun, at: InstantDocument, aside: string): string[] {
  const { replay } = run;
  const total = replay.events.end;
  const share = total === 0 ? 1 : at.t / total;
  const events = `event ${thousands(at.seq + 1)} of ${thousands(replay.rows)}`;
  return [
    `${instantWords(at.t, total)} of ${instantWords(total, total)}  ${bar(share)}  ${events}${aside}`,
    `${armWords(at)}: ${heldWords(run, at)}`,
    ...addressLines(run, at),
    callsWords(run, at),
    at.event === null ? 'before the first event' : eventLine(at.event),
  ];
}

/** An instant in one line, for where lines can't be drawn again; those of a run stand in columns. */
export function instantLine(run: ReplayedRun, at: InstantDocument): string {
  const { replay, pool } = run;
  const { end } = replay.events;
  const { free, held, failed } = at.counters;
  const clock = instantWords(end, end).length;
  const arms = run.arms.map(({ index, strategy, label = null }) =>
    armWords({ arm: { index, strategy, label } }),
  );
  const figure = (value: number, most: number): string =>
    thousands(value).padStart(thousands(most).length);
  const words = [
    instantWords(at.t, end).padStart(clock),
    armWords(at).padEnd(Math.max(NO_ARM.length, ...arms.map(({ length }) => length))),
    `${figure(held, mostHeld(run))} held`,
    ...(free === null ? [] : [`${figure(free, pool?.range.count ?? 0)} ${whose(run)}`]),
    `${figure(failed, replay.head.failed)} failed`,
    ...(at.event === null ? [] : [eventLine(at.event)]),
  ];
  return words.join('  ');
}

/** The most ports the run held at once. */
function mostHeld({ replay }: ReplayedRun): number {
  return Math.max(0, ...replay.timeline.points().held);
}

/** `bind 10.0.0.1 : 0, any port asked for: WSAENOBUFS (10055)`. */
export function eventLine({ call, address, port, error, meaning }: InstantEvent): string {
  const place = [address, port].filter((part) => part !== '').join(' : ');
  // A mark is no call; what it means is all there is to say.
  const name = call === 'mark' && meaning !== '' ? '' : call;
  const what = [[name, place].join(' ').trim(), meaning].filter((part) => part !== '');
  return `${what.join(', ')}${error === '' ? '' : `: ${error}`}`;
}

export function armWords({ arm }: Pick<InstantDocument, 'arm'>): string {
  if (arm === null) return NO_ARM;
  const { index, strategy, label } = arm;
  const title = strategy === null ? '' : ` ${STRATEGY_TITLE[strategy]}`;
  return `arm ${index}${title}${label === null ? '' : `, ${label}`}`;
}

function heldWords(run: ReplayedRun, { counters, window }: InstantDocument): string {
  const { held, union, free } = counters;
  const numbers = union === held ? '' : ` on ${count(union, 'number')}`;
  const left =
    free === null || run.pool === null
      ? ''
      : `; ${thousands(free)} of ${thousands(run.pool.range.count)} ${whose(run)}`;
  const starving = window ? '; starvation announced' : '';
  return `${count(held, 'port')} held${numbers}${left}${starving}`;
}

/** A real host has other programs, of which the events say nothing. */
function whose({ timed }: ReplayedRun): string {
  return timed ? 'held by none of it' : 'free on all';
}

function addressLines(run: ReplayedRun, { held }: InstantDocument): string[] {
  const entries = Object.entries(held);
  // Those the run used come first; an address that is only met on the way has no line of its own.
  const own = entries.slice(0, Math.min(run.addresses.length, MOST_ADDRESS_LINES));
  const width = Math.max(0, ...own.map(([address]) => address.length));
  const most = run.pool?.range.count ?? Math.max(1, mostHeld(run));
  const lines = own.map(
    ([address, ports]) => `  ${address.padEnd(width)}  ${bar(ports / most)}  ${thousands(ports)}`,
  );
  const others = entries.slice(own.length);
  if (run.addresses.length <= own.length) return lines;
  const ports = others.reduce((sum, [, each]) => sum + each, 0);
  return [...lines, `  … ${count(others.length, 'more address')}: ${count(ports, 'port')}`];
}

function callsWords(run: ReplayedRun, { seq, counters }: InstantDocument): string {
  const { calls, failed, canaryTries, canaryFailed } = counters;
  const second = run.timed ? lastSecond(run.replay.events, seq) : null;
  const rate = second?.bindsPerSecond ?? null;
  const p95 = second?.latency?.p95;
  return [
    `${thousands(failed)} of ${count(calls, 'call')} failed`,
    ...(rate === null ? [] : [`${thousands(rate)} binds/s`]),
    ...(p95 === undefined ? [] : [`p95 ${duration(p95)}`]),
    ...(canaryTries === 0
      ? []
      : [`canary: ${thousands(canaryFailed)} of ${thousands(canaryTries)} failed`]),
  ].join(' · ');
}

function bar(share: number): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * BAR);
  return '█'.repeat(full) + '░'.repeat(BAR - full);
}
