import { expect, test } from 'vitest';
import { diagnose } from '#engine/doctor/diagnose.ts';
import { modelledLooker } from '#engine/doctor/modelled-look.ts';
import { NULL_SINK } from '#engine/event/event-sink.ts';
import { namedProfile, resolveProfile } from '#engine/profile/resolve-profile.ts';
import { createSimulatedStack } from '#engine/stack/simulated-stack.ts';

const PROFILE = resolveProfile({
  base: 'windows-server-2022',
  addresses: ['10.0.0.1', '10.0.0.2'],
  dynamicRanges: { tcp4: { start: 50_000, count: 1_000 } },
  excludedRanges: [{ protocol: 'tcp', start: 50_100, count: 100 }],
  holders: [
    { protocol: 'tcp', address: '10.0.0.1', start: 50_300, count: 50, kind: 'option' },
    { protocol: 'tcp', address: '10.0.0.2', start: 50_300, count: 50, kind: 'option' },
    { protocol: 'tcp', address: '0.0.0.0', start: 135 },
  ],
  churn: [{ protocol: 'tcp', address: '0.0.0.0', perSecond: 400, holdSeconds: 30 }],
});

test('counts what the modelled host itself counts, once time has passed', () => {
  const looker = modelledLooker(PROFILE, 5);
  looker.advance(1);
  const addresses = PROFILE.addresses.map(({ address }) => address);
  const stack = createSimulatedStack({ sink: NULL_SINK, profile: PROFILE, addresses, seed: 5 });
  stack.advance(1e9);
  const { headroom } = diagnose(looker.look('2026-01-01T00:00:00.000Z'));
  expect(headroom.map(({ freeOnAll }) => freeOnAll)).toEqual(
    (['tcp', 'udp'] as const).flatMap((protocol) =>
      (['ipv4', 'ipv6'] as const).map((family) => stack.freeOnAll(protocol, family)),
    ),
  );
  expect(headroom[0]?.used).toBeGreaterThan(300);
});

test('is labelled, and its application with the option is spotted', () => {
  const looker = modelledLooker(PROFILE, 5);
  const before = diagnose(looker.look('2026-01-01T00:00:00.000Z'));
  expect(before).toMatchObject({ basis: 'modelled', profile: 'windows-server-2022', wine: null });
  expect(before.headroom[0]).toMatchObject({ total: 900, used: 50, freeOnAll: 850 });
  expect(before.powershell).toMatch(/^# SIMULATED/);
  expect(before.oddities.join()).toContain('appears to use SO_PORT_SCALABILITY (confidence high)');
});

test('fills up as time goes by', () => {
  const looker = modelledLooker(PROFILE, 5);
  const free = [0, 1, 1, 10].map((seconds) => {
    looker.advance(seconds);
    return diagnose(looker.look('2026-01-01T00:00:00.000Z'));
  });
  const left = free.map(({ headroom }) => headroom[0]?.freeOnAll ?? -1);
  expect(left.toSorted((a, b) => b - a)).toEqual(left);
  expect(free.at(-1)).toMatchObject({ severity: 'out' });
});

test('of a quiet profile all is well', () => {
  const { advice } = diagnose(
    modelledLooker(namedProfile('documented'), 1).look('2026-01-01T00:00:00.000Z'),
  );
  expect(advice).toMatch(/^All is well: 16,384 of 16,384/);
});
