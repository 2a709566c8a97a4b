import { describe, expect, it } from 'vitest';
import { DEFAULT_ASSUMPTIONS } from '#engine/profile/assumptions.ts';
import { learnProfile, type RunToLearnFrom } from '#engine/profile/learn-profile.ts';
import { parseProfileFile } from '#engine/profile/profile-file.ts';
import { resolveProfile } from '#engine/profile/resolve-profile.ts';
import { runOnModel } from '../experiment/simulated-lab.ts';

const RANGE = { start: 50_000, count: 256 };
const UNKNOWN = { tcp4: null, tcp6: null, udp4: null, udp6: null };

type Said = RunToLearnFrom['answers'][number];
const said = (id: string, value: string, more: Partial<Said> = {}): Said => ({
  id,
  value,
  protocol: 'tcp',
  family: 'ipv4',
  because: `it was ${value}`,
  ...more,
});

function run(more: Partial<RunToLearnFrom> = {}): RunToLearnFrom {
  return {
    id: 'r-1',
    from: { basis: 'measured', host: 'SRV01', build: '10.0.20348' },
    answers: [],
    host: {
      addresses: [{ address: '10.0.0.1', adapter: 'Ethernet' }],
      dynamicRanges: { tcp4: RANGE, tcp6: RANGE, udp4: RANGE, udp6: RANGE },
      excludedRanges: [],
      autoReuseRange: { start: 0, count: 0 },
    },
    seen: {},
    bindMatrix: {},
    ...more,
  };
}

describe('a learned profile', () => {
  it('has the host’s ranges and what runs settled, and says of each switch who said so', () => {
    const { file, unasked } = learnProfile([
      run({ answers: [said('A2', 'allowed')] }),
      run({ id: 'r-0', answers: [said('A2', 'allowed'), said('A16', 'accepted')] }),
    ]);
    expect(file.assumptions).toEqual({ A2: 'allowed', A16: 'accepted' });
    expect(file.learned?.answers.map(({ id, runs }) => [id, runs])).toEqual([
      ['A2', ['r-1', 'r-0']],
      ['A16', ['r-0']],
    ]);
    expect(file.learned).toMatchObject({ basis: 'measured', host: 'SRV01', runs: ['r-1', 'r-0'] });
    expect(unasked).toContain('A10');
    expect(unasked).not.toContain('A2');
    // As a file it is one any --profile takes.
    const resolved = resolveProfile(parseProfileFile(JSON.parse(JSON.stringify(file))), 'srv01');
    expect(resolved.assumptions).toEqual({
      ...DEFAULT_ASSUMPTIONS,
      A2: 'allowed',
      A16: 'accepted',
    });
    expect(resolved.dynamicRanges.tcp4).toEqual(RANGE);
    expect(resolved.addresses).toEqual([{ address: '10.0.0.1', adapter: 'Ethernet' }]);
  });

  it('leaves a switch as documented where runs contradict each other, and names both', () => {
    const { file, open } = learnProfile([
      run({ answers: [said('A2', 'allowed')] }),
      run({ id: 'r-0', answers: [said('A2', 'blocked')] }),
    ]);
    expect(file.assumptions).toEqual({});
    expect(open).toHaveLength(1);
    expect(open[0]?.because).toMatch(/allowed.*r-1.*blocked.*r-0/);
  });

  it('leaves out a value this version does not know, and a switch it does not have', () => {
    const { file, open } = learnProfile([
      run({ answers: [said('A2', 'sometimes'), said('A99', 'yes'), said('__proto__', 'x')] }),
    ]);
    expect(file.assumptions).toEqual({});
    expect(open.map(({ id }) => id).toSorted()).toEqual(['A2', 'A99', '__proto__']);
  });

  const CAPS: readonly [tcp: string | null, udp: string | null, value: string | null][] = [
    ['one-range', null, 'one-range'],
    ['one-range', 'one-range', 'one-range'],
    ['per-address', 'one-range', 'per-address-tcp'],
    ['per-address', 'per-address', 'per-address'],
    ['per-address', null, 'per-address'],
    ['one-range', 'per-address', null],
    [null, 'per-address', null],
    [null, null, null],
  ];
  it.each(CAPS)('puts PS-1 together: TCP %s, UDP %s', (tcp, udp, value) => {
    const answers = [
      ...(tcp === null ? [] : [said('PS-1', tcp)]),
      ...(udp === null ? [] : [said('PS-1', udp, { protocol: 'udp' })]),
    ];
    const { learned, open, unasked } = learnProfile([run({ answers })]);
    expect(learned.find(({ id }) => id === 'PS-1')?.value ?? null).toBe(value);
    const named = [...open.map(({ id }) => id), ...unasked].includes('PS-1');
    expect(named).toBe(value === null);
    if (tcp === 'per-address' && udp === null) expect(learned[0]?.because).toContain('UDP was not');
  });

  it('is made of one host and one kind of evidence only', () => {
    const others = [
      { basis: 'wine', host: 'SRV01', build: '10.0.20348' },
      { basis: 'measured', host: 'SRV02', build: '10.0.20348' },
      { basis: 'measured', host: 'SRV01', build: '10.0.26100' },
    ];
    for (const from of others) {
      expect(() => learnProfile([run(), run({ id: 'r-0', from })])).toThrow(/r-1 and r-0/);
    }
    expect(() => learnProfile([])).toThrow(/no run/);
  });

  it('takes the numbers a full pool gave where the range is unknown, if it met nearly all', () => {
    const unknown = { ...run().host, dynamicRanges: UNKNOWN };
    const { file, notes } = learnProfile([
      run({
        host: unknown,
        seen: {
          tcp4: { range: RANGE, met: 250 },
          udp4: { range: { start: 40_000, count: 9_000 }, met: 300 },
        },
      }),
    ]);
    expect(file.dynamicRanges).toEqual({ tcp4: RANGE });
    expect(notes.join(' ')).toContain('256 numbers from 50000 on of which a full pool gave 250');
    expect(notes.join(' ')).toContain('udp4: the range is unknown');
  });

  it('carries a measured table of explicit binds only where it is none of the lab’s', () => {
    const rows: [string, string, string, string, string, string] = [
      'U S S S U S',
      'S U S S U U',
      'U S S S U S',
      'S U S S U U',
      'U A S S U A',
      'S U S S U U',
    ];
    const bindMatrix = { tcp: { rows, onAnyAddress: true } };
    expect(learnProfile([run({ bindMatrix })]).file.bindMatrix).toEqual(bindMatrix);
    const named = run({ bindMatrix, answers: [said('bindMatrix', 'doc-2021')] });
    expect(learnProfile([named]).file).not.toHaveProperty('bindMatrix');
  });
});

/** Hosts that are odd in ways the experiments can see. */
const ODD: readonly Readonly<Record<string, string>>[] = [
  { A2: 'allowed', A16: 'accepted', A10: 'all' },
  { A3: 'allowed', A24: 'second-fails' },
  { A7: 'blocked', A8: 'denied', A18: 'refused', A21: '30' },
  { 'PS-1': 'per-address-tcp', A1: 'ignored', A14: 'wine', A15: 'wine' },
];

describe('a host learned from runs on a model', () => {
  it.each(ODD)('answers as that model did: %o', async (assumptions) => {
    const shape = {
      dynamicRanges: { tcp4: RANGE, tcp6: RANGE, udp4: RANGE, udp6: RANGE },
      addresses: ['10.0.0.1', '10.0.0.2'].map((address) => ({ address, adapter: address })),
    };
    const full = { experiment: 'full', exhaustive: true, seed: 7 } as const;
    const first = await runOnModel({ ...full, profile: { ...shape, assumptions } });
    const from = { basis: 'modelled', host: 'odd', build: 'model' };
    const { file } = learnProfile([
      run({
        from,
        answers: first.answers,
        host: { ...run().host, ...shape },
      }),
    ]);
    const { learned: _provenance, assumptions: taken, ...rest } = file;
    const second = await runOnModel({
      ...full,
      profile: { ...rest, assumptions: taken as Readonly<Record<string, string>> },
    });
    const outcomes = (end: typeof first): string[] =>
      end.parts.flatMap((part) =>
        part.claims.map(
          ({ id, outcome }) => `${part.id} ${String(part.parameters['protocol'])} ${id} ${outcome}`,
        ),
      );
    expect(outcomes(second)).toEqual(outcomes(first));
    const answers = (end: typeof first): string[] =>
      end.answers.map(({ id, value, protocol }) => `${id} ${value} ${protocol}`);
    expect(answers(second)).toEqual(answers(first));
  });
});
