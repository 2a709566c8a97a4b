import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findExperiment, parseParameters } from '#engine/experiment/catalogue.ts';
import { planFor } from '#engine/planner/plan.ts';
import { resolveProfile } from '#engine/profile/resolve-profile.ts';
import { planOn } from './planner-host.ts';
import { asked } from './random-plans.ts';

const PLANS = process.env['PORTLAB_DEEP'] === '1' ? 1_000 : 100;
const NASTY = '$(Remove-Item C:\\)`"; rm -rf / #';

test('the block to review has nothing in it that somebody typed, but numbers', () => {
  fc.assert(
    fc.property(asked, ({ wish, host, profile }) => {
      const named = { ...host, name: NASTY, profile: NASTY };
      const { powershell } = planFor(wish, named, { ...profile, name: NASTY });
      const plain = planFor(wish, host, profile).powershell;
      expect(powershell).toBe(plain);
      for (const line of plain.split('\n')) {
        if (line.startsWith('#') || line === '') continue;
        expect(line).toMatch(
          /^(Get-|Set-NetTCPSetting|netsh interface ipv4 (show|set|add) |  -AutoReuse)/,
        );
      }
    }),
    { numRuns: PLANS },
  );
});

test('what changes a host comes after what shows it, and with the way back', () => {
  for (const [strategy, plan] of [
    ['wider-range', planOn({}, { connections: 30_000, perSecond: 0 })],
    ['reuse-unicast', planOn({})],
    ['port-pool', planOn({ base: 'windows-server-2008r2' }, {}, { addresses: 4 })],
  ] as const) {
    expect(plan.recommended).toBe(strategy);
    const lines = plan.powershell.split('\n');
    const first = lines.findIndex((line) => !line.startsWith('#'));
    const change = lines.findIndex((line) => /^(Set-|netsh .* (set|add) )/.test(line));
    const back = lines.findIndex((line) => line.startsWith('# Way back'));
    expect(lines[0]).toMatch(/^# Review first/);
    expect(lines[first]).toMatch(/^(Get-|netsh .* show )/);
    expect(change).toBeGreaterThan(first);
    expect(back).toBeGreaterThan(change);
  }
});

test('the command that verifies a plan says what the experiment takes, on a profile there is', () => {
  const experiment = findExperiment('verify-plan');
  fc.assert(
    fc.property(asked, ({ wish, host, profile }) => {
      const { verify, verifyProfile, recommended, strategies } = planFor(wish, host, profile);
      expect(verify === null).toBe(recommended === null);
      if (verify === null) return;
      const words = verify.split(' ');
      const after = (option: string): string[] =>
        words.flatMap((word, at) => (words[at - 1] === option ? [word] : []));
      const pairs = after('--set').map((pair) => pair.split('=') as [string, string]);
      const parameters = parseParameters(experiment, Object.fromEntries(pairs));
      expect(parameters).toMatchObject({ strategy: recommended, connections: wish.connections });
      const [shipped = ''] = after('--profile');
      const model = verifyProfile === null ? { base: shipped } : verifyProfile;
      const listed = after('--addresses').flatMap((list) => list.split(','));
      const addresses = listed.length > 0 ? listed : resolveProfile(model).addresses;
      expect(addresses).toHaveLength(strategies[0]?.addressesNeeded ?? 0);
    }),
    { numRuns: PLANS },
  );
});

test('a host that ships needs no file, and names the addresses', () => {
  const { verify, verifyProfile } = planOn(
    { base: 'windows-server-2022' },
    { connections: 10_000, perSecond: 0 },
  );
  expect(verifyProfile).toBeNull();
  expect(verify).toBe(
    'portlab run verify-plan --stack simulated --profile windows-server-2022 --addresses 10.0.0.1 --exhaust --set strategy=legacy --set connections=10000 --set remotes=12 --set perSecond=0 --set timeWait=120 --set headroom=20',
  );
  expect(planOn({}).verifyProfile).not.toBeNull();
});
