import { describe, expect, it } from 'vitest';
import { findExperiment, parseParameters } from '#engine/experiment/catalogue.ts';
import { resolveLimits } from '#engine/experiment/safety.ts';
import { runOnModel, type SimulatedCase, type SimulatedEnd } from '../simulated-lab.ts';

const RANGE = { start: 50_000, count: 255 };

async function churn(
  assumptions: Readonly<Record<string, string>>,
  more: Partial<SimulatedCase> = {},
  profile: object = {},
): Promise<SimulatedEnd> {
  return runOnModel({
    experiment: 'churn',
    exhaustive: true,
    reserve: { kind: 'number', ports: 0 },
    profile: {
      dynamicRanges: { tcp4: RANGE },
      addresses: ['10.0.0.1', '10.0.0.2'].map((address) => ({ address, adapter: address })),
      assumptions,
      ...profile,
    },
    ...more,
  });
}

describe('short connections', () => {
  it('last as long as the range without the option, and twice as long with it on two addresses', async () => {
    const end = await churn({});
    expect(end.outcome.measures).toMatchObject({
      'legacy.connections': 255,
      'legacy.code': 10_055,
      'legacy.timeWait': 255,
      'port-scalability.connections': 510,
      'port-scalability.code': 10_055,
    });
    expect(end.sentence).toMatch(
      /255 connections in 2\d\d ms .* until bind failed with WSAENOBUFS/,
    );
    expect(end.outcome.arms.map(({ ended }) => ended)).toEqual(['exhausted', 'exhausted']);
    expect(end.open).toBe(0);
    expect(end.claims).toEqual([]);
  });

  it.each(['30', '120', '240'])(
    'tell that TIME_WAIT lasts %s s, and wait it out between the arms',
    async (A21) => {
      const { outcome, sentence } = await churn({ A21 }, { maxSeconds: 2_000 });
      const seconds = outcome.measures['timeWait.seconds'] ?? 0;
      expect(seconds).toBeGreaterThanOrEqual(Number(A21));
      // They are looked at every half second.
      expect(seconds).toBeLessThan(Number(A21) + 1);
      expect(outcome.measures['port-scalability.connections']).toBe(510);
      expect(sentence).not.toContain('do not compare');
    },
  );

  it('are told apart from ports that other programs give back meanwhile', async () => {
    const others = { protocol: 'tcp', address: '0.0.0.0', perSecond: 300, holdSeconds: 0.1 };
    const { outcome } = await churn({}, {}, { churn: [others] });
    expect(outcome.measures['timeWait.seconds']).toBeGreaterThan(119);
    expect(outcome.measures['port-scalability.connections']).toBeGreaterThan(300);
  });

  it('never run out where they are slower than TIME_WAIT, or there is none', async () => {
    const slow = await churn({}, { parameters: { perSecond: '2' } });
    expect(slow.outcome.arms.map(({ ended }) => ended)).toEqual(['done', 'done']);
    const none = await churn({ A21: '0' }, { parameters: { seconds: '5' } });
    expect(none.outcome.measures['legacy.connections']).toBe(5_000);
    expect(none.outcome.measures).not.toHaveProperty(['legacy.code']);
    expect(none.open).toBe(0);
  });

  it('stop at the reserve, with what waits in TIME_WAIT counted', async () => {
    const { outcome } = await churn(
      {},
      { exhaustive: false, reserve: { kind: 'percent', percent: 80 } },
    );
    expect(outcome.arms.map(({ ended, bound }) => [ended, bound])).toEqual([
      ['reserve', 51],
      ['reserve', 51],
    ]);
  });

  it('say what repeated where only the connection waits, not its port', async () => {
    const { sentence } = await churn({ timeWaitScope: 'tuple' });
    expect(sentence).toContain('until connect failed with WSAEADDRINUSE (10048)');
  });

  it('are no question for UDP', () => {
    const experiment = findExperiment('churn');
    const wishes = {
      reserve: undefined,
      maxSockets: undefined,
      maxSeconds: undefined,
      exhaustive: true,
    };
    const plan = experiment.plan({
      parameters: parseParameters(experiment, { protocol: 'udp' }),
      addresses: 2,
      usable: 255,
      limits: resolveLimits(wishes, 255, 255, true),
    });
    expect(plan.refusal).toContain('UDP');
  });
});
