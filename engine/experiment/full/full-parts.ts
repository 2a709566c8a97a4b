import type { PartId } from '../../claim/rules/full-evidence.ts';
import { PROTOCOLS } from '../../model/protocol.ts';
import type { Experiment, Plan, PoolFacts, Situation } from '../experiment.ts';
import type { CommonParameters } from '../parameters.ts';

/** One experiment of a full run, decided before anything is touched. */
export interface PlannedPart {
  readonly id: PartId;
  readonly experiment: Experiment;
  readonly parameters: CommonParameters;
  /** Addresses it uses, the first ones. */
  readonly addresses: number;
  readonly pool: PoolFacts;
  /** Null where it can't be planned. */
  readonly plan: Plan | null;
  /** Why it can't run as things stand; null where it can. */
  readonly refusal: string | null;
}

/** Experiments whose question the other protocol's pool answers for itself. */
export const OF_BOTH_POOLS: ReadonlySet<string> = new Set(['sweep', 'bind-matrix', 'capacity']);

/** What a full run asks beyond a part's defaults. */
const MORE_OF: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  capacity: { arms: 'all' },
};

/** Names between commas, spaces and empty ones apart. */
export function namesIn(text: string): readonly string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** The experiments but those named. */
export function withoutNamed(
  experiments: readonly Experiment[],
  without: string,
): readonly Experiment[] {
  const names = namesIn(without);
  return experiments.filter(({ id }) => !names.includes(id));
}

/**
 * The parts of a full run, those that never go below the reserve first, then the cheapest. An
 * experiment that can't run as things stand is a part, too, with the reason.
 */
export function planParts(
  experiments: readonly Experiment[],
  situation: Situation<CommonParameters & { readonly without: string }>,
): PlannedPart[] {
  const { parameters, usable, limits, otherPool = null } = situation;
  const { protocol } = parameters;
  const own: PoolFacts = { protocol, usable, limits, range: null };
  const parts = withoutNamed(experiments, parameters.without).flatMap((experiment) => [
    plannedPart(experiment, situation, own),
    ...(OF_BOTH_POOLS.has(experiment.id)
      ? [
          otherPool === null
            ? withoutPool(experiment, situation)
            : plannedPart(experiment, situation, otherPool),
        ]
      : []),
  ]);
  return parts.toSorted((a, b) => cost(a) - cost(b));
}

/** Safe ones before all others, then by time; what can't be planned comes last of its kind. */
function cost({ experiment, plan }: PlannedPart): number {
  const seconds = Math.min(plan?.seconds ?? 1e6, 1e6);
  return experiment.safe ? seconds : 1e7 + seconds;
}

function plannedPart(
  experiment: Experiment,
  { parameters: run, addresses, adapters, limits }: Situation<CommonParameters>,
  pool: PoolFacts,
): PlannedPart {
  const used = Math.min(addresses, experiment.maxAddresses);
  const { family, ports, rate } = run;
  const given = { protocol: pool.protocol, family, ports, rate, ...MORE_OF[experiment.id] };
  const parsed = experiment.parameters.safeParse(given);
  const about = { id: experiment.id as PartId, experiment, addresses: used, pool };
  if (!parsed.success) {
    const why = `it does not run over ${pool.protocol.toUpperCase()} and ${family === 'ipv4' ? 'IPv4' : 'IPv6'}`;
    return { ...about, parameters: given, plan: null, refusal: why };
  }
  const plan = experiment.plan({
    parameters: parsed.data,
    addresses: used,
    usable: pool.usable,
    limits: pool.limits,
    adapters: adapters?.slice(0, used),
  });
  return {
    ...about,
    parameters: parsed.data,
    plan,
    refusal: refusalOf(experiment, plan, addresses, limits.exhaustive),
  };
}

function refusalOf(
  { safe, minAddresses }: Experiment,
  plan: Plan,
  addresses: number,
  exhaustive: boolean,
): string | null {
  if (!safe && !exhaustive) {
    return 'it may go below the reserve: on a lab host, a full run with --exhaust takes it in';
  }
  if (addresses < minAddresses) {
    return `it needs ${minAddresses} addresses, and the run has ${addresses}`;
  }
  return plan.refusal;
}

function withoutPool(
  experiment: Experiment,
  { parameters, addresses, usable, limits }: Situation<CommonParameters>,
): PlannedPart {
  const protocol = PROTOCOLS.find((one) => one !== parameters.protocol) ?? parameters.protocol;
  return {
    id: experiment.id as PartId,
    experiment,
    parameters: { ...parameters, protocol },
    addresses: Math.min(addresses, experiment.maxAddresses),
    pool: { protocol, usable, limits, range: null },
    plan: null,
    refusal: `no reserve can be kept in the ${protocol.toUpperCase()} pool of this host`,
  };
}
