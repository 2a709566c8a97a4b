/**
 * The other program of the tests of endings: runs in the same network namespace as the lab, ends run
 * after run, and prints what it found as JSON. Arguments: a folder for the database, the seed, how
 * many runs.
 */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { withPrefix } from '#build/wine/run.mjs';
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
  } | null;
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

const CAPACITY: TrialRun = {
  args: [
    'run',
    'capacity',
    '--stack',
    'winsock',
    '--exhaust',
    '--addresses',
    ADDRESSES.join(','),
    ...database,
  ],
  watched: ['127.0.0.1', ...ADDRESSES],
  peak: ADDRESSES.length * PORTS,
  arms: 2,
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

async function tryOne(way: Way, moment: Moment): Promise<Trial> {
  const known = new Set(withLibrary(file, (library) => library.list().map(({ id }) => id)));
  const began = performance.now();
  const ended = await endRun(CAPACITY, way, moment, dice, folder);
  const trial = withLibrary(file, (library) => {
    const [made] = library.list().filter(({ id }) => !known.has(id));
    if (made === undefined) return { run: null, verified: true };
    const { run, findings } = library.get(made.id);
    return {
      run: { id: run.id, status: run.status, findings: findings.map(({ id }) => id) },
      verified: library.verify(run.id).ok,
    };
  });
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  if (process.env['PORTLAB_TELL'] === '1') {
    process.stderr.write(`${seconds} s ${JSON.stringify({ way, moment, ...trial, ...ended })}\n`);
  }
  return { way, moment, ...ended, ...trial, integrity: integrityOf(file) };
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
