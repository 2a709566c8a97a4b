import { expect, test } from 'vitest';
import { oddHost, SEEDS } from '../odd-hosts.ts';
import { runOnModel, type SimulatedEnd } from '../simulated-lab.ts';

const RANGE = { start: 50_000, count: 400 };
const HOST = {
  addresses: [
    { address: '10.0.0.1', adapter: 'a' },
    { address: '10.0.0.2', adapter: 'b' },
  ],
  dynamicRanges: { tcp4: RANGE, tcp6: RANGE, udp4: RANGE, udp6: RANGE },
};
const ONE_ADAPTER = HOST.addresses.map(({ address }) => ({ address, adapter: 'a' }));
const UNPATCHED = 'windows-server-2008r2-unpatched';

function run(
  profile: object,
  parameters: Readonly<Record<string, string>> = {},
): Promise<SimulatedEnd> {
  return runOnModel({ experiment: 'exclusivity', parameters, profile: { ...HOST, ...profile } });
}

function answers({ answers: all }: SimulatedEnd): Record<string, string> {
  return Object.fromEntries(all.map(({ id, value }) => [id, value]));
}

const BY_MATRIX = { A7: 'by-matrix', A8: 'by-matrix', A9: 'by-matrix' };
const NOTHING = {};
const IDLE = ['one-range', 'per-address'];

test.each([
  ['documented', {}, BY_MATRIX],
  ['windows-10', { base: 'windows-10' }, BY_MATRIX],
  ['Server 2008 R2 without its hotfix, two adapters', { base: UNPATCHED }, BY_MATRIX],
  ['the same, one adapter', { base: UNPATCHED, addresses: ONE_ADAPTER }, NOTHING],
  ['Wine', { base: 'wine-8' }, NOTHING],
  ['A7 blocked', { assumptions: { A7: 'blocked' } }, { ...BY_MATRIX, A7: 'blocked' }],
  ['A8 denied', { assumptions: { A8: 'denied' } }, { ...BY_MATRIX, A8: 'denied' }],
  ['A9 blocked', { assumptions: { A9: 'blocked' } }, { ...BY_MATRIX, A9: 'blocked' }],
  ['another matrix', { assumptions: { bindMatrix: 'wine-8' } }, BY_MATRIX],
  // No number repeats, so only a difference shows that the option has an effect.
  ['picks free everywhere', { assumptions: { A20: 'spread' } }, NOTHING],
  [
    'picks free everywhere, A9 blocked',
    { assumptions: { A20: 'spread', A9: 'blocked' } },
    { ...BY_MATRIX, A9: 'blocked' },
  ],
  ['option ignored', { assumptions: { A1: 'ignored', A7: 'blocked' } }, NOTHING],
  ['option refused', { assumptions: { A1: 'refused' } }, NOTHING],
  ['numbers repeat anyway', { assumptions: { 'PS-1': 'per-address' } }, NOTHING],
  ['ports held on close', { assumptions: { A22: 'time-wait' } }, NOTHING],
])('named ports that are held, on %s', async (_title, profile, expected) => {
  const end = await run(profile);
  expect(end.claims).toEqual([]);
  expect(answers(end)).toEqual(expected);
  expect(end.sentence).toMatch(
    Object.keys(expected).length === 0 ? /^not settled/ : /^a server that names a port held/,
  );
  expect(end.open).toBe(0);
  expect(end.peakUnion).toBeLessThanOrEqual(25);
});

test('over UDP and IPv6 alike', async () => {
  expect(answers(await run({}, { protocol: 'udp' }))).toEqual(BY_MATRIX);
  const addresses = ['2001:db8::1', '2001:db8::2'].map((address) => ({ address, adapter: 'a' }));
  expect(answers(await run({ addresses }, { family: 'ipv6' }))).toEqual(BY_MATRIX);
});

test('over UDP on Wine every attempt is refused anyway, which says nothing of the option', async () => {
  expect(answers(await run({ base: 'wine-8' }, { protocol: 'udp' }))).toEqual(NOTHING);
});

test('what is only tried counts as no holding, and a server can listen beside a held number', async () => {
  const { outcome } = await run({});
  // The repeated number of the sweep with the option.
  expect(outcome.arms.map(({ overlap }) => overlap)).toEqual([0, 1, 0]);
  expect(outcome.measures).toMatchObject({ 'legacy.listen': 0, 'port-scalability.listen': 0 });
  const blocked = await run({ assumptions: { A7: 'blocked' } });
  expect(blocked.outcome.measures).not.toHaveProperty('port-scalability.listen');
});

test('says what a server meets, with and without the option', async () => {
  expect((await run({})).sentence).toBe(
    'a server that names a port held through SO_PORT_SCALABILITY is refused on the address that holds it with WSAEADDRINUSE (10048), gets it on another address and gets it on the wildcard address, but not with SO_EXCLUSIVEADDRUSE; as one that names a port held without it.',
  );
  expect((await run({ assumptions: { A7: 'blocked' } })).sentence).toMatch(
    /is refused on another address with WSAEADDRINUSE \(10048\).*; one that names a port held without it gets it on another address\.$/,
  );
});

test('whatever the host picks and others do, it is never wrong', async () => {
  let settled = 0;
  for (let seed = 0; seed < SEEDS; seed++) {
    const host = oddHost(seed);
    const truth = {
      A7: seed % 2 === 0 ? 'by-matrix' : 'blocked',
      A8: seed % 3 === 0 ? 'denied' : 'by-matrix',
      A9: seed % 5 === 0 ? 'blocked' : 'by-matrix',
    };
    // On every fourth the option does nothing: numbers are shared without it, or not at all.
    const idle = seed % 4 === 3 ? { A1: 'ignored', 'PS-1': IDLE[(seed >> 2) % 2]! } : {};
    const assumptions = { ...host.profile.assumptions, ...truth, ...idle };
    const end = await runOnModel({
      experiment: 'exclusivity',
      seed,
      reserve: { kind: 'number', ports: 0 },
      profile: { ...host.profile, assumptions },
    });
    expect(seed % 4 === 3 ? {} : truth, host.about).toMatchObject(answers(end));
    expect(end.open).toBe(0);
    settled += end.answers.length;
  }
  // 16 % of what the option's hosts could answer is undecided: others hold too many of the numbers,
  // or nothing shows the option's effect.
  expect(settled).toBeGreaterThan(SEEDS);
});
