import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ClaimRow } from '#engine/claim/claims-by-host.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import { portlab, scratch } from './portlab.ts';

const files = scratch();
afterAll(() => files.remove());
const db = files.path('claims.labdb');
const TWO = ['--stack', 'simulated', '--addresses', '10.0.0.1,10.0.0.2', '--db', db, '--json'];

async function sweep(profile: string): Promise<string> {
  const { stdout } = await portlab('run', 'sweep', '--profile', profile, ...TWO);
  return (JSON.parse(stdout) as RunDocument).run.id;
}

async function claims(...args: string[]): Promise<readonly ClaimRow[]> {
  const { status, stdout, stderr } = await portlab('claims', ...args, '--db', db, '--json');
  expect(status, stderr).toBe(0);
  return (JSON.parse(stdout) as { claims: ClaimRow[] }).claims;
}

describe('portlab claims', () => {
  let documented = '';
  let wine = '';

  test('without a database every claim is untested', async () => {
    const rows = await claims();
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.every(({ hosts }) => hosts.length === 0)).toBe(true);
  });

  describe('with recorded runs', () => {
    beforeAll(async () => {
      documented = await sweep('documented');
      wine = await sweep('wine-8');
    }, 60_000);

    test('says how each came out, profile by profile, and which runs say so', async () => {
      const ps1 = (await claims()).find(({ id }) => id === 'PS-1');
      expect(ps1?.hosts).toMatchObject([
        { profile: 'wine-8', basis: 'modelled', outcome: 'refuted', runs: [wine] },
        { profile: 'documented', basis: 'modelled', outcome: 'confirmed', runs: [documented] },
      ]);
    });

    test('asks only the runs it is told, and refuses an unknown one', async () => {
      const ps1 = (await claims('--run', wine)).find(({ id }) => id === 'PS-1');
      expect(ps1?.hosts.map(({ profile }) => profile)).toEqual(['wine-8']);
      const unknown = await portlab('claims', '--run', '20000101-000000-none', '--db', db);
      expect(unknown.status).toBe(2);
    });

    test('as text: what is modelled says so, what nobody tested is untested', async () => {
      const { stdout } = await portlab('claims', '--db', db);
      expect(stdout).toContain('refuted (modelled, profile wine-8, same NIC): 1 run');
      expect(stdout).toMatch(/PS-5\n( {2}.*\n)+? {2}Microsoft.*\n {2}untested/);
    });
  });
});
