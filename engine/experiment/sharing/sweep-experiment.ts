import { z } from 'zod';
import type { MetBy } from '../../claim/encounter.ts';
import type { SweepEvidence } from '../../claim/evidence.ts';
import { HOLDER_NAMES, type HolderName, type SweepOwn } from '../../claim/rules/sweep-evidence.ts';
import type { Strategy } from '../../model/strategy.ts';
import { count } from '../../model/words.ts';
import type { Arm } from '../../run/run-document.ts';
import type { Experiment, ExperimentContext, Outcome, Plan, Situation } from '../experiment.ts';
import { allKindsArm, pairArm } from './sweep-arms.ts';
import { holdCount, maxSweeps, sweepingParameters } from './sweeping-parameters.ts';

const sweepParameters = sweepingParameters.extend({
  hold: z.int().min(1).max(2_000).default(200).describe('Ports held on the first address'),
  hits: z
    .int()
    .min(1)
    .max(1_000)
    .default(8)
    .describe('Repeated numbers after which an arm has seen enough'),
  quick: z
    .union([z.literal(0), z.literal(1)])
    .default(0)
    .describe('1 leaves out what other kinds of sockets take from those with the option'),
});

export type SweepParameters = z.infer<typeof sweepParameters>;

/** Control, treatment, control: what other programs do to the pool meanwhile hits all three. */
const PAIRS = ['legacy', 'port-scalability', 'legacy'] as const satisfies readonly Strategy[];
/** Then all kinds side by side, which is a control again. */
const ALL_KINDS = ['port-scalability', 'legacy'] as const;

/**
 * The safe proof. Holds some 200 ports on address A, then binds and closes sockets on B one by one,
 * counting how often B gets a number A holds. Never more than the held ports and one are taken.
 */
export const sweepExperiment: Experiment<SweepParameters, 'sweep'> = {
  id: 'sweep',
  title: 'Hold and sweep',
  summary:
    'Whether numbers held on one address are given again on another, without and with SO_PORT_SCALABILITY, ' +
    'and whether those that other kinds of sockets hold are. Safe: holds some 200 ports, ever.',
  costs: 'Some 200 ports at once, and some 150,000 binds one after the other: about 15 s.',
  risks:
    'None worth naming: it never goes below the reserve, and listens on nothing. Some 100 of the ports it holds it chooses itself, for some seconds.',
  safe: true,
  parameters: sweepParameters,
  claims: ['PS-1', 'PS-2', 'PS-4', 'platform'],
  minAddresses: 2,
  maxAddresses: 2,
  plan,
  run,
};

function plan({ parameters, usable, limits }: Situation<SweepParameters>): Plan {
  const hold = holdCount(parameters.hold, limits);
  const atOnce = hold + 1;
  const sweeps = maxSweeps(parameters, usable);
  // Side by side a sweep is followed by another once everything is released.
  const rounds = parameters.quick === 1 ? PAIRS.length : PAIRS.length + 2 * ALL_KINDS.length;
  return {
    wouldHold: rounds * (hold + sweeps),
    atOnce,
    unionLost: atOnce,
    legacyLeft: limits.freeOnAll === null ? null : limits.freeOnAll - atOnce,
    seconds: Math.ceil((rounds * (hold + sweeps)) / parameters.pace),
    refusal:
      hold < 1
        ? `the limits leave room for ${count(Math.max(0, atOnce), 'port')}, the sweep needs at least 2`
        : null,
  };
}

async function run(context: ExperimentContext<SweepParameters>): Promise<Outcome<'sweep'>> {
  const { parameters, limits, stop } = context;
  const hold = holdCount(parameters.hold, limits);
  const pairs: (Arm & { sweep: SweepEvidence })[] = [];
  const parts = parameters.quick === 1 ? PAIRS.length : PAIRS.length + ALL_KINDS.length;
  const during = (part: number): [number, number] => [part / parts, (part + 1) / parts];
  for (const strategy of PAIRS) {
    if (stop.reason !== null) break;
    const nothingMet = pairs.length === PAIRS.length - 1 && pairs.every((arm) => arm.overlap === 0);
    pairs.push(
      await pairArm(context, {
        strategy,
        hold,
        hits: parameters.hits,
        // Nothing met so far: only numbers that come up once they are released say something then.
        again: nothingMet,
        progress: during(pairs.length),
      }),
    );
  }
  const arms: Outcome<'sweep'>['arms'][number][] = [...pairs];
  const own: { -readonly [K in keyof SweepOwn]: SweepOwn[K] } = {
    refused: refusalOf(pairs),
    withOption: null,
    without: null,
  };
  // Where nothing is ever given again, other holders' numbers show nothing either.
  const worthwhile = pairs.some((arm) => arm.overlap > 0) && hold >= HOLDER_NAMES.length;
  if (parameters.quick === 0 && worthwhile) {
    for (const strategy of ALL_KINDS) {
      if (stop.reason !== null) break;
      const { arm, met } = await allKindsArm(context, {
        strategy,
        each: Math.floor(hold / HOLDER_NAMES.length),
        progress: during(arms.length),
      });
      arms.push(arm);
      own[strategy === 'legacy' ? 'without' : 'withOption'] = met;
    }
  }
  return { arms, own, measures: measuresOf(pairs, own) };
}

/** The code by which setsockopt refused the option. */
function refusalOf(arms: readonly Arm[]): number | null {
  const refusal = arms.find(({ firstError }) => firstError?.call === 'setsockopt');
  return refusal?.firstError?.code ?? null;
}

function measuresOf(
  arms: readonly (Arm & { readonly sweep: SweepEvidence })[],
  { withOption, without }: SweepOwn,
): Record<string, number> {
  const controls = arms.filter((arm) => arm.strategy === 'legacy');
  const treatment = arms.filter((arm) => arm.strategy === 'port-scalability');
  return {
    held: Math.max(0, ...arms.map((arm) => arm.sweep.held)),
    'legacy.hits': total(controls, (arm) => arm.overlap),
    'legacy.swept': total(controls, (arm) => arm.sweep.swept),
    'legacy.coverage': Math.min(1, ...controls.map((arm) => arm.sweep.coverage)),
    'port-scalability.hits': total(treatment, (arm) => arm.overlap),
    'port-scalability.swept': total(treatment, (arm) => arm.sweep.swept),
    'port-scalability.coverage': Math.min(1, ...treatment.map((arm) => arm.sweep.coverage)),
    ...metOf('port-scalability', withOption),
    ...metOf('legacy', without),
  };
}

/** Of numbers held side by side, how many were given to the sweeping sockets, by how they were held. */
function metOf(strategy: Strategy, sweep: MetBy<HolderName> | null): Record<string, number> {
  if (sweep === null) return {};
  return Object.fromEntries(
    HOLDER_NAMES.map((name) => [`${strategy}.met.${name}`, sweep.by[name].met]),
  );
}

function total<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0);
}
