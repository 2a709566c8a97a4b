import { afterAll, beforeAll, expect, test } from 'vitest';
import { LabError } from '#engine/model/lab-error.ts';
import { CONNECTIONS } from '#test/wire/connections.ts';
import { recordedLab, SMALL, type RecordedLab } from '../renderer/runs/recorded-lab.ts';

/** What a real service says a plan can start from. */

let lab: RecordedLab;
beforeAll(async () => {
  lab = await recordedLab(CONNECTIONS[0]!);
});
afterAll(() => lab.close());

test('a profile brings its own figures, and nothing measured', async () => {
  const start = await lab.client.call('planStart', { profile: 'documented' });
  expect(start.host).toMatchObject({
    name: 'documented',
    from: 'profile',
    profile: 'documented',
    dynamicRange: { start: 49_152, count: 16_384 },
    timeWaitSeconds: 120,
  });
  expect(start).toMatchObject({ at: null, answers: [] });
});

test('a recorded run brings the host it posed as, with its addresses', async () => {
  const profile = {
    file: 'small.json',
    content: { dynamicRanges: { tcp4: { start: 50_000, count: 500 } } },
  };
  const run = await lab.record({ ...SMALL, profile });
  const start = await lab.client.call('planStart', { run });
  expect(start.host).toMatchObject({
    name: run,
    from: 'run',
    addresses: 2,
    dynamicRange: { start: 50_000, count: 500 },
  });
  expect(Date.parse(start.at ?? '')).toBeGreaterThan(0);
});

test('this host as it is now, where it is Windows; else why not, and what to do', async () => {
  const asked = lab.client.call('planStart', { from: 'host' });
  if (process.platform !== 'win32') {
    const refused = await asked.catch(LabError.from);
    expect(refused).toMatchObject({ kind: 'refused', hint: expect.stringMatching(/profile/) });
    return;
  }
  const { facts, readAt } = await lab.client.call('host', {});
  const start = await asked;
  expect(start.host).toMatchObject({ name: facts.hostname, from: 'host' });
  expect(start.at).toBe(readAt);
  if (facts.dynamicRanges.tcp4 !== null) {
    expect(start.host.dynamicRange).toEqual(facts.dynamicRanges.tcp4);
  }
});

test('an unknown run, or profile, is refused in words', async () => {
  for (const wanted of [{ run: 'nonsense' }, { profile: 'nonsense' }]) {
    const refused = await lab.client.call('planStart', wanted).catch(LabError.from);
    expect(refused).toMatchObject({ kind: 'usage', message: expect.stringMatching(/nonsense/) });
  }
});
