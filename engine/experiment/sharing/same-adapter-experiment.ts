import type {
  AdapterSweeps,
  SameAdapterEvidence,
} from '../../claim/rules/same-adapter-evidence.ts';
import type { Strategy } from '../../model/strategy.ts';
import type { AddressId } from '../../stack/socket-stack.ts';
import {
  STRATEGY_OPTIONS,
  type Experiment,
  type ExperimentContext,
  type Outcome,
  type Plan,
  type Situation,
} from '../experiment.ts';
import { sideBySide } from './side-by-side.ts';
import {
  eachCount,
  planSideBySide,
  sideBySideParameters,
  type SideBySideParameters,
} from './sweeping-parameters.ts';

const ARMS = [
  { strategy: 'legacy', name: 'before' },
  { strategy: 'port-scalability', name: 'withOption' },
  { strategy: 'legacy', name: 'after' },
] as const satisfies readonly { strategy: Strategy; name: keyof SameAdapterEvidence }[];

/**
 * Holds numbers on an address, and sweeps another one of the same adapter and one of another adapter: the
 * signature of the fault KB2826167 is that only the latter is given them.
 */
export const sameAdapterExperiment: Experiment<SideBySideParameters, 'same-adapter'> = {
  id: 'same-adapter',
  title: 'One adapter or two',
  summary:
    'Whether SO_PORT_SCALABILITY shares numbers between addresses of one adapter as it does between adapters: hosts without hotfix KB2826167 (Windows 7 and Server 2008 R2) do not.',
  costs: 'Some 50 ports at once, and some 130,000 binds one after the other: about 13 s.',
  risks: 'None worth naming: it never goes below the reserve.',
  safe: true,
  parameters: sideBySideParameters,
  claims: ['PS-2'],
  minAddresses: 2,
  maxAddresses: Number.POSITIVE_INFINITY,
  plan,
  run,
};

function plan(situation: Situation<SideBySideParameters>): Plan {
  const planned = planSideBySide(situation, 1, 4 * ARMS.length);
  if (planned.refusal !== null || chooseAddresses(situation) !== null) return planned;
  return {
    ...planned,
    refusal:
      'no two of the addresses are known to be of one adapter, and that is what this experiment compares',
    hint: 'name two addresses of one adapter, and a third of another as the control: --addresses a,b,c',
  };
}

/** Places of the addresses that are compared, in the run's order; null where no two share an adapter. */
export function chooseAddresses({
  adapters = [],
}: Pick<Situation<SideBySideParameters>, 'adapters'>): {
  readonly hold: number;
  readonly same: number;
  /** Null where all others are of the same adapter, or of none that is known. */
  readonly other: number | null;
} | null {
  for (const [hold, adapter] of adapters.entries()) {
    if (adapter === undefined) continue;
    const same = adapters.indexOf(adapter, hold + 1);
    if (same < 0) continue;
    const other = adapters.findIndex((one) => one !== undefined && one !== adapter);
    return { hold, same, other: other < 0 ? null : other };
  }
  return null;
}

async function run(
  context: ExperimentContext<SideBySideParameters>,
): Promise<Outcome<'same-adapter'>> {
  const { parameters, limits, stop, addressIds } = context;
  const chosen = chooseAddresses(context);
  const nothing: AdapterSweeps = { same: null, other: null };
  const arms: Outcome['arms'][number][] = [];
  let own: SameAdapterEvidence = { before: nothing, withOption: nothing, after: nothing };
  for (const [at, { strategy, name }] of ARMS.entries()) {
    if (chosen === null || stop.reason !== null) break;
    const options = STRATEGY_OPTIONS[strategy];
    const address = (place: number): AddressId => addressIds[place]!;
    const { arm, met } = await sideBySide<'only', 'same' | 'other'>(context, {
      strategy,
      label: 'one adapter and two',
      each: eachCount(parameters.each, 1, limits),
      holders: { only: { options, address: address(chosen.hold) } },
      sweeps: {
        ...(chosen.other !== null && {
          other: {
            options,
            address: address(chosen.other),
            // How many it is given is the control of the other sweep.
            ...(strategy === 'port-scalability' && { control: 'only' as const, thorough: true }),
          },
        }),
        same: { options, address: address(chosen.same) },
      } as Record<'same' | 'other', { options: typeof options; address: AddressId }>,
      progress: [at / ARMS.length, (at + 1) / ARMS.length],
    });
    arms.push(arm);
    own = { ...own, [name]: { same: met.same ?? null, other: met.other ?? null } };
  }
  const { same, other } = own.withOption;
  return {
    arms,
    own,
    measures: {
      held: same?.by.only.held ?? 0,
      'same-adapter.met': same?.by.only.met ?? 0,
      ...(other !== null && { 'other-adapter.met': other.by.only.met }),
    },
  };
}
