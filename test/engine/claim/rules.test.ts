import { describe, expect, test } from 'vitest';
import type { ArmEvidence, Evidence } from '#engine/claim/evidence.ts';
import { settleClaims } from '#engine/claim/settle.ts';

function outcomes(evidence: Partial<Evidence> & Pick<Evidence, 'experiment' | 'arms'>) {
  const whole: Evidence = {
    usable: 1_000,
    exhaustion: { bind: 10_055, connect: 10_055 },
    own: null,
    protocol: 'tcp',
    family: 'ipv4',
    addresses: 2,
    edition: 'server',
    ...evidence,
  };
  return Object.fromEntries(
    settleClaims(whole, { basis: 'measured', addressClass: 'same-nic' }).map(({ id, outcome }) => [
      id,
      outcome,
    ]),
  );
}

describe('filling', () => {
  const arm = (
    strategy: 'legacy' | 'port-scalability',
    bound: number,
    overlap: number,
    ended: ArmEvidence['ended'] = 'exhausted',
  ): ArmEvidence => ({ strategy, bound, overlap, ended });

  test.each<[string, ArmEvidence[], string, string]>([
    [
      'the option multiplies',
      [arm('legacy', 1_000, 0), arm('port-scalability', 4_000, 1_000)],
      'confirmed',
      'confirmed',
    ],
    [
      'the control scales too',
      [arm('legacy', 4_000, 1_000), arm('port-scalability', 4_000, 1_000)],
      'refuted',
      'inconclusive',
    ],
    [
      'the option changes nothing',
      [arm('legacy', 1_000, 0), arm('port-scalability', 1_000, 0)],
      'confirmed',
      'refuted',
    ],
    [
      'nothing got near the range',
      [arm('legacy', 100, 0), arm('port-scalability', 100, 0)],
      'inconclusive',
      'inconclusive',
    ],
    [
      'the control stopped at the reserve',
      [arm('legacy', 200, 0, 'reserve'), arm('port-scalability', 400, 200)],
      'inconclusive',
      'inconclusive',
    ],
    [
      'the option arm stopped at a limit',
      [arm('legacy', 1_000, 0), arm('port-scalability', 900, 0, 'max-sockets')],
      'confirmed',
      'inconclusive',
    ],
    [
      'memory ran out',
      [arm('legacy', 1_000, 0, 'error'), arm('port-scalability', 4_000, 1_000)],
      'inconclusive',
      'inconclusive',
    ],
    ['an arm is missing', [arm('legacy', 1_000, 0)], 'confirmed', 'inconclusive'],
    ['nothing ran', [], 'inconclusive', 'inconclusive'],
  ])('%s: PS-1 and PS-2', (_name, arms, ps1, ps2) => {
    expect(outcomes({ experiment: 'capacity', arms })).toMatchObject({ 'PS-1': ps1, 'PS-2': ps2 });
  });

  test.each([
    ['ports', 'confirmed', 'refuted'],
    ['unknown', 'inconclusive', 'inconclusive'],
  ] as const)(
    'where the range is unknown, a full pool for want of %s: PS-1 and PS-2',
    (shortage, ps1, ps2) => {
      const told = (strategy: 'legacy' | 'port-scalability') => ({
        strategy,
        shortage,
        bindCode: 10_048,
        connectCode: null,
        optionCode: null,
        fewest: 128,
      });
      const own = { arms: [told('legacy'), told('port-scalability')], pool: null, unicast: null };
      const arms = [arm('legacy', 256, 0), arm('port-scalability', 256, 0)];
      expect(outcomes({ experiment: 'capacity', arms, own, usable: null })).toMatchObject({
        'PS-1': ps1,
        'PS-2': ps2,
      });
    },
  );
});

describe('hold and sweep', () => {
  const arm = (
    strategy: 'legacy' | 'port-scalability',
    overlap: number,
    coverage: number,
    lost = 0,
  ): ArmEvidence => ({
    strategy,
    overlap,
    bound: 1_000,
    ended: 'done',
    sweep: { held: 200, swept: 800, coverage, enough: 0.9, lost, bySpan: false },
  });
  const arms = (control: number, treatment: number, coverage = 1, treated = 0.1) => [
    arm('legacy', control, coverage),
    arm('port-scalability', treatment, treated),
    arm('legacy', control, coverage),
  ];

  test('a hit with the option and none in covering controls confirms both claims', () => {
    expect(outcomes({ experiment: 'sweep', arms: arms(0, 8) })).toMatchObject({
      'PS-1': 'confirmed',
      'PS-2': 'confirmed',
    });
  });

  test('a hit in a control refutes PS-1 and leaves PS-2 open', () => {
    expect(outcomes({ experiment: 'sweep', arms: arms(8, 8) })).toMatchObject({
      'PS-1': 'refuted',
      'PS-2': 'inconclusive',
    });
  });

  test('no hit anywhere says nothing, however well the range was covered', () => {
    expect(outcomes({ experiment: 'sweep', arms: arms(0, 0, 1, 1) })).toMatchObject({
      'PS-1': 'inconclusive',
      'PS-2': 'inconclusive',
    });
  });

  test('controls that did not cover the range confirm nothing', () => {
    expect(outcomes({ experiment: 'sweep', arms: arms(0, 8, 0.5) })).toMatchObject({
      'PS-1': 'inconclusive',
      'PS-2': 'inconclusive',
    });
  });

  test('one control is not two', () => {
    expect(outcomes({ experiment: 'sweep', arms: arms(0, 8).slice(0, 2) })).toMatchObject({
      'PS-1': 'inconclusive',
      'PS-2': 'inconclusive',
    });
  });

  test('a held port that got lost makes everything inconclusive', () => {
    const disturbed = [
      arm('legacy', 0, 1),
      arm('port-scalability', 8, 0.1, 1),
      arm('legacy', 0, 1),
    ];
    expect(outcomes({ experiment: 'sweep', arms: disturbed })).toMatchObject({
      'PS-1': 'inconclusive',
      'PS-2': 'inconclusive',
    });
  });
});
