/**
 * The other program of the tests of endings: runs in the same network namespace as the lab, ends run
 * after run, and prints what it found as JSON. Arguments: a folder for the database, the seed, how
 * many runs.
 */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { withPrefix } from '#build/wine/run.mjs';
import type { EventBatch } from '#engine/event/event-batch.ts';
import { OP } from '#engine/event/op.ts';
import { withLibrary } from '#main/service/storage.ts';
import { Dice } from '../comparison/dice.ts';
import {
  type Ended,
  MOMENTS,
  type Moment,
  type TrialRun,
  WAYS,
  type Way,
  endRun,
} from './ending-trial.ts';
import { keepWineServer } from './keep-wine-server.ts';
import { PORTS } from './plain-sockets.ts';
import { startConsole } from './windows-console.ts';

export interface Trial extends Ended {
  readonly way: Way;
  readonly moment: Moment;
  /** Null where it was ended before it was recorded. */
  readonly run: {
    readonly id: string;
    readonly status: string;
    readonly findings: readonly string[];
    /** Its claims stay open because one of its processes ended. */
    readonly missesProcess: boolean;
    /** Ends of processes it recorded. */
    readonly exits: number;
  } | null;
  /** Sockets it holds when it is full. */
  readonly peak: number;
  readonly experiment: string;
  readonly integrity: string;
  /** Whether the rows of the run agree with its chunks. */
  readonly verified: boolean;
}

export interface EndingsReport {
  readonly trials: readonly Trial[];
  /** Statuses of the runs before and after all of them, which nobody ended. */
  readonly unended: readonly string[];
}

const ADDRESSES = ['127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.5'];
const [folder = '', seed = '1', count = '20'] = process.argv.slice(2);
const file = join(folder, 'endings.labdb');
const database = ['--db', 'endings.labdb'];

const EXHAUST = ['--stack', 'winsock', '--exhaust', ...database];

/** One process holds all that there is, the lab itself. */
const CAPACITY: TrialRun = {
  args: ['run', 'capacity', ...EXHAUST, '--addresses', ADDRESSES.join(',')],
  watched: ['127.0.0.1', ...ADDRESSES],
  peak: ADDRESSES.length * PORTS,
  arms: 2,
  peakMs: 500,
};

/** Two further processes hold all that there is. */
const MIXED: TrialRun = {
  args: ['run', 'mixed-load', ...EXHAUST, '--addresses', ADDRESSES.slice(0, 2).join(',')],
  watched: ['127.0.0.1', ...ADDRESSES],
  peak: 2 * PORTS,
  arms: 2,
  // It tries for a quarter of a second then.
  peakMs: 100,
};

const dice = new Dice(Number(seed));
const report = await withPrefix({ sync: ['out/portlab'] }, async () => {
  await keepWineServer();
  const unended = [await letItEnd()];
  const trials: Trial[] = [];
  for (const [way, moment] of plan(Number(count))) trials.push(await tryOne(way, moment));
  unended.push(await letItEnd());
  return { trials, unended };
});
process.stdout.write(JSON.stringify(report satisfies EndingsReport));

/** Every way at every moment before any again, each time in another order. */
function plan(trials: number): [Way, Moment][] {
  const all: [Way, Moment][] = [];
  while (all.length < trials) {
    const round = WAYS.flatMap((way) => MOMENTS.map((moment): [Way, Moment] => [way, moment]));
    while (round.length > 0) all.push(...round.splice(dice.between(0, round.length - 1), 1));
  }
  return all.slice(0, trials);
}

/** A run without probes has none to kill, and one with probes is over before a stop is heard. */
function runFor(way: Way): TrialRun {
  if (way === 'kill-probe') return MIXED;
  return way === 'stop' || dice.chance(0.5) ? CAPACITY : MIXED;
}

async function tryOne(way: Way, moment: Moment): Promise<Trial> {
  const known = new Set(withLibrary(file, (library) => library.list().map(({ id }) => id)));
  const began = performance.now();
  const wanted = runFor(way);
  const ended = await endRun(wanted, way, moment, dice, folder);
  const trial = withLibrary(file, (library) => {
    const [made] = library.list().filter(({ id }) => !known.has(id));
    if (made === undefined) return { run: null, verified: true };
    const { run, findings, claims } = library.get(made.id);
    return {
      run: {
        id: run.id,
        status: run.status,
        findings: findings.map(({ id }) => id),
        missesProcess: claims.some(({ because }) => because.includes('ended unasked')),
        exits: exitsIn(library.events(run.id)),
      },
      verified: library.verify(run.id).ok,
    };
  });
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  if (process.env['PORTLAB_TELL'] === '1') {
    process.stderr.write(`${seconds} s ${JSON.stringify({ way, moment, ...trial, ...ended })}\n`);
  }
  const { peak, args } = wanted;
  return {
    way,
    moment,
    peak,
    experiment: args[1] ?? '',
    ...ended,
    ...trial,
    integrity: integrityOf(file),
  };
}

function exitsIn(events: Iterable<EventBatch>): number {
  let exits = 0;
  for (const { op, length } of events) {
    for (let row = 0; row < length; row++) if (op[row] === OP.exit) exits++;
  }
  return exits;
}

async function letItEnd(): Promise<string> {
  const { status, stdout, stderr } = await startConsole([...CAPACITY.args, '--json'], folder).ended;
  if (status !== 0) throw new Error(`a run nobody ended: exit ${status}: ${stderr}`);
  return (JSON.parse(stdout) as { run: { status: string } }).run.status;
}

function integrityOf(path: string): string {
  const db = new Database(path);
  try {
    return String(db.pragma('integrity_check', { simple: true }));
  } finally {
    db.close();
  }
}
