import { z } from 'zod';
import type { FullEvidence, PartEvidence } from '../../claim/rules/full-evidence.ts';
import { CLAIM_IDS } from '../../claim/claims.ts';
import { count } from '../../model/words.ts';
import type { Experiment, ExperimentContext, Outcome, Plan, Situation } from '../experiment.ts';
import { namesIn, OF_BOTH_POOLS, planParts, withoutNamed, type PlannedPart } from './full-parts.ts';
import { runPart } from './full-part-run.ts';
import { commonParameters, type CommonParameters } from '../parameters.ts';
import { PartStage } from './part-stage.ts';
import { MAX_SECONDS } from '../safety.ts';

export type FullParameters = CommonParameters & {
  /** Ids of experiments, between commas. */
  readonly without: string;
};

/**
 * Every experiment, one after the other, in one recording: those that never go below the reserve
 * first, then, in an exhaustive run, the others.
 * @param experiments its parts: all others of the catalogue
 */
export function fullExperiment(
  experiments: readonly Experiment[],
): Experiment<FullParameters, 'full'> {
  return {
    id: 'full',
    title: 'Everything',
    summary:
      'All experiments one after the other, the safe ones first, over TCP and where it matters UDP: what this host does with every documented claim. ' +
      'Unless it may go below the reserve (--exhaust) only the safe ones run.',
    costs:
      'As much as its experiments, one at a time: minutes; more where TIME_WAIT is waited for.',
    risks: 'Those of its experiments; none goes below the reserve unless it may (--exhaust).',
    safe: false,
    safeUnlessAsked: true,
    parameters: parametersOf(experiments),
    claims: CLAIM_IDS.filter((id) => experiments.some(({ claims }) => claims.includes(id))),
    minAddresses: 2,
    maxAddresses: Number.POSITIVE_INFINITY,
    bothPools: true,
    maxSeconds: secondsInAll(experiments),
    plan: (situation) => planAll(planParts(experiments, situation), situation),
    processes: (parameters) =>
      withoutNamed(experiments, parameters.without).reduce(
        (sum, one) => sum + processesOf(one, parameters),
        0,
      ),
    run: (context) => runAll(context, planParts(experiments, context)),
  };
}

function parametersOf(experiments: readonly Experiment[]): z.ZodType<FullParameters> {
  const ids = experiments.map(({ id }) => String(id));
  return commonParameters.extend({
    without: z
      .string()
      .refine((text) => namesIn(text).every((name) => ids.includes(name)), {
        message: `takes some of ${ids.join(', ')}, between commas`,
      })
      .default('')
      .describe('Experiments to leave out, between commas; none where empty'),
  });
}

/** Every part may take its own time, so the last ones are not cut off for what the first ones took. */
function secondsInAll(experiments: readonly Experiment[]): number {
  return experiments.reduce(
    (sum, { id, maxSeconds = MAX_SECONDS }) => sum + maxSeconds * (OF_BOTH_POOLS.has(id) ? 2 : 1),
    0,
  );
}

/** Processes an experiment asks for, at its defaults. */
function processesOf(
  experiment: Experiment,
  { protocol, family, ports, rate }: CommonParameters,
): number {
  const parsed = experiment.parameters.safeParse({ protocol, family, ports, rate });
  return parsed.success ? (experiment.processes?.(parsed.data) ?? 0) : 0;
}

function planAll(parts: readonly PlannedPart[], { limits }: Situation<FullParameters>): Plan {
  const plans = parts.flatMap(({ plan, refusal }) =>
    plan === null || refusal !== null ? [] : [plan],
  );
  const most = (of: (plan: Plan) => number): number => Math.max(0, ...plans.map(of));
  const unionLost = most((plan) => plan.unionLost);
  return {
    wouldHold: plans.reduce((sum, plan) => sum + plan.wouldHold, 0),
    atOnce: most((plan) => plan.atOnce),
    unionLost,
    legacyLeft: limits.freeOnAll === null ? null : Math.max(0, limits.freeOnAll - unionLost),
    seconds: plans.reduce((sum, plan) => sum + plan.seconds, 0),
    refusal:
      plans.length > 0
        ? null
        : `none of its experiments can run here: ${parts[0]?.refusal ?? 'there are none'}`,
  };
}

async function runAll(
  context: ExperimentContext<FullParameters>,
  planned: readonly PlannedPart[],
): Promise<Outcome<'full'>> {
  const parts: PartEvidence[] = [];
  // Each part has processes of its own: one may have ended those it had.
  let owners = 1;
  const stage = new PartStage(context.stage);
  for (const [index, part] of planned.entries()) {
    const processes = part.experiment.processes?.(part.parameters) ?? 0;
    const own = [
      ...context.owners.slice(0, 1),
      ...context.owners.slice(owners, owners + processes),
    ];
    owners += processes;
    stage.progress = (share, words) =>
      context.stage.progress(
        (index + share) / planned.length,
        `${part.id} (${index + 1} of ${count(planned.length, 'experiment')}): ${words}`,
      );
    parts.push(await runPart(context, part, own, stage));
  }
  const own: FullEvidence = { parts };
  const ran = parts.filter(({ status }) => status !== 'refused');
  return {
    arms: parts.flatMap(({ arms }) => arms),
    measures: Object.fromEntries(
      ran.flatMap((part) =>
        Object.entries(part.measures).map(([name, value]) => [
          `${partName(part, context.protocol)}.${name}`,
          value,
        ]),
      ),
    ),
    own,
  };
}

/** What a part's measures begin with: its id, and the protocol where that is not the run's. */
export function partName({ id, parameters }: PartEvidence, protocol: string): string {
  const own = parameters['protocol'];
  return own === protocol ? id : `${id}.${String(own)}`;
}
