import type { LateHolder, LateOptionEvidence } from '../../claim/rules/late-option-evidence.ts';
import type { AddressId } from '../../stack/socket-stack.ts';
import {
  STRATEGY_OPTIONS,
  type Experiment,
  type ExperimentContext,
  type Outcome,
} from '../experiment.ts';
import type { HolderKind } from './holder.ts';
import { sideBySide } from './side-by-side.ts';
import {
  eachCount,
  planSideBySide,
  sideBySideParameters,
  type SideBySideParameters,
} from './sweeping-parameters.ts';

const ARMS = ['legacy', 'port-scalability'] as const;
const KINDS = 3;

/**
 * Sockets that set the option before bind, after it, and never hold numbers side by side on A; sweeps of
 * B without and with the option show whose numbers come up again.
 */
export const lateOptionExperiment: Experiment<SideBySideParameters, 'late-option'> = {
  id: 'late-option',
  title: 'Option set late',
  summary:
    'Whether SO_PORT_SCALABILITY still does something when it is set after bind: numbers of sockets that set it before, after and never are held side by side, and looked for on another address.',
  costs: 'Some 150 ports at once, and some 65,000 binds one after the other: about 7 s.',
  risks: 'None worth naming: it never goes below the reserve.',
  safe: true,
  parameters: sideBySideParameters,
  claims: ['PS-6'],
  minAddresses: 2,
  maxAddresses: 2,
  plan: (situation) => planSideBySide(situation, KINDS, 2 * ARMS.length),
  run,
};

async function run(
  context: ExperimentContext<SideBySideParameters>,
): Promise<Outcome<'late-option'>> {
  const { parameters, limits, stop } = context;
  const [a, b] = context.addressIds as [AddressId, AddressId];
  const holders: Record<LateHolder, HolderKind> = {
    never: { options: [], address: a },
    before: { options: ['SO_PORT_SCALABILITY'], address: a },
    late: { options: [], address: a, late: 'SO_PORT_SCALABILITY' },
  };
  const arms: Outcome['arms'][number][] = [];
  let own: LateOptionEvidence = { lateCode: null, withOption: null, without: null };
  for (const [at, strategy] of ARMS.entries()) {
    if (stop.reason !== null) break;
    const { arm, met, lateCode } = await sideBySide<LateHolder, 'only'>(context, {
      strategy,
      label: 'set before bind, after, never',
      each: eachCount(parameters.each, KINDS, limits),
      holders,
      sweeps: {
        only: {
          options: STRATEGY_OPTIONS[strategy],
          address: b,
          ...(strategy === 'port-scalability' && { control: 'before' as const }),
        },
      },
      progress: [at / ARMS.length, (at + 1) / ARMS.length],
    });
    arms.push(arm);
    const found = { [strategy === 'legacy' ? 'without' : 'withOption']: met.only ?? null };
    own = { ...own, ...found, lateCode: worst(own.lateCode, lateCode) };
  }
  const met = own.withOption?.by;
  return {
    arms,
    own,
    measures: {
      held: met?.late.held ?? 0,
      'late.code': own.lateCode ?? 0,
      ...(met !== undefined && {
        'late.met': met.late.met,
        'before.met': met.before.met,
        'never.met': met.never.met,
      }),
    },
  };
}

function worst(one: number | null, other: number | null): number | null {
  return one === null ? other : Math.max(one, other ?? 0);
}
