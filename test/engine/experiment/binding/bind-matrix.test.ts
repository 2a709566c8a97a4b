import { describe, expect, test } from 'vitest';
import { CONFLICT_TABLES } from '#engine/allocator/conflict-tables.ts';
import { measuredRows } from '#engine/claim/rules/bind-matrix-table.ts';
import { quietNumbers } from '#engine/experiment/binding/free-numbers.ts';
import type { PortRange } from '#engine/model/port-range.ts';
import { oddHost, SEEDS } from '../odd-hosts.ts';
import { runOnModel, type SimulatedEnd } from '../simulated-lab.ts';

const RANGE: PortRange = { start: 50_000, count: 255 };
const HOST = {
  addresses: [
    { address: '10.0.0.1', adapter: 'a' },
    { address: '10.0.0.2', adapter: 'b' },
  ],
};

function ranges(range: PortRange) {
  return { tcp4: range, tcp6: range, udp4: range, udp6: range };
}

function run(
  profile: object,
  parameters: Readonly<Record<string, string>> = {},
  seed = 1,
): Promise<SimulatedEnd> {
  return runOnModel({
    experiment: 'bind-matrix',
    parameters,
    seed,
    profile: { ...HOST, dynamicRanges: ranges(RANGE), ...profile },
  });
}

function answers({ answers: all }: SimulatedEnd): Record<string, string> {
  return Object.fromEntries(all.map(({ id, value }) => [id, value]));
}

const DOCUMENTED = { bindMatrix: 'doc-2021', wrongFamily: '10014' };
const WINE = { bindMatrix: 'wine-8', wrongFamily: 'wine' };

describe.each(['tcp', 'udp'])('over %s', (protocol) => {
  test.each([
    ['documented', {}, DOCUMENTED],
    ['windows-10', { base: 'windows-10' }, DOCUMENTED],
    ['Server 2008 R2 without its hotfix', { base: 'windows-server-2008r2-unpatched' }, DOCUMENTED],
    ['Wine', { base: 'wine-8' }, WINE],
    [
      'Wine’s table',
      { assumptions: { bindMatrix: 'wine-8' } },
      { ...DOCUMENTED, bindMatrix: 'wine-8' },
    ],
    [
      'Wine’s code',
      { assumptions: { wrongFamily: 'wine' } },
      { ...DOCUMENTED, wrongFamily: 'wine' },
    ],
  ])('the table and the code of %s', async (_title, profile, expected) => {
    const end = await run(profile, { protocol });
    expect(answers(end)).toEqual(expected);
    expect(end.claims).toEqual([]);
    expect(end.sentence).toMatch(
      new RegExp(
        `^explicit binds conflict as in .*: all 45 pairs over ${protocol.toUpperCase()}\\.$`,
      ),
    );
    expect(end.open).toBe(0);
    // None of the range: that is what the reserve counts.
    expect(end.peakUnion).toBe(1);
    expect(end.outcome.measures).toMatchObject({ numbers: 2 });
  });
});

test('over IPv6 the table and the code are the same', async () => {
  const addresses = ['2001:db8::1', '2001:db8::2'].map((address) => ({ address, adapter: 'a' }));
  expect(answers(await run({ addresses }, { family: 'ipv6' }))).toEqual(DOCUMENTED);
  expect(answers(await run({ addresses, base: 'wine-8' }, { family: 'ipv6' }))).toEqual(WINE);
});

test('dual-stack sockets are seen by IPv4 ones, and see them', async () => {
  const { outcome } = await run({});
  expect(outcome.measures).toMatchObject({
    'tcp.default-dual.default-wildcard4': 10_048,
    'tcp.default-specific4.default-dual': 0,
    'tcp.default-specific4.exclusive-dual': 10_048,
  });
});

test('the measures of a run are the table it was measured on', async () => {
  for (const name of ['doc-2021', 'wine-8'] as const) {
    const table = CONFLICT_TABLES[name];
    for (const protocol of ['tcp', 'udp'] as const) {
      const { outcome } = await run({ assumptions: { bindMatrix: name } }, { protocol });
      expect(measuredRows(outcome.measures, protocol)).toEqual({
        rows: table[protocol],
        onAnyAddress: protocol === 'udp' && table.udpOnAnyAddress,
      });
    }
  }
});

test('a host that keeps to no published table can be posed as from its measures', async () => {
  // As documented, but SO_REUSEADDR takes whatever it wants, and holders on other addresses count.
  const rows = [
    'U S S S U S',
    'S U S S U U',
    'U S S S U S',
    'S U S S U U',
    'U A S S U A',
    'S U S S U U',
  ];
  const bindMatrix = { tcp: { rows, onAnyAddress: true } };
  const first = await run({ bindMatrix });
  expect(answers(first)).toEqual({ wrongFamily: '10014' });
  expect(first.sentence).toMatch(
    /^explicit binds differ from the table Microsoft publishes .* in \d+ of 45 pairs over TCP: SO_REUSEADDR on the wildcard address over plain on the wildcard address is let in, documented: WSAEACCES \(10013\)/,
  );
  const learned = measuredRows(first.outcome.measures, 'tcp');
  expect(learned).toEqual(bindMatrix.tcp);
  const again = await run({ bindMatrix: { tcp: learned } });
  expect(again.outcome.measures).toEqual(first.outcome.measures);
  // The other protocol keeps the table of its switch.
  expect(answers(await run({ bindMatrix }, { protocol: 'udp' }))).toEqual(DOCUMENTED);
});

test('measures with a hole, or another code, are no table', async () => {
  const { outcome } = await run({});
  const { 'tcp.reuse-specific.reuse-other': _gone, ...holed } = outcome.measures;
  expect(measuredRows(holed, 'tcp')).toBeNull();
  const odd = { ...outcome.measures, 'tcp.reuse-specific.reuse-wildcard': 10_022 };
  expect(measuredRows(odd, 'tcp')).toBeNull();
  expect(measuredRows(outcome.measures, 'udp')).toBeNull();
});

test('numbers others hold are left alone', async () => {
  const holders = [
    { protocol: 'tcp', address: '10.0.0.2', start: 10_000, count: 19_000, mode: 'reuse' },
    { protocol: 'tcp', address: '0.0.0.0', start: 29_100, count: 900 },
  ];
  const end = await run({ holders });
  expect(answers(end)).toEqual(DOCUMENTED);
});

test('where others hold all numbers it says so', async () => {
  const holders = [
    { protocol: 'tcp', address: '10.0.0.2', start: 10_000, count: 40_000, mode: 'reuse' },
  ];
  const end = await run({ holders });
  expect(end.sentence).toMatch(/^not settled: 45 of 45 pairs/);
  expect(answers(end)).toEqual({ wrongFamily: '10014' });
});

test('numbers outside the range are used, wherever that is', () => {
  expect(quietNumbers(null)).toEqual({ start: 20_000, count: 10_000 });
  expect(quietNumbers(RANGE)).toEqual({ start: 10_000, count: 40_000 });
  expect(quietNumbers({ start: 1_025, count: 60_000 })).toEqual({ start: 61_025, count: 4_511 });
  expect(quietNumbers({ start: 5_000, count: 60_536 })).toEqual({ start: 1_024, count: 3_976 });
  expect(quietNumbers({ start: 1_024, count: 64_512 })).toEqual({ start: 10_000, count: 20_000 });
});

test('whatever others do, inside a range that leaves no other numbers, it is never wrong', async () => {
  let settled = 0;
  for (let seed = 0; seed < SEEDS; seed++) {
    const host = oddHost(seed);
    const matrix = seed % 2 === 0 ? 'doc-2021' : 'wine-8';
    const everything = { start: 1_024, count: 64_512 };
    // Some sixth of all numbers, held for as long as ten to forty attempts take.
    const churn = ['legacy', 'option'].map((kind) => ({
      protocol: 'tcp',
      address: '10.0.0.2',
      kind,
      perSecond: 1_000_000,
      holdSeconds: (1 + (seed % 10)) / 1_000,
    }));
    const end = await runOnModel({
      experiment: 'bind-matrix',
      seed,
      profile: {
        ...HOST,
        dynamicRanges: ranges(everything),
        assumptions: { ...host.profile.assumptions, bindMatrix: matrix },
        churn,
      },
    });
    expect({ bindMatrix: matrix, wrongFamily: '10014' }).toMatchObject(answers(end));
    expect(end.open).toBe(0);
    settled += end.answers.filter(({ id }) => id === 'bindMatrix').length;
  }
  // 37 % undecided, among others that take a number a microsecond; outside the range none would be.
  expect(settled).toBeGreaterThan(SEEDS / 2);
});
