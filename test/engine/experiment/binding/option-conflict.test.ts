import { expect, test } from 'vitest';
import { oddHost, SEEDS } from '../odd-hosts.ts';
import { runOnModel, type SimulatedEnd } from '../simulated-lab.ts';

const RANGE = { start: 50_000, count: 255 };
const HOST = {
  addresses: [
    { address: '10.0.0.1', adapter: 'a' },
    { address: '10.0.0.2', adapter: 'b' },
  ],
  dynamicRanges: { tcp4: RANGE, tcp6: RANGE, udp4: RANGE, udp6: RANGE },
};

function run(
  profile: object,
  parameters: Readonly<Record<string, string>> = {},
): Promise<SimulatedEnd> {
  return runOnModel({
    experiment: 'option-conflict',
    parameters,
    profile: { ...HOST, ...profile },
  });
}

function answers({ answers: all }: SimulatedEnd): Record<string, string> {
  return Object.fromEntries(all.map(({ id, value }) => [id, value]));
}

const DOCUMENTED = {
  unicastPort: 'known',
  A18: 'readable',
  A23: 'clears',
  A17: 'accepted',
  A24: 'allowed',
  A16: 'second-fails',
  randomizeWithUnicast: 'second-fails',
};
const without = (...ids: string[]): Record<string, string> =>
  Object.fromEntries(Object.entries(DOCUMENTED).filter(([id]) => !ids.includes(id)));

test.each([
  ['documented', {}, 'confirmed', DOCUMENTED],
  ['windows-10', { base: 'windows-10' }, 'confirmed', DOCUMENTED],
  [
    'Server 2008 R2, which knows no SO_REUSE_UNICASTPORT',
    { base: 'windows-server-2008r2-unpatched' },
    'inconclusive',
    { ...without('A16', 'randomizeWithUnicast'), unicastPort: 'unknown-option' },
  ],
  [
    'Wine',
    { base: 'wine-8' },
    'inconclusive',
    // A23: nothing can be read back, so nothing shows that 0 clears it.
    { ...without('A23'), A18: 'refused', A16: 'accepted', randomizeWithUnicast: 'accepted' },
  ],
  [
    'a host that takes both, and shares numbers with both',
    { assumptions: { A16: 'accepted' } },
    'refuted',
    { ...DOCUMENTED, A16: 'accepted' },
  ],
  [
    'a host that takes both, and shares nothing with either',
    { assumptions: { A16: 'accepted', A1: 'ignored' } },
    'inconclusive',
    { ...DOCUMENTED, A16: 'accepted' },
  ],
  [
    'a host that takes both, and repeats numbers without any option',
    { assumptions: { A16: 'accepted', 'PS-1': 'per-address' } },
    'inconclusive',
    { ...DOCUMENTED, A16: 'accepted' },
  ],
  [
    'a host that takes both, and picks numbers free everywhere',
    { assumptions: { A16: 'accepted', A20: 'spread' } },
    'inconclusive',
    { ...DOCUMENTED, A16: 'accepted' },
  ],
  [
    'a host that takes both and puts the choice off to connect',
    { assumptions: { A16: 'accepted' }, autoReuseRange: { start: 40_000, count: 100 } },
    'inconclusive',
    { ...DOCUMENTED, A16: 'accepted' },
  ],
  [
    'a host that refuses the option',
    { assumptions: { A1: 'refused' } },
    'inconclusive',
    { ...without('A23', 'A17', 'A24', 'A16'), A1: 'refused' },
  ],
  [
    'no exclusivity beside it',
    { assumptions: { A24: 'second-fails' } },
    'confirmed',
    { ...DOCUMENTED, A24: 'second-fails' },
  ],
  [
    '0 does not clear it',
    { assumptions: { A23: 'ignored' } },
    'confirmed',
    { ...DOCUMENTED, A23: 'ignored' },
  ],
  [
    'late is refused',
    { assumptions: { A17: 'refused' } },
    'confirmed',
    { ...DOCUMENTED, A17: 'refused' },
  ],
])('PS-9 and the switches on %s', async (_title, profile, outcome, expected) => {
  const end = await run(profile);
  expect(end.claims).toMatchObject([{ id: 'PS-9', outcome }]);
  expect(answers(end)).toEqual(expected);
  expect(end.open).toBe(0);
  expect(end.peakUnion).toBeLessThanOrEqual(17);
  expect(end.sentence).toMatch(/^(SO_|not settled).*\.$/);
});

test('over UDP it says nothing of SO_REUSE_UNICASTPORT, which has no meaning there', async () => {
  const end = await run({}, { protocol: 'udp' });
  expect(end.claims).toMatchObject([{ outcome: 'inconclusive' }]);
  expect(answers(end)).toEqual(without('A16', 'randomizeWithUnicast'));
});

test('without room above the reserve it holds nothing', async () => {
  const end = await runOnModel({
    experiment: 'option-conflict',
    profile: { ...HOST, assumptions: { A16: 'accepted' } },
    reserve: { kind: 'number', ports: 254 },
  });
  expect(end.peakUnion).toBe(1);
  expect(end.claims).toMatchObject([{ outcome: 'inconclusive' }]);
});

test('whatever the host picks and others do, it is never wrong', async () => {
  let settled = 0;
  for (let seed = 0; seed < SEEDS; seed++) {
    const host = oddHost(seed);
    const A16 = seed % 3 === 0 ? 'second-fails' : 'accepted';
    const assumptions = { ...host.profile.assumptions, A16 };
    const end = await runOnModel({
      experiment: 'option-conflict',
      seed,
      reserve: { kind: 'number', ports: 0 },
      profile: { ...host.profile, assumptions },
    });
    const [claim] = end.claims;
    const wrong = A16 === 'accepted' ? 'confirmed' : 'refuted';
    expect(claim?.outcome, host.about).not.toBe(wrong);
    expect(answers(end), host.about).toEqual({ ...DOCUMENTED, A16 });
    expect(end.open).toBe(0);
    if (claim?.outcome !== 'inconclusive') settled++;
  }
  // 28 % undecided: picks that keep to numbers free everywhere, or to the lowest one again and again.
  expect(settled).toBeGreaterThan(SEEDS / 2);
});
