/** One run that is ended in one way at one moment, and what is left of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Dice } from '../comparison/dice.ts';
import { type LeftOver, leftOver } from './left-over.ts';
import { socketsInUse } from './plain-sockets.ts';
import {
  type ConsoleEnded,
  type Role,
  type WindowsConsole,
  labProcesses,
  startConsole,
} from './windows-console.ts';

export const WAYS = ['interrupt', 'stop', 'kill-lab', 'kill-guard', 'kill-probe'] as const;
export type Way = (typeof WAYS)[number];

export const MOMENTS = ['starting', 'filling', 'full', 'releasing'] as const;
export type Moment = (typeof MOMENTS)[number];

const PATIENCE_MS = 40_000;
/** A moment is looked out for this often. */
const LOOK_MS = 1;

/** What lasts so long is no passing peak. */
const STEADY_MS = 100;

/** A run for a trial: which of its sockets a moment means. */
export interface TrialRun {
  readonly args: readonly string[];
  /** Addresses whose ports must be free afterwards: the guard's, too. */
  readonly watched: readonly string[];
  /** Sockets it holds at its peak, at least. */
  readonly peak: number;
  /** How often it fills up and releases. */
  readonly arms: number;
  /** It goes on holding its peak for at least so long, ms. */
  readonly peakMs: number;
}

export interface Ended extends LeftOver {
  /** Sockets it held when it was ended, by what the namespace had more than before. */
  readonly held: number;
  readonly exit: number;
  readonly stderr: string;
  /** Runs `portlab stop` says it has stopped, and sockets released; null for other ways. */
  readonly answer: { readonly stopped: readonly string[]; readonly released: number } | null;
  /**
   * The guard that was killed had not begun, and another one kept the run: the system said that it made no
   * process, and was asked once more (fork-neighbour.ts).
   */
  readonly anotherGuard: boolean;
}

/** Starts the run, waits for the moment, ends it, and waits until nothing is left. */
export async function endRun(
  run: TrialRun,
  way: Way,
  moment: Moment,
  dice: Dice,
  folder: string,
): Promise<Ended> {
  const before = socketsInUse();
  const lab = startConsole([...run.args, '--hold', moment === 'releasing' ? '1' : '20'], folder);
  let over: ConsoleEnded | null = null;
  const ended = lab.ended.then((how) => (over = how));
  const watch: Watch = { run, dice, before, over: () => over };
  await (way === 'stop' ? forStop : forKill)(watch, moment, way);
  const held = socketsInUse() - before;
  let from = performance.now();
  let answer: Ended['answer'] = null;
  let another: Promise<boolean> | false = false;
  if (way === 'stop') [from, answer] = await stopUntilHeard(folder, watch);
  else {
    const killed = endNow(lab, way, dice);
    if (way === 'kill-guard') another = anotherGuardThan(killed, () => over !== null);
  }
  const { status, stderr } = await withPatience(ended);
  const anotherGuard = await another;
  // A run may go on without one of its probes.
  if (way === 'kill-probe') from = performance.now();
  return {
    held,
    exit: status,
    stderr,
    answer,
    anotherGuard,
    ...(await leftOver(run.watched, from)),
  };
}

interface Watch {
  readonly run: TrialRun;
  readonly dice: Dice;
  readonly before: number;
  /** How it ended, once it has. */
  over(): ConsoleEnded | null;
}

/** A signal arrives at once: so the very moment is waited for. */
async function forKill(watch: Watch, moment: Moment, way: Way): Promise<void> {
  const { run, dice } = watch;
  switch (moment) {
    case 'starting': {
      const role = ROLE_OF[way];
      if (role === 'portlab') return void (await sleep(dice.between(0, 2_500)));
      await until(watch, () => pidsOf(role).length > 0);
      await sleep(dice.between(0, 600));
      break;
    }
    case 'filling':
      await risesTo(watch, dice.between(60, run.peak), dice.between(1, run.arms));
      break;
    case 'full':
      await isFull(watch);
      await sleep(dice.between(0, run.peakMs));
      break;
    case 'releasing':
      await isFull(watch);
      await fallsTo(watch, dice.between(60, run.peak));
      break;
  }
}

/** The command takes a second or so to start: it is given before the moment, and meets what it meets. */
async function forStop(watch: Watch, moment: Moment): Promise<void> {
  const { dice } = watch;
  if (moment === 'full') {
    await isFull(watch);
    await sleep(dice.between(0, 500));
    return;
  }
  if (moment !== 'starting') await until(watch, () => pidsOf('guard').length > 0);
  await sleep(dice.between(0, 1_000));
}

/** @returns when the command that was heard was given, and what it said */
async function stopUntilHeard(
  folder: string,
  { over }: Watch,
): Promise<[from: number, answer: Ended['answer']]> {
  for (;;) {
    const from = performance.now();
    const { status, stdout, stderr } = await withPatience(
      startConsole(['stop', '--json'], folder).ended,
    );
    if (status !== 0) throw new Error(`portlab stop: exit ${status}: ${stderr}`);
    const answer = JSON.parse(stdout) as NonNullable<Ended['answer']>;
    // Asked before there was a run.
    if (answer.stopped.length > 0 || over() !== null) return [from, answer];
  }
}

const ROLE_OF: Readonly<Record<Way, Role>> = {
  interrupt: 'portlab',
  stop: 'portlab',
  'kill-lab': 'portlab',
  'kill-guard': 'guard',
  'kill-probe': 'probe',
};

/** @returns the process it ended, as Linux numbers it */
function endNow(lab: WindowsConsole, way: Exclude<Way, 'stop'>, dice: Dice): number {
  const role = ROLE_OF[way];
  if (role === 'portlab') {
    lab.kill(way === 'interrupt' ? 'SIGINT' : 'SIGKILL');
    return lab.pid;
  }
  const pid = dice.of(pidsOf(role));
  if (pid === undefined) throw new Error(`there was nothing to ${way}`);
  process.kill(pid, 'SIGKILL');
  return pid;
}

function pidsOf(wanted: Role): number[] {
  return labProcesses().flatMap(({ pid, role }) => (role === wanted ? [pid] : []));
}

/** Looks for one until the run is over. */
async function anotherGuardThan(killed: number, over: () => boolean): Promise<boolean> {
  for (; !over(); await sleep(LOOK_MS)) {
    if (pidsOf('guard').some((pid) => pid !== killed)) return true;
  }
  return false;
}

/** Waits until it holds `sockets`, more each time it looks, for the nth time. */
async function risesTo(watch: Watch, sockets: number, nth: number): Promise<void> {
  const { peak } = watch.run;
  const held = (): number => socketsInUse() - watch.before;
  for (let n = 1; n < nth; n++) {
    await until(watch, () => held() > peak * 0.9);
    await until(watch, () => held() < peak * 0.6);
  }
  let last = Number.POSITIVE_INFINITY;
  await until(watch, () => {
    const now = held();
    const rises = now > last;
    last = now;
    return rises && now >= sockets;
  });
}

async function fallsTo(watch: Watch, sockets: number): Promise<void> {
  await until(watch, () => socketsInUse() - watch.before <= sockets);
}

/** Waits until it holds its peak and goes on doing so. */
async function isFull({ run, before, over }: Watch): Promise<void> {
  let since = performance.now();
  await until({ over }, () => {
    if (socketsInUse() - before < run.peak) since = performance.now();
    return performance.now() - since > STEADY_MS;
  });
}

async function until({ over }: Pick<Watch, 'over'>, holds: () => boolean): Promise<void> {
  const began = performance.now();
  while (!holds()) {
    const how = over();
    if (how !== null) throw new Error(`the run ended before its moment: ${JSON.stringify(how)}`);
    if (performance.now() - began > PATIENCE_MS) throw new Error('the moment never came');
    await sleep(LOOK_MS);
  }
}

async function withPatience<T>(ended: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('a console did not end')), PATIENCE_MS);
  });
  try {
    return await Promise.race([ended, late]);
  } finally {
    clearTimeout(timer);
  }
}
