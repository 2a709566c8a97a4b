import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { inNamespace } from './in-namespace.ts';
import { describeWine } from './lane.ts';
import type { Starved } from './namespace/watch-canary.ts';
import type { EndingsReport, Trial } from './namespace/watch-endings.ts';

const DEEP = process.env['PORTLAB_DEEP'] === '1';
const ENDINGS = DEEP ? 50 : 20;
const FILLED = DEEP ? 10 : 3;
const TEST_MS = DEEP ? 900_000 : 400_000;
const SEED = Number(process.env['PORTLAB_SEED'] ?? 5);

const cwd = mkdtempSync(join(tmpdir(), 'portlab-wine-test-'));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

/** How a run may stand afterwards, and what the console's exit status then is. */
function allowed({ way, moment, anotherGuard }: Trial): string[] {
  // Ended before it was recorded, or when nothing was left to end.
  const early = moment === 'starting';
  const late = moment === 'releasing';
  switch (way) {
    case 'interrupt':
      // Wine's Node itself ends so while it has no handler yet.
      return ['cancelled 130', ...(early ? ['none 0'] : []), ...(late ? ['complete 0'] : [])];
    case 'stop':
      return ['cancelled 130', ...(late ? ['complete 0'] : [])];
    case 'kill-lab':
      return ['interrupted 137', ...(early ? ['none 137'] : []), ...(late ? ['complete 137'] : [])];
    case 'kill-guard':
      return [
        'stopped-for-safety 1',
        ...(early ? ['failed 1'] : []),
        ...(late || (early && anotherGuard) ? ['complete 0'] : []),
      ];
    case 'kill-probe':
      // What is left goes on, and the claims stay open.
      return ['complete 0', ...(early ? ['failed 1'] : [])];
  }
}

/** What is wrong with a run's end, in words; empty where nothing is. */
function faults(trial: Trial): string[] {
  const { way, moment, run, exit, goneMs, neverRan, integrity, verified, answer } = trial;
  const end = `${run?.status ?? 'none'} ${exit}`;
  const wrong: string[] = [];
  if (goneMs === null) wrong.push('something was left after 5 s');
  const unborn = way === 'kill-lab' && moment === 'starting';
  if (neverRan.length > 0 && !unborn) wrong.push('a process that never ran was left');
  if (!allowed(trial).includes(end)) wrong.push(`ended as ${end}`);
  if (integrity !== 'ok' || !verified) wrong.push('the recording is damaged');
  const safety = run?.status === 'stopped-for-safety';
  if (safety && run.findings.includes('guard-died') === false) wrong.push('no word of the guard');
  if (way === 'stop' && run?.status === 'cancelled' && answer?.stopped.join() !== run.id) {
    wrong.push('portlab stop does not name it');
  }
  const missed = way === 'kill-probe' && (moment === 'filling' || moment === 'full');
  if (missed && (run?.missesProcess !== true || run.exits !== 2))
    wrong.push('no word of the probe');
  return wrong.map((fault) => `${fault}: ${JSON.stringify(trial)}`);
}

function summary(trial: Trial): string {
  const { way, moment, experiment, held, run, exit, goneMs, timeWait, neverRan } = trial;
  const waiting = timeWait > 0 ? `, ${timeWait} ports in TIME_WAIT` : '';
  const unborn = neverRan.length > 0 ? `, but for a ${neverRan.join()} that never ran` : '';
  return `# ${experiment}, ${way} while ${moment}, ${held} held: ${run?.status ?? 'none'} ${exit}, gone after ${goneMs} ms${waiting}${unborn}`;
}

describeWine('a run that is ended', () => {
  it(
    `leaves nothing after 5 s and stands as what it is, ${ENDINGS} times at random moments`,
    async () => {
      const args = [cwd, String(SEED), String(ENDINGS)];
      const { trials, unended } = await inNamespace<EndingsReport>('watch-endings', args, TEST_MS);
      process.stdout.write(`# seed ${SEED}\n${trials.map(summary).join('\n')}\n`);
      expect(trials).toHaveLength(ENDINGS);
      expect(trials.flatMap(faults)).toEqual([]);
      for (const { held, peak } of trials.filter(({ moment }) => moment === 'full')) {
        expect(held).toBeGreaterThanOrEqual(peak);
      }
      expect(unended).toEqual(['complete', 'complete']);
    },
    TEST_MS,
  );

  it(
    'because others have no port left outside any announced time, has released all within a second',
    async () => {
      const args = [cwd, String(SEED), String(FILLED)];
      const starved = await inNamespace<Starved[]>('watch-canary', args, TEST_MS);
      process.stdout.write(
        `${starved.map(({ filled, releasedMs }) => `# ${filled} ports taken by another program: released after ${releasedMs} ms`).join('\n')}\n`,
      );
      expect(starved).toHaveLength(FILLED);
      for (const one of starved) {
        // All but those of the guard and of the run's listener.
        expect(one.filled).toBeGreaterThan(200);
        expect(one.releasedMs).toBeLessThan(1_000);
        expect(one).toMatchObject({
          exit: 1,
          status: 'stopped-for-safety',
          processesLeft: [],
          portsLeft: 0,
        });
        expect(one.findings).toContain('canary');
      }
    },
    TEST_MS,
  );
});
