import { describe, expect, test } from 'vitest';
import { smallHost } from '../modelled-hosts.ts';
import { runOnModel } from '../simulated-lab.ts';

const FAMILY = [
  'sweep',
  'late-option',
  'wildcard-address',
  'cross-process',
  'same-adapter',
] as const;
const ONE_ADAPTER = {
  addresses: [
    { address: '10.0.0.1', adapter: 'a' },
    { address: '10.0.0.2', adapter: 'a' },
  ],
};

describe.each(FAMILY)('%s', (experiment) => {
  test.each([1, 3, 6])(
    'stopped at turn %i it leaves nothing open and claims nothing',
    async (at) => {
      const end = await runOnModel({
        experiment,
        profile: smallHost({}, ONE_ADAPTER, 1_000),
        atBreath: (breath, { stop }) => {
          if (breath >= at) stop.reason = 'cancelled';
        },
      });
      expect(end.open).toBe(0);
      expect(end.claims.every(({ outcome }) => outcome === 'inconclusive')).toBe(true);
    },
  );

  test('out of time it says so, and claims nothing', async () => {
    const profile = smallHost({}, ONE_ADAPTER, 1_000);
    const end = await runOnModel({ experiment, profile, maxSeconds: 0.000_1 });
    expect(end.open).toBe(0);
    expect(end.outcome.arms.map(({ ended }) => ended)).toContain('max-seconds');
    expect(end.claims.every(({ outcome }) => outcome === 'inconclusive')).toBe(true);
  });

  test('lists the ports its arms held, where asked', async () => {
    const parameters = { ports: '1' };
    const end = await runOnModel({ experiment, parameters, profile: smallHost({}, ONE_ADAPTER) });
    for (const { ports } of end.outcome.arms) expect(ports?.[0]?.[1].length).toBeGreaterThan(0);
  });
});

describe('a process that ends unasked', () => {
  test.each([1, 2])('number %i of two: the run ends well, and claims nothing', async (victim) => {
    let killed = false;
    const end = await runOnModel({
      experiment: 'cross-process',
      profile: smallHost({}, {}, 1_000),
      atBreath: (breath, { owners }) => {
        if (breath < 4 || killed) return;
        killed = true;
        void owners[victim]?.kill();
      },
    });
    expect(killed).toBe(true);
    expect(end.open).toBe(0);
    expect(end.claims).toMatchObject([{ id: 'PS-8', outcome: 'inconclusive' }]);
    expect(end.sentence).toContain('ended unasked');
  });
});

test('a killed process’s ports are seen free again', async () => {
  const { outcome } = await runOnModel({ experiment: 'cross-process', profile: smallHost() });
  const { 'killed.held': held, 'killed.freed': freed } = outcome.measures;
  expect(held).toBeGreaterThan(0);
  expect(freed).toBe(held);
});
