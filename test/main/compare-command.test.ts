import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CompareDocument } from '#engine/compare/compare-document.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import { portlab, scratch } from './portlab.ts';

const files = scratch();
afterAll(() => files.remove());
const db = files.path('compare.labdb');

/** Two addresses of one adapter: what hotfix KB2826167 is about. */
async function capacity(profile: string): Promise<string> {
  const how = ['--stack', 'simulated', '--addresses', '10.0.0.1,10.0.0.2', '--exhaust'];
  const what = ['run', 'capacity', '--profile', profile, '--seed', '7', '--db', db, '--json'];
  const { stdout, stderr } = await portlab(...what, ...how);
  expect(stderr).not.toContain('portlab:');
  return (JSON.parse(stdout) as RunDocument).run.id;
}

async function compare(...args: string[]): Promise<CompareDocument> {
  const { status, stdout, stderr } = await portlab('compare', ...args, '--db', db, '--json');
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout) as CompareDocument;
}

describe('portlab compare', () => {
  let after = '';
  let before = '';

  beforeAll(async () => {
    after = await capacity('documented');
    before = await capacity('windows-server-2008r2-unpatched');
  }, 60_000);

  test('says which claims flipped between a host without the hotfix and one with it', async () => {
    const compared = await compare(before, after);
    expect(compared.runs).toEqual([before, after]);
    expect(compared.flipped).toMatchObject([
      { claim: 'PS-2', outcomes: ['refuted', 'confirmed'] },
      { claim: 'PS-3', outcomes: ['refuted', 'confirmed'] },
    ]);
    expect(compared.sentence).toMatch(/^Two claims flipped: PS-2 refuted on A, confirmed on B/);
    const bound = compared.measures.find(({ name }) => name === 'port-scalability.bound');
    expect(bound).toMatchObject({ values: [16_384, 32_768], deltas: [null, 16_384] });
    const profile = compared.facts.find(({ name }) => name === 'profile');
    expect(profile).toMatchObject({
      values: ['windows-server-2008r2-unpatched', 'documented'],
      differs: true,
    });
  });

  test('takes the beginning of an id, and keeps the order asked', async () => {
    const { runs, flipped } = await compare(after, before.slice(0, -1));
    expect(runs).toEqual([after, before]);
    expect(flipped[0]?.outcomes).toEqual(['confirmed', 'refuted']);
  });

  test('as text: the answer, cautions, differences in figures and facts; --all has the rest', async () => {
    const { stdout } = await portlab('compare', before, after, '--db', db);
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(/^Two claims flipped/);
    expect(stdout).toContain('they say nothing of speed');
    expect(stdout).toMatch(/PS-2 +same NIC +refuted \(modelled\) +confirmed \(modelled\)/);
    expect(stdout).toMatch(/Port scalability +Ports bound +16,384 +32,768 +\+16,384 +\+100\n/);
    expect(stdout).toMatch(/≠ +Profile +A28 +not-shared +shared/);
    expect(stdout).not.toMatch(/Legacy \(no option\) +Ports bound /);
    const all = await portlab('compare', before, after, '--all', '--db', db);
    expect(all.stdout).toMatch(/Legacy \(no option\) +Ports bound +16,384 +16,384 +0 +0\n/);
  });

  test('refuses one run, nine runs, the same one twice and an unknown one', async () => {
    for (const ids of [
      [],
      [before],
      [before, before],
      [before, '20000101-000000-none'],
      Array.from({ length: 9 }, (_, at) => (at % 2 === 0 ? before : after)),
    ]) {
      const { status, stdout, stderr } = await portlab('compare', ...ids, '--db', db, '--json');
      expect(status, ids.join(' ')).toBe(2);
      expect(stderr).toMatch(/^portlab: /);
      expect(JSON.parse(stdout)).toMatchObject({ error: { kind: 'usage' } });
    }
  });
});
