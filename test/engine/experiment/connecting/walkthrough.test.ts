import { expect, test } from 'vitest';
import { findExperiment, parseParameters } from '#engine/experiment/catalogue.ts';
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
    experiment: 'walkthrough',
    parameters,
    profile: { ...HOST, ...profile },
    reserve: { kind: 'number', ports: 0 },
  });
}

const ALL =
  /^all eight steps of Microsoft’s page go through, .* of 10\.0\.0\.1 and .* of 10\.0\.0\.2/;

test.each([
  ['documented', {}, ALL],
  ['windows-10', { base: 'windows-10' }, ALL],
  ['Server 2008 R2 without its hotfix', { base: 'windows-server-2008r2-unpatched' }, ALL],
  ['Wine, where the option can’t be read back', { base: 'wine-8' }, /may be ignored/],
  [
    'a host that refuses the option',
    { assumptions: { A1: 'refused' } },
    /^step 2 of 8 fails, setting SO_PORT_SCALABILITY on the first socket: WSAENOPROTOOPT \(10042\); .* so it is the option\.$/,
  ],
  [
    'a host without a free port, which is not the option’s fault',
    { holders: [{ protocol: 'tcp', address: '0.0.0.0', ...RANGE, kind: 'legacy' }] },
    /^step 3 of 8 fails, binding it to the first address with port 0: WSAENOBUFS \(10055\); without the option step 3 fails too .* not the option\.$/,
  ],
])('on %s', async (_title, profile, sentence) => {
  const end = await run(profile);
  expect(end.sentence).toMatch(sentence);
  expect(end.claims).toEqual([]);
  expect(end.answers).toEqual([]);
  expect(end.open).toBe(0);
  expect(end.peakUnion).toBeLessThanOrEqual(3);
});

test('every step is a measure, in the control without those of the option', async () => {
  const { outcome } = await run({});
  const steps = (from: string): string[] =>
    Object.keys(outcome.measures).filter((name) => name.startsWith(from));
  expect(steps('step.')).toHaveLength(8);
  expect(steps('control.step.')).toHaveLength(6);
  expect(outcome.measures).toMatchObject({ 'listener.port': 49_999, 'step.8': 0 });
});

test('without a listener nothing is tried', async () => {
  const everything = [1, 49_152].map((start) => ({ start, count: start === 1 ? 49_151 : 16_384 }));
  const holders = everything.map((range) => ({
    protocol: 'tcp',
    address: '0.0.0.0',
    ...range,
    mode: 'exclusive',
  }));
  const end = await run({ holders });
  expect(end.sentence).toMatch(/^not settled: the lab got no listener .*WSAENOBUFS \(10055\)/);
  expect(end.open).toBe(0);
});

test('is about TCP only', () => {
  const experiment = findExperiment('walkthrough');
  expect(() => parseParameters(experiment, { protocol: 'udp' })).toThrow(/protocol/);
  expect(parseParameters(experiment, {}).protocol).toBe('tcp');
});

test('over IPv6 too', async () => {
  const addresses = ['2001:db8::1', '2001:db8::2'].map((address) => ({ address, adapter: 'a' }));
  expect((await run({ addresses }, { family: 'ipv6' })).sentence).toMatch(/^all eight steps/);
});

test('whatever the host picks and others do, the steps go through', async () => {
  for (let seed = 0; seed < SEEDS; seed++) {
    const { profile, about } = oddHost(seed);
    const end = await runOnModel({
      experiment: 'walkthrough',
      seed,
      reserve: { kind: 'number', ports: 0 },
      profile,
    });
    expect(end.sentence, about).toMatch(ALL);
    expect(end.open).toBe(0);
  }
});
