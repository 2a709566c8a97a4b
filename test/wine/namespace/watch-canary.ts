/**
 * The foreign program of the tests of the canary: runs in the same network namespace as the lab, and
 * takes every port while a run has announced nothing. Prints what came of it as JSON. Arguments: a
 * folder for the database, the seed, how many runs.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { withPrefix } from '#build/wine/run.mjs';
import { withLibrary } from '#main/service/storage.ts';
import { Dice } from '../comparison/dice.ts';
import { keepWineServer } from './keep-wine-server.ts';
import { type LeftOver, leftOver } from './left-over.ts';
import { FIRST, LAST, giveBack, localEnds, take } from './plain-sockets.ts';
import { startConsole } from './windows-console.ts';

export interface Starved extends LeftOver {
  /** Ports the foreign program got. */
  readonly filled: number;
  /** From the last of them to the run's own sockets being closed, ms. */
  readonly releasedMs: number;
  readonly exit: number;
  readonly status: string;
  readonly findings: readonly string[];
  /** Ports the run ever held. */
  readonly peakHeld: number;
}

const [ADDRESS, LISTENS] = ['127.0.0.2', '127.0.0.3'];
const PATIENCE_MS = 40_000;
const [folder = '', seed = '1', count = '3'] = process.argv.slice(2);
const dice = new Dice(Number(seed));
const report = await withPrefix({ sync: ['out/portlab'] }, async () => {
  await keepWineServer();
  const starved: Starved[] = [];
  for (let n = 0; n < Number(count); n++) starved.push(await starveOne());
  return starved;
});
process.stdout.write(JSON.stringify(report));

/** The run attempts for a while with nothing held before it fills up: until then it announces nothing. */
async function starveOne(): Promise<Starved> {
  const database = 'starved.labdb';
  const where = ['--stack', 'winsock', '--addresses', `${ADDRESS},${LISTENS}`, '--db', database];
  const lab = startConsole(['run', 'starvation', '--exhaust', ...where], folder);
  await until(() => listens());
  await sleep(dice.between(0, 150));
  const held = new Map<number, number>();
  fillUp(held);
  const from = performance.now();
  await until(() => {
    if (!listens()) return true;
    // What the run had for a moment is taken, too, once it gives it back.
    fillUp(held);
    return false;
  });
  const releasedMs = Math.round(performance.now() - from);
  const { status: exit } = await lab.ended;
  const ended = performance.now();
  for (const fd of held.values()) giveBack(fd);
  const document = withLibrary(join(folder, database), (library) => library.get('last'));
  return {
    filled: held.size,
    releasedMs,
    exit,
    status: document.run.status,
    findings: document.findings.map(({ id }) => id),
    peakHeld: document.safety.peakHeld,
    ...(await leftOver(['127.0.0.1', ADDRESS, LISTENS], ended)),
  };
}

/** The run's own listener: it is there before the run's first attempt, and until its end. */
function listens(): boolean {
  return localEnds('listening').some(({ address }) => address === LISTENS);
}

/**
 * Every port there is, on the wildcard address: no other program gets one then.
 * @param held descriptors by port; those it gets are added
 */
function fillUp(held: Map<number, number>): void {
  for (let port = FIRST; port <= LAST; port++) {
    const fd = held.has(port) ? -1 : take('0.0.0.0', port);
    if (fd >= 0) held.set(port, fd);
  }
}

async function until(holds: () => boolean): Promise<void> {
  for (const end = performance.now() + PATIENCE_MS; !holds(); await sleep(1)) {
    if (performance.now() > end) throw new Error('the moment never came');
  }
}
