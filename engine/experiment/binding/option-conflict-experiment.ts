import type {
  OptionAlone,
  OptionConflictEvidence,
  OptionPair,
  TriedOption,
} from '../../claim/rules/option-conflict-evidence.ts';
import { TRIED_OPTIONS } from '../../claim/rules/option-conflict-evidence.ts';
import type { SharingSeen } from '../../claim/rules/sharing-seen.ts';
import { DEFAULT_DYNAMIC_RANGE } from '../../model/port-range.ts';
import type { SocketOption } from '../../model/socket-option.ts';
import type { Strategy } from '../../model/strategy.ts';
import type { Arm } from '../../run/run-document.ts';
import type { AddressId } from '../../stack/socket-stack.ts';
import { armReport } from '../arm-report.ts';
import {
  PLANNED_SOCKETS_PER_SECOND,
  type Experiment,
  type ExperimentContext,
  type Outcome,
  type Plan,
  type Situation,
} from '../experiment.ts';
import { tryAlone, tryLate, tryPair, tryZero } from './option-attempts.ts';
import { commonParameters, type CommonParameters } from '../parameters.ts';
import { safeRoom } from '../safety.ts';
import { holdPorts, sweepFor } from '../sharing/sharing-probe.ts';

type Context = ExperimentContext<CommonParameters>;

/** Each is tried in both orders. */
const PAIRS: readonly (readonly [TriedOption, TriedOption])[] = [
  ['SO_PORT_SCALABILITY', 'SO_REUSE_UNICASTPORT'],
  ['SO_PORT_SCALABILITY', 'SO_RANDOMIZE_PORT'],
  ['SO_PORT_SCALABILITY', 'SO_REUSEADDR'],
  ['SO_PORT_SCALABILITY', 'SO_EXCLUSIVEADDRUSE'],
  ['SO_REUSE_UNICASTPORT', 'SO_RANDOMIZE_PORT'],
  ['SO_REUSEADDR', 'SO_EXCLUSIVEADDRUSE'],
];
/** Ports held while it is looked at whether numbers are shared: a round of the range then meets one. */
const HOLD = 16;
/** Looks at most, until a number comes up again with both options. */
const TRIES = 3;

/**
 * Which options go together on one socket: each alone, pairs in both orders, each alone again. Where
 * SO_REUSE_UNICASTPORT can be set beside SO_PORT_SCALABILITY, it also looks at whether numbers are
 * still shared then.
 */
export const optionConflictExperiment: Experiment<CommonParameters, 'option-conflict'> = {
  id: 'option-conflict',
  title: 'Option conflicts',
  summary:
    'Which socket options go together with SO_PORT_SCALABILITY on one socket (SO_REUSE_UNICASTPORT, SO_RANDOMIZE_PORT, SO_REUSEADDR, SO_EXCLUSIVEADDRUSE), whether they can be read back, switched off and set late. ' +
    'Safe: sets options, and holds 16 ports at most.',
  costs:
    'About 25 sockets one after the other; where the host lets both port options be set, also three to seven rounds of the range: 5 to 12 s.',
  risks: 'None worth naming: it never goes below the reserve.',
  safe: true,
  parameters: commonParameters,
  claims: ['PS-9'],
  minAddresses: 2,
  maxAddresses: 2,
  plan,
  run,
};

function plan({ usable, limits }: Situation<CommonParameters>): Plan {
  const atOnce = Math.min(HOLD + 1, safeRoom(limits));
  const attempts = 2 * TRIED_OPTIONS.length + 2 * PAIRS.length + 2;
  const wouldHold = attempts + (1 + 2 * TRIES) * ((usable ?? DEFAULT_DYNAMIC_RANGE.count) + HOLD);
  return {
    wouldHold,
    atOnce,
    unionLost: atOnce,
    legacyLeft: limits.freeOnAll === null ? null : limits.freeOnAll - atOnce,
    seconds: Math.ceil(wouldHold / PLANNED_SOCKETS_PER_SECOND),
    refusal: atOnce < 1 ? 'the limits leave no room for a single port, this needs one' : null,
  };
}

async function run(context: Context): Promise<Outcome<'option-conflict'>> {
  const { stage, stop } = context;
  const arms: Arm[] = [];
  const before: OptionAlone[] = [];
  const after: OptionAlone[] = [];
  const pairs: OptionPair[] = [];
  let zero: OptionConflictEvidence['zero'] = null;
  let late: number | null = null;
  let sharing: OptionConflictEvidence['sharing'] = null;

  const arm = async (strategy: Strategy, tryAll: () => Promise<void> | void): Promise<void> => {
    if (stop.reason !== null) return;
    const index = stage.beginArm(strategy);
    await tryAll();
    stage.peak();
    const ended = stop.reason === null ? 'done' : 'cancelled';
    arms.push(armReport(context, { index, strategy, ended, firstError: null }));
    stage.endArm();
    stage.progress(arms.length / 3, `${strategy}: options tried`);
    await context.breathe();
  };

  await arm('legacy', () => keep(before, TRIED_OPTIONS, (one) => tryAlone(context, one)));
  await arm('port-scalability', async () => {
    const ordered = PAIRS.flatMap(([one, other]) => [[one, other] as const, [other, one] as const]);
    keep(pairs, ordered, ([first, second]) => tryPair(context, first, second));
    zero = tryZero(context);
    late = tryLate(context);
    if (context.protocol === 'tcp' && bothSeemSet(pairs)) sharing = await lookAtSharing(context);
  });
  await arm('legacy', () => keep(after, TRIED_OPTIONS, (one) => tryAlone(context, one)));

  const own: OptionConflictEvidence = { before, after, pairs, zero, late, sharing };
  return { arms, own, measures: measuresOf(own) };
}

function keep<T, R>(into: R[], items: readonly T[], attempt: (item: T) => R | null): void {
  for (const item of items) {
    const result = attempt(item);
    if (result !== null) into.push(result);
  }
}

/** SO_PORT_SCALABILITY and SO_REUSE_UNICASTPORT, in both orders: only then there is something to look at. */
function bothSeemSet(pairs: readonly OptionPair[]): boolean {
  const unicast = pairs.filter(
    ({ first, second }) =>
      [first, second].includes('SO_PORT_SCALABILITY') &&
      [first, second].includes('SO_REUSE_UNICASTPORT'),
  );
  return unicast.every(({ firstRead, secondRead }) => firstRead === 1 && secondRead === 1);
}

/**
 * Without options, then with the first alone and with both. A number that comes up again decides; that
 * none does with both is looked at several times, each with the first alone as its control.
 */
async function lookAtSharing(
  context: Context,
): Promise<NonNullable<OptionConflictEvidence['sharing']>> {
  const legacy = await share(context, []);
  const tries: { scalability: SharingSeen; both: SharingSeen }[] = [];
  while (tries.length < TRIES && context.stop.reason === null) {
    const scalability = await share(context, ['SO_PORT_SCALABILITY']);
    const both = await share(context, ['SO_PORT_SCALABILITY', 'SO_REUSE_UNICASTPORT']);
    tries.push({ scalability, both });
    if (scalability.met === 0 || both.met > 0) break;
  }
  return { legacy, tries };
}

async function share(context: Context, options: readonly SocketOption[]): Promise<SharingSeen> {
  const [a, b] = context.addressIds as [AddressId, AddressId];
  const room = Math.min(HOLD, safeRoom(context.limits) - 1);
  const held = await holdPorts(context, options, a, room);
  const seen = await sweepFor(context, options, b, held);
  for (const { socket } of held) context.stack.close(socket);
  return seen;
}

function measuresOf(own: OptionConflictEvidence): Record<string, number> {
  const { before, pairs, zero, late, sharing } = own;
  const measures: Record<string, number> = {};
  for (const { option, set, read } of before) {
    measures[`${option}.set`] = set;
    measures[`${option}.read`] = read;
  }
  for (const { first, second, secondSet } of pairs) measures[`${first}+${second}.set`] = secondSet;
  if (zero !== null) {
    measures['zero.set'] = zero.set;
    measures['zero.read'] = zero.read;
  }
  if (late !== null) measures['late.set'] = late;
  if (sharing !== null) {
    const { legacy, tries } = sharing;
    measures['sharing.legacy.met'] = legacy.met;
    measures['sharing.tries'] = tries.length;
    measures['sharing.scalability.met'] = tries.filter((one) => one.scalability.met > 0).length;
    measures['sharing.both.met'] = tries.filter((one) => one.both.met > 0).length;
  }
  return measures;
}
