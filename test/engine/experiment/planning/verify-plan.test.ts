import { describe, expect, it } from 'vitest';
import type { VerifyPlanEvidence } from '#engine/claim/rules/verify-plan-evidence.ts';
import { parseParameters, findExperiment } from '#engine/experiment/catalogue.ts';
import { runOnModel, type SimulatedCase, type SimulatedEnd } from '../simulated-lab.ts';

const RANGE = { start: 50_000, count: 400 };
const FREE = { kind: 'number', ports: 0 } as const;

function verify(
  parameters: Readonly<Record<string, string>>,
  more: Partial<SimulatedCase> = {},
  profile: object = {},
): Promise<SimulatedEnd> {
  return runOnModel({
    experiment: 'verify-plan',
    parameters,
    exhaustive: true,
    reserve: FREE,
    profile: {
      addresses: ['10.0.0.1', '10.0.0.2'],
      dynamicRanges: { tcp4: RANGE },
      ...profile,
    },
    ...more,
  });
}

describe('verify-plan', () => {
  it('holds the need, then the headroom, and lets an application without the option try between', async () => {
    const end = await verify({
      strategy: 'port-scalability',
      connections: '500',
      perSecond: '1',
      timeWait: '60',
      headroom: '30',
    });
    // 500 + 60 = 560; ÷ 0.7 = 800: both addresses to the last number.
    expect(end.outcome.measures).toMatchObject({
      'plan.need': 560,
      'plan.capacity': 800,
      'plan.held': 800,
      'plan.numbers': 800,
      'plan.holds': 1,
      'plan.ofRange': 400,
      'plan.legacy.code': 10_055,
    });
    expect(end.sentence).toBe(
      'the plan holds with SO_PORT_SCALABILITY on 2 addresses: 800 ports held, 560 for the need and 30 % kept free; an application without the option got none: WSAENOBUFS (10055).',
    );
    expect(end.open).toBe(0);
  });

  it('says what fails, the need or only its headroom', async () => {
    const headroom = await verify({ strategy: 'legacy', connections: '400', headroom: '1' });
    expect(headroom.outcome.measures).toMatchObject({ 'plan.holds': 0, 'plan.held': 400 });
    expect(headroom.sentence).toMatch(
      /holds its need of 400 .*but not its headroom: at 400 of 405/,
    );
    const need = await verify({ strategy: 'wider-range', connections: '401' });
    expect(need.sentence).toMatch(
      /does not hold without the option on 2 addresses: at 400 of the 401/,
    );
    expect(need.sentence).toContain('bind failed with WSAENOBUFS (10055)');
  });

  it('shares numbers between remotes where the host has an auto-reuse range', async () => {
    const asked = { strategy: 'reuse-unicast', connections: '240', remotes: '6' };
    const range = { autoReuseRange: { start: 30_000, count: 20 } };
    const end = await verify(asked, {}, range);
    // 40 to each remote, from 20 numbers on each of 2 addresses.
    expect(end.outcome.measures).toMatchObject({
      'plan.held': 240,
      'plan.numbers': 40,
      'plan.ofRange': 0,
      'plan.legacy.code': 0,
    });
    expect(end.sentence).toContain('240 connections to 6 remotes held, no headroom asked');
    const more = await verify({ ...asked, connections: '241' }, {}, range);
    expect(more.sentence).toMatch(/does not hold .*connect failed with WSAENOBUFS \(10055\)/);
    const none = await verify({ ...asked, connections: '401' });
    expect(none.sentence).toMatch(/does not hold .*at 400 of the 401/);
  });

  it('passes over numbers of an own pool that somebody has', async () => {
    const end = await verify(
      {
        strategy: 'port-pool',
        connections: '20',
        poolStart: '20000',
        poolPorts: '12',
      },
      {},
      {
        holders: [{ protocol: 'tcp', address: '10.0.0.1', start: 20_003, kind: 'explicit' }],
        excludedRanges: [{ protocol: 'tcp', start: 20_010, count: 1 }],
      },
    );
    // 12 on two addresses, less the one that is held and the two excluded.
    expect(end.outcome.measures).toMatchObject({ 'plan.held': 20, 'plan.holds': 1 });
    const more = await verify({
      strategy: 'port-pool',
      connections: '25',
      poolStart: '20000',
      poolPorts: '12',
    });
    expect(more.outcome.measures).toMatchObject({ 'plan.held': 24, 'plan.holds': 0 });
  });

  it('settles nothing where it stopped at the reserve', async () => {
    const end = await verify(
      { strategy: 'port-scalability', connections: '200' },
      { exhaustive: false, reserve: { kind: 'percent', percent: 80 } },
    );
    expect(end.peakUnion).toBeLessThanOrEqual(80);
    expect(end.outcome.measures).not.toHaveProperty('plan.holds');
    expect(end.sentence).toMatch(/^not settled: 80 ports .* stopped at the reserve/);
  });

  it('settles nothing against a plan with more remotes than it could open', async () => {
    const range = { autoReuseRange: { start: 30_000, count: 1 } };
    const end = await verify(
      { strategy: 'reuse-unicast', connections: '2500', remotes: '3000' },
      {},
      range,
    );
    // 1,000 listeners, one number on each of two addresses.
    expect((end.outcome.own as VerifyPlanEvidence).held).toBe(2_000);
    expect(end.sentence).toMatch(/^not settled: .*listeners for 1,000 of 3,000 remotes only/);
  });

  it('asks for the numbers of an own pool, and for TCP', () => {
    const experiment = findExperiment('verify-plan');
    const planOf = (given: Readonly<Record<string, string>>) =>
      experiment.plan({
        parameters: parseParameters(experiment, given),
        addresses: 2,
        usable: 400,
        limits: { exhaustive: true, reserve: 0, freeOnAll: 400, maxSockets: 1e6, maxSeconds: 10 },
      });
    expect(planOf({ strategy: 'port-pool' })).toMatchObject({ refusal: /numbers of its own/ });
    expect(
      planOf({ strategy: 'port-pool', poolStart: '65000', poolPorts: '600' }).refusal,
    ).not.toBeNull();
    expect(planOf({ protocol: 'udp' }).hint).toContain('protocol=tcp');
    expect(planOf({ connections: '700' })).toMatchObject({
      atOnce: 701,
      legacyLeft: 0,
      refusal: null,
    });
  });
});
