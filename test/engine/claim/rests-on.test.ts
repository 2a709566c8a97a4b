import { describe, expect, it, test } from 'vitest';
import { claimsOf } from '#engine/claim/settle.ts';
import { assumptionsBehind, ROLE, type Circumstances } from '#engine/claim/rests-on.ts';
import { EXPERIMENTS } from '#engine/experiment/catalogue.ts';
import type { ClaimResult } from '#engine/run/run-document.ts';
import { DEFAULT_ASSUMPTIONS, listSwitches } from '#engine/profile/assumptions.ts';
import { runOnModel, type SimulatedCase } from '../experiment/simulated-lab.ts';

const PLAIN: Circumstances = {
  protocol: 'tcp',
  family: 'ipv4',
  addressClass: 'different-nics',
  exclusions: false,
  autoReuse: false,
  others: false,
  closeHolds: false,
};

interface Case {
  readonly title: string;
  readonly circumstances: Partial<Circumstances>;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly profile?: object;
  readonly addresses?: readonly (readonly [address: string, adapter: string])[];
  /** The table may name more than matters here: what matters depends on details it doesn't look at. */
  readonly wider?: true;
}

/** Small enough for every switch to be tried on, large enough for a sweep. */
const RANGE = { start: 50_000, count: 255 };
const RANGES = { tcp4: RANGE, tcp6: RANGE, udp4: RANGE, udp6: RANGE };
const holder = (start: number, kind: string, address = '10.0.0.1') => ({
  protocol: 'tcp',
  address,
  start,
  count: 20,
  kind,
});

const CASES: readonly Case[] = [
  { title: 'two adapters', circumstances: {} },
  {
    title: 'one adapter',
    circumstances: { addressClass: 'same-nic' },
    addresses: [
      ['10.0.0.1', 'a'],
      ['10.0.0.2', 'a'],
    ],
  },
  {
    title: 'loopback',
    circumstances: { addressClass: 'loopback' },
    addresses: [
      ['127.0.0.2', 'l'],
      ['127.0.0.3', 'l'],
    ],
  },
  {
    title: 'loopback and an adapter',
    circumstances: { addressClass: 'mixed' },
    addresses: [
      ['127.0.0.2', 'l'],
      ['127.0.0.3', 'l'],
      ['10.0.0.1', 'a'],
      ['10.0.0.2', 'a'],
    ],
    wider: true,
  },
  { title: 'UDP', circumstances: { protocol: 'udp' }, parameters: { protocol: 'udp' } },
  {
    title: 'IPv6',
    circumstances: { family: 'ipv6' },
    parameters: { family: 'ipv6' },
    addresses: [
      ['2001:db8::1', 'a'],
      ['2001:db8::2', 'b'],
    ],
  },
  {
    title: 'excluded ranges',
    circumstances: { exclusions: true },
    profile: { excludedRanges: [{ protocol: 'tcp', start: 50_010, count: 30 }] },
  },
  {
    title: 'an auto-reuse range inside the dynamic one',
    circumstances: { autoReuse: true },
    profile: { autoReuseRange: { start: 50_010, count: 30 } },
  },
  {
    title: 'ports held on close',
    circumstances: { closeHolds: true },
    profile: { assumptions: { A22: 'time-wait' } },
    wider: true,
  },
  {
    title: 'other applications',
    circumstances: { others: true },
    profile: {
      holders: [
        holder(50_020, 'legacy'),
        holder(50_050, 'option'),
        holder(50_080, 'explicit'),
        holder(50_110, 'explicit', '0.0.0.0'),
      ],
    },
    wider: true,
  },
];

const DEFAULT_ADDRESSES = [
  ['10.0.0.1', 'a'],
  ['10.0.0.2', 'b'],
] as const;

/** Ports held, for time's sake. */
const FEWER: Readonly<Partial<Record<SimulatedCase['experiment'], Record<string, string>>>> = {
  sweep: { hold: '20' },
  'late-option': { each: '10' },
  'wildcard-address': { each: '10' },
  'cross-process': { each: '10' },
  'same-adapter': { each: '10' },
};

function runOf(
  { parameters = {}, profile = {}, addresses = DEFAULT_ADDRESSES }: Case,
  experiment: SimulatedCase['experiment'],
): SimulatedCase {
  return {
    experiment,
    parameters: { ...parameters, ...FEWER[experiment] },
    profile: {
      dynamicRanges: RANGES,
      ...profile,
      addresses: addresses.map(([address, adapter]) => ({ address, adapter })),
    },
  };
}

async function claimsOfRun(
  run: SimulatedCase,
  assumptions: Readonly<Record<string, string>>,
): Promise<readonly ClaimResult[]> {
  const profile = { ...run.profile, assumptions: { ...run.profile.assumptions, ...assumptions } };
  const end = await runOnModel({
    ...run,
    profile,
    reserve: { kind: 'number', ports: 0 },
    exhaustive: true,
  });
  return end.claims;
}

/** By claim, the switches another value of which changes its outcome or the figures it is settled by. */
async function switchesThatMatter(run: SimulatedCase): Promise<Record<string, Set<string>>> {
  const before = await claimsOfRun(run, {});
  const matter = Object.fromEntries(before.map(({ id }) => [id, new Set<string>()]));
  for (const one of listSwitches(DEFAULT_ASSUMPTIONS)) {
    if (one.id !== one.switch) continue;
    for (const value of one.values.filter((other) => other !== one.default)) {
      const after = await claimsOfRun(run, { [one.id]: value });
      for (const [at, claim] of after.entries()) {
        const same = claim.outcome === before[at]?.outcome && claim.because === before[at]?.because;
        if (!same) matter[claim.id]?.add(one.id);
      }
    }
  }
  return matter;
}

/** Claims whose table is held to be exact; of the others it may name more than matters here. */
const EXACT: ReadonlySet<string> = new Set(['sweep PS-1', 'sweep PS-2', 'sweep platform']);
/** Tried in every case; the others, where there is no time for all, on the short list. */
const ALWAYS_TRIED: ReadonlySet<string> = new Set(['capacity', 'sweep']);
const SHORT_LIST = new Set(['two adapters', 'UDP']);

function isTried(experiment: string, { title }: Case): boolean {
  return (
    ALWAYS_TRIED.has(experiment) || SHORT_LIST.has(title) || process.env['PORTLAB_DEEP'] === '1'
  );
}

/** Some experiments are of one protocol only. */
function takes(experiment: string, { parameters = {} }: Case): boolean {
  const one = EXPERIMENTS.find(({ id }) => id === experiment);
  return one?.parameters.safeParse(parameters).success === true;
}

describe.each(CASES)('with $title', (example) => {
  const circumstances = { ...PLAIN, ...example.circumstances };
  const found: Record<string, Record<string, Set<string>>> = {};
  // A full run rests on what its parts do, and they are tried one by one.
  const single = EXPERIMENTS.map(({ id }) => id).filter((id) => id !== 'full');
  const tried = single.filter((id) => isTried(id, example) && takes(id, example));

  it.each(tried)('the table says what %s rests on', async (experiment) => {
    found[experiment] = await switchesThatMatter(runOf(example, experiment));
    for (const claim of claimsOf(experiment)) {
      const table = assumptionsBehind(experiment, claim, circumstances).toSorted();
      const matter = [...(found[experiment]?.[claim] ?? [])].toSorted();
      if (example.wider === true || !EXACT.has(`${experiment} ${claim}`))
        expect(table, claim).toEqual(expect.arrayContaining(matter));
      else expect(table, claim).toEqual(matter);
    }
  });

  it('and names nothing that never matters', () => {
    const matter = new Set(
      Object.values(found).flatMap((claims) => Object.values(claims).flatMap((ids) => [...ids])),
    );
    const added = assumptionsBehind('capacity', 'PS-2', circumstances).filter(
      (id) => !(assumptionsBehind('capacity', 'PS-2', PLAIN) as string[]).includes(id),
    );
    for (const id of added) expect(matter, id).toContain(id);
  });
});

test('every claim of every experiment rests on something, with a reason, and only on what there is', () => {
  const ids = new Set(listSwitches(DEFAULT_ASSUMPTIONS).map((entry) => String(entry.switch)));
  const everything = { exclusions: true, autoReuse: true, others: true, closeHolds: true };
  for (const { id: experiment, claims } of EXPERIMENTS) {
    for (const claim of claims) {
      const behind = assumptionsBehind(experiment, claim, { ...PLAIN, ...everything });
      expect(behind.length, claim).toBeGreaterThan(0);
      for (const id of behind) {
        expect(ids, id).toContain(id);
        expect(ROLE[id], id).toMatch(/\w{3}/);
      }
    }
  }
  for (const id of Object.keys(ROLE)) expect(ids, id).toContain(id);
});

test('a run of an unknown experiment rests on all that any would; an unknown claim on nothing', () => {
  const script = assumptionsBehind('script', 'PS-2', PLAIN);
  expect(script).toEqual(
    expect.arrayContaining(
      EXPERIMENTS.flatMap(({ id }): string[] => assumptionsBehind(id, 'PS-2', PLAIN)),
    ),
  );
  expect(assumptionsBehind('capacity', 'PS-99', PLAIN)).toEqual([]);
  expect(assumptionsBehind('toString', 'toString', PLAIN)).toEqual([]);
});
