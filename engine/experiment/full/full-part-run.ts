import type { PartEvidence, PartId } from '../../claim/rules/full-evidence.ts';
import type { SocketOwner } from '../../stack/socket-owner.ts';
import type { ExperimentContext, Outcome } from '../experiment.ts';
import type { PlannedPart } from './full-parts.ts';
import type { CommonParameters } from '../parameters.ts';
import type { PartStage } from './part-stage.ts';
import { MAX_SECONDS } from '../safety.ts';

type Context = ExperimentContext<CommonParameters>;

/**
 * Runs one experiment inside a full run. What it throws is its own end, not the run's: its sockets are
 * closed, and the next one goes on.
 * @param owners the lab's own process first, then those of this part
 * @param stage the run's, lent to the part
 */
export async function runPart(
  context: Context,
  part: PlannedPart,
  owners: readonly SocketOwner[],
  stage: PartStage,
): Promise<PartEvidence> {
  const { stack, stop, limits } = context;
  const about = {
    id: part.id,
    parameters: { ...part.parameters },
    addresses: context.addressIds
      .slice(0, part.addresses)
      .map((address) => stack.addresses[address] ?? ''),
    usable: part.pool.usable,
    arms: [],
    measures: {},
    own: null,
  };
  const why = refusalNow(part, stop.reason !== null, stack.now() >= limits.maxSeconds * 1e9);
  if (why !== null) {
    return { ...about, status: stop.reason === null ? 'refused' : 'cancelled', why };
  }
  const before = stack.open;
  let outcome: Outcome<PartId>;
  try {
    const ended = await part.experiment.run(contextOf(context, part, owners, stage));
    // No part is a full run itself.
    outcome = ended as Outcome<PartId>;
  } catch (error) {
    await clearAway(context, owners, before);
    await stage.endAll();
    return { ...about, status: 'failed', why: wordsOf(error) };
  }
  const { arms, measures, own } = outcome;
  if (stack.open > before) {
    stack.closeAll();
    return { ...about, arms, measures, status: 'failed', why: 'it left sockets open' };
  }
  return stop.reason === null
    ? { ...about, arms, measures, status: 'complete', why: null, own: { evidence: own } }
    : { ...about, arms, measures, status: 'cancelled', why: null };
}

function refusalNow({ refusal }: PlannedPart, stopped: boolean, late: boolean): string | null {
  if (stopped) return 'the run was ended before';
  return refusal ?? (late ? 'the time limit of the run had passed (--max-seconds)' : null);
}

/** The run's context, narrowed to the part: its addresses, pool, processes, and share of the time. */
function contextOf(
  context: Context,
  part: PlannedPart,
  owners: readonly SocketOwner[],
  stage: PartStage,
): Context {
  const { stack, limits, protocol } = context;
  const { pool, parameters, experiment } = part;
  // Limits speak of the stack's clock, which began with the run.
  const ends = stack.now() / 1e9 + (experiment.maxSeconds ?? MAX_SECONDS);
  return {
    ...context,
    parameters,
    addresses: part.addresses,
    addressIds: context.addressIds.slice(0, part.addresses),
    protocol: parameters.protocol,
    usable: pool.usable,
    range: pool.protocol === protocol ? context.range : pool.range,
    limits: { ...pool.limits, maxSeconds: Math.min(limits.maxSeconds, ends) },
    otherPool: null,
    owners,
    stage,
  };
}

/** Closes what a part that threw left behind, in this process and in its own. */
async function clearAway(
  { stack }: Context,
  owners: readonly SocketOwner[],
  before: number,
): Promise<void> {
  if (stack.open > before) stack.closeAll();
  for (const owner of owners.filter(({ process }) => process !== 0)) {
    // One that has died already holds nothing.
    await owner.kill().catch(() => {});
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
