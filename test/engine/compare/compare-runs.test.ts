import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CompareDocument } from '#engine/compare/compare-document.ts';
import { compareRuns } from '#engine/compare/compare-runs.ts';
import { BASES, RUN_STATUSES, type RunDocument } from '#engine/run/run-document.ts';
import { sampleAddresses } from '#test/report/sample-run.ts';
import { claim, partOf, runOf } from './sample-runs.ts';

function measure({ measures }: CompareDocument, name: string) {
  return measures.find((one) => one.name === name);
}

function fact({ facts }: CompareDocument, name: string) {
  return facts.find((one) => one.name === name);
}

describe('runs side by side', () => {
  it('keep the order they are named in, and are set against the first', () => {
    const compared = compareRuns([
      runOf('before', { usable: 700 }),
      runOf('after', { usable: 900 }),
      runOf('later', { usable: 500 }),
    ]);
    expect(compared.runs).toEqual(['before', 'after', 'later']);
    expect(measure(compared, 'port-scalability.bound')).toMatchObject({
      values: [2_800, 3_600, 2_000],
      deltas: [null, 800, -800],
    });
    expect(measure(compared, 'port-scalability.perAddress.198.51.100.21')?.values).toEqual([
      700, 900, 500,
    ]);
    expect(measure(compared, 'run.peakHeld')?.deltas).toEqual([null, 800, -800]);
  });

  it('take no difference between what was measured, Wine’s and modelled', () => {
    const compared = compareRuns([
      runOf('model', { basis: 'modelled', usable: 500 }),
      runOf('real', { usable: 700 }),
      runOf('wine', { basis: 'wine', usable: 100 }),
      runOf('real-2', { usable: 710 }),
      runOf('model-2', { basis: 'modelled', usable: 600 }),
    ]);
    expect(compared.bases).toEqual(['modelled', 'measured', 'wine', 'measured', 'modelled']);
    expect(measure(compared, 'port-scalability.bound')?.deltas).toEqual([
      null,
      null,
      null,
      40,
      400,
    ]);
    expect(compared.cautions[0]).toBe(
      'A and E are simulated, B and D are measured on Windows and C is Wine: nothing is subtracted or averaged between them, and only B and D are evidence about Windows.',
    );
  });

  it('call the model’s speed a convention, and take no difference of it', () => {
    const compared = compareRuns([
      runOf('one', { basis: 'modelled', usable: 500 }),
      runOf('two', { basis: 'modelled', usable: 900 }),
      runOf('real'),
    ]);
    for (const name of ['port-scalability.seconds', 'run.durationNs']) {
      expect(measure(compared, name)).toMatchObject({
        kind: 'speed',
        convention: [true, true, false],
        deltas: [null, null, null],
      });
    }
    expect(compared.cautions.join('\n')).toContain('Times of A and B are virtual');
  });

  it('take no difference of codes and port numbers', () => {
    const walk = (id: string, port: number, code: number): RunDocument =>
      runOf(id, {
        document: { arms: [], measures: { 'port.1': port, 'step.4': code, held: port } },
      });
    const compared = compareRuns([walk('one', 50_000, 0), walk('two', 50_017, 10_048)]);
    expect(measure(compared, 'port.1')).toMatchObject({ kind: 'port', deltas: [null, null] });
    expect(measure(compared, 'step.4')).toMatchObject({ kind: 'code', deltas: [null, null] });
    expect(measure(compared, 'held')?.deltas).toEqual([null, 17]);
  });

  it('number the addresses where runs used others, and say that totals are no match', () => {
    const compared = compareRuns([
      runOf('four'),
      runOf('two', { addresses: sampleAddresses(2, 'ipv6') }),
    ]);
    expect(measure(compared, 'legacy.perAddress.2')?.values).toEqual([175, 350]);
    expect(measure(compared, 'port-scalability.perAddress.4')?.values).toEqual([700, null]);
    expect(measure(compared, 'port-scalability.perAddress.most')?.deltas).toEqual([null, 0]);
    expect(compared.cautions).toContain(
      'Different numbers of addresses (A 4, B 2): totals are no match, figures on one address are.',
    );
  });

  it('refuse one run, nine runs and the same one twice', () => {
    const runs = Array.from({ length: 9 }, (_, at) => runOf(`run-${at}`, { usable: 100 }));
    for (const list of [[], runs.slice(0, 1), runs, [runs[0]!, runs[1]!, runs[0]!]]) {
      expect(() => compareRuns(list)).toThrow(expect.objectContaining({ kind: 'usage' }));
    }
    expect(compareRuns(runs.slice(0, 8)).runs).toHaveLength(8);
  });

  it('name what is unfinished, and arms that did not end alike', () => {
    const whole = runOf('whole');
    const compared = compareRuns([
      whole,
      runOf('stopped', {
        run: { status: 'cancelled' },
        document: { arms: whole.arms.map((arm) => ({ ...arm, ended: 'reserve' as const })) },
      }),
    ]);
    expect(compared.cautions).toContain('B is cancelled: figures stand as far as each came.');
    expect(compared.cautions.join('\n')).toMatch(
      /Port scalability did not end alike: A none was left, B stopped at the reserve/,
    );
  });
});

describe('facts', () => {
  it('differ where two known values do: unknown is no difference', () => {
    const compared = compareRuns([
      runOf('old', {
        host: {
          os: { name: 'Windows Server 2022', build: '20348', productType: 'server' },
          roles: null,
        },
      }),
      runOf('new', {
        host: {
          os: { name: 'Windows Server 2025', build: '26100', productType: 'server' },
          roles: ['dns'],
        },
      }),
    ]);
    expect(fact(compared, 'os.build')).toMatchObject({ values: ['20348', '26100'], differs: true });
    expect(fact(compared, 'os.productType')?.differs).toBe(false);
    expect(fact(compared, 'roles')).toMatchObject({ values: [null, 'dns'], differs: false });
    expect(compared.sentence).toMatch(/^Nothing flipped: .*build \(A 20348, B 26100\)/);
  });

  it('of a simulated run are the modelled host’s, not those of the machine that ran it', () => {
    const compared = compareRuns([runOf('model', { basis: 'modelled' }), runOf('real')]);
    expect(fact(compared, 'dynamicRanges.tcp4')).toMatchObject({
      values: ['49152 to 65535', '50000 to 50779'],
      differs: true,
    });
    expect(fact(compared, 'os.build')?.values[0]).toBeNull();
    expect(fact(compared, 'hostname')?.values[0]).toBeNull();
  });

  it('have of a profile only the switches that differ', () => {
    const changed = runOf('changed', { basis: 'modelled' });
    const { profile } = changed.run;
    const assumptions = { ...(profile?.resolved['assumptions'] as object), A28: 'not-shared' };
    const compared = compareRuns([
      runOf('plain', { basis: 'modelled' }),
      {
        ...changed,
        run: {
          ...changed.run,
          profile: { name: 'other', resolved: { ...profile?.resolved, assumptions } },
        },
      },
    ]);
    const switches = compared.facts.filter(({ group }) => group === 'profile');
    expect(switches.map(({ name, values }) => [name, values])).toEqual([
      ['A28', ['shared', 'not-shared']],
    ]);
  });

  it('tell parameters that differ, by name, as a caution too', () => {
    const compared = compareRuns([
      runOf('one', { document: { parameters: { protocol: 'tcp', hold: 200 } } }),
      runOf('two', { document: { parameters: { protocol: 'tcp', hold: 50, extra: ['a', 1] } } }),
    ]);
    expect(fact(compared, 'hold')).toMatchObject({ group: 'parameters', differs: true });
    expect(fact(compared, 'extra')?.values).toEqual([null, '["a",1]']);
    expect(compared.cautions).toContain(
      'Different parameters: hold (A 200, B 50) and extra (A none, B ["a",1]).',
    );
  });
});

describe('full runs', () => {
  const sweep = partOf('sweep', {
    arms: [
      { ...runOf('x').arms[0]!, index: 7 },
      { ...runOf('x').arms[0]!, index: 8 },
    ],
    measures: { held: 200 },
  });
  const full = (id: string, parts: readonly (typeof sweep)[], measures = {}): RunDocument =>
    runOf(id, {
      run: { experiment: 'full' },
      document: {
        parameters: { protocol: 'tcp' },
        arms: parts.flatMap(({ arms }) => arms),
        measures,
        experiments: [...parts],
      },
    });

  it('stand beside each other experiment by experiment, whatever ran before in them', () => {
    const udp = partOf('sweep', {
      ...sweep,
      parameters: { protocol: 'udp' },
      arms: sweep.arms.map((arm) => ({ ...arm, index: arm.index - 4 })),
    });
    const compared = compareRuns([
      full('one', [udp, sweep], { 'sweep.held': 200, 'legacy-8.bindP50Ns': 900 }),
      full('two', [sweep, partOf('capacity', { status: 'refused' })], {
        'sweep.held': 200,
        'legacy-8.bindP50Ns': 700,
        'guard.ports': 17,
      }),
    ]);
    expect(measure(compared, 'sweep.held')).toMatchObject({ part: 'sweep', values: [200, 200] });
    expect(measure(compared, 'sweep.udp.held')?.values).toEqual([200, null]);
    expect(measure(compared, 'sweep.legacy-2.bound')?.values).toEqual([700, 700]);
    expect(measure(compared, 'sweep.legacy-2.bindP50Ns')?.deltas).toEqual([null, -200]);
    expect(measure(compared, 'guard.ports')).toMatchObject({ part: null, values: [null, 17] });
    expect(fact(compared, 'capacity')).toMatchObject({
      group: 'experiments',
      values: [null, 'refused'],
      differs: true,
    });
  });

  it('stand beside a run of one of their experiments', () => {
    const alone = runOf('alone', {
      run: { experiment: 'sweep' },
      document: {
        arms: sweep.arms.map((arm, at) => ({ ...arm, index: at + 1 })),
        measures: { held: 50 },
      },
    });
    const compared = compareRuns([full('whole', [sweep], { 'sweep.held': 200 }), alone]);
    expect(measure(compared, 'sweep.held')?.deltas).toEqual([null, -150]);
    expect(measure(compared, 'sweep.legacy-1.bound')?.values).toEqual([700, 700]);
    expect(compared.cautions.join('\n')).toContain('Different experiments (A full, B sweep)');
  });
});

describe('whatever the runs', () => {
  const anyRun = fc.record({
    basis: fc.constantFrom(...BASES),
    usable: fc.integer({ min: 0, max: 40 }),
    experiment: fc.constantFrom('capacity', 'sweep', 'full', 'script', 'valueOf'),
    status: fc.constantFrom(...RUN_STATUSES),
    parameters: fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3 }),
    measures: fc.dictionary(fc.string(), fc.integer(), { maxKeys: 4 }),
    resolved: fc.dictionary(
      fc.constantFrom('assumptions', 'dynamicRanges', 'excludedRanges', 'addresses', 'holders'),
      fc.jsonValue(),
    ),
    claims: fc.array(
      fc.record({
        id: fc.constantFrom('PS-1', 'PS-2', '__proto__'),
        outcome: fc.constantFrom('confirmed', 'refuted', 'inconclusive', 'untested'),
        addressClass: fc.constantFrom('loopback', 'same-nic'),
      }),
      { maxLength: 4 },
    ),
  });

  it('a difference is to the first run of the same basis, and a flip within one kind of addresses', () => {
    fc.assert(
      fc.property(fc.array(anyRun, { minLength: 2, maxLength: 8 }), (wishes) => {
        const documents = wishes.map((wish, at) => {
          const made = runOf(`run-${at}`, {
            basis: wish.basis,
            usable: wish.usable,
            run: { experiment: wish.experiment, status: wish.status },
            document: {
              parameters: wish.parameters,
              measures: wish.measures,
              claims: wish.claims.map((one) =>
                claim(one.id, one.outcome, { ...one, basis: wish.basis }),
              ),
            },
          });
          const profile =
            made.run.profile === null ? null : { name: 'odd', resolved: wish.resolved };
          return { ...made, run: { ...made.run, profile } };
        });
        const compared = compareRuns(documents);
        expect(compared.sentence).not.toBe('');
        for (const { values, deltas } of compared.measures) {
          for (const [at, delta] of deltas.entries()) {
            if (delta === null) continue;
            const first = compared.bases.indexOf(compared.bases[at]!);
            expect(first).toBeLessThan(at);
            expect(delta).toBe(values[at]! - values[first]!);
          }
        }
        for (const { claim: id, addressClass, outcomes } of compared.flipped) {
          const tested = documents.map(({ claims }) =>
            claims.find((one) => one.id === id && one.addressClass === addressClass),
          );
          expect(outcomes).toEqual(tested.map((one) => one?.outcome ?? null));
          const settled = outcomes.filter((one) => one !== null && one !== 'untested');
          expect(new Set(settled).size).toBeGreaterThan(1);
        }
        for (const { values } of [...compared.facts, ...compared.measures]) {
          expect(values).toHaveLength(documents.length);
        }
      }),
      { numRuns: 150 },
    );
  });
});
