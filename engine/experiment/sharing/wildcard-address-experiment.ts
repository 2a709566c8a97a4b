import type {
  NamedTries,
  WildcardAddressEvidence,
  WildcardHolder,
} from '../../claim/rules/wildcard-address-evidence.ts';
import { wildcardAddress } from '../../model/address.ts';
import type { AddressId } from '../../stack/socket-stack.ts';
import {
  STRATEGY_OPTIONS,
  type Experiment,
  type ExperimentContext,
  type Outcome,
} from '../experiment.ts';
import type { HolderKind } from './holder.ts';
import { nameHeld } from './named-tries.ts';
import { sideBySide } from './side-by-side.ts';
import {
  eachCount,
  planSideBySide,
  sideBySideParameters,
  type SideBySideParameters,
} from './sweeping-parameters.ts';

const ARMS = ['legacy', 'port-scalability'] as const;
const KINDS = 2;

/**
 * Sockets with and without the option hold numbers on A; the wildcard address is swept with the option
 * and without, B for comparison. In between held numbers are named, with and without the option.
 */
export const wildcardAddressExperiment: Experiment<SideBySideParameters, 'wildcard-address'> = {
  id: 'wildcard-address',
  title: 'Option on the wildcard address',
  summary:
    'Whether SO_PORT_SCALABILITY does anything on the wildcard address (0.0.0.0 or ::), or for a port the application names: compared with what it does on a specific address.',
  costs: 'Some 100 ports at once, and some 130,000 binds one after the other: about 13 s.',
  risks:
    'None worth naming: it never goes below the reserve. It names some ports it holds itself, and listens on none.',
  safe: true,
  parameters: sideBySideParameters,
  claims: ['PS-7'],
  minAddresses: 2,
  maxAddresses: 2,
  plan: (situation) => planSideBySide(situation, KINDS, 4 * ARMS.length),
  run,
};

async function run(
  context: ExperimentContext<SideBySideParameters>,
): Promise<Outcome<'wildcard-address'>> {
  const { parameters, limits, stop, stack } = context;
  const [a, b] = context.addressIds as [AddressId, AddressId];
  const wildcard = stack.intern(wildcardAddress(context.family));
  const holders: Record<WildcardHolder, HolderKind> = {
    plain: { options: [], address: a },
    option: { options: ['SO_PORT_SCALABILITY'], address: a },
  };
  const arms: Outcome['arms'][number][] = [];
  let own: WildcardAddressEvidence = {
    wildcardWith: null,
    wildcardWithout: null,
    specificWith: null,
    specificWithout: null,
    named: [],
  };
  for (const [at, strategy] of ARMS.entries()) {
    if (stop.reason !== null) break;
    const options = STRATEGY_OPTIONS[strategy];
    const without = strategy === 'legacy';
    let named: readonly NamedTries[] = own.named;
    const { arm, met } = await sideBySide<WildcardHolder, 'specific' | 'wildcard'>(context, {
      strategy,
      label: 'wildcard and specific address',
      each: eachCount(parameters.each, KINDS, limits),
      holders,
      sweeps: {
        specific: { options, address: b, ...(!without && { control: 'option' as const }) },
        wildcard: { options, address: wildcard },
      },
      whileHeld: (held) => {
        if (!without) named = nameHeld(context, held, { same: a, other: b, wildcard });
      },
      progress: [at / ARMS.length, (at + 1) / ARMS.length],
    });
    arms.push(arm);
    const specific = met.specific ?? null;
    const wide = met.wildcard ?? null;
    own = without
      ? { ...own, specificWithout: specific, wildcardWithout: wide }
      : { ...own, specificWith: specific, wildcardWith: wide, named };
  }
  return {
    arms,
    own,
    measures: {
      held: own.wildcardWith?.by.option.held ?? 0,
      'wildcard.met': own.wildcardWith?.by.option.met ?? 0,
      'specific.met': own.specificWith?.by.option.met ?? 0,
      'named.tries': own.named.reduce((sum, { tries }) => sum + tries, 0),
      'named.differs': own.named.reduce((sum, { differs }) => sum + differs, 0),
    },
  };
}
