import type {
  CrossProcessEvidence,
  ProcessHolder,
} from '../../claim/rules/cross-process-evidence.ts';
import type { Strategy } from '../../model/strategy.ts';
import type { AddressId } from '../../stack/socket-stack.ts';
import {
  STRATEGY_OPTIONS,
  type Experiment,
  type ExperimentContext,
  type Outcome,
} from '../experiment.ts';
import { killHolder } from './killed-ports.ts';
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
] as const satisfies readonly { strategy: Strategy; name: keyof CrossProcessEvidence }[];
const KINDS = 2;

/** The processes beside the lab: one that holds, and one that holds and sweeps. */
const HOLDING = 1;
const SWEEPING = 2;

/**
 * Two processes hold numbers on A side by side, and one of them sweeps B: without the option, with it,
 * and without again. At last the other one is killed while it holds ports.
 */
export const crossProcessExperiment: Experiment<SideBySideParameters, 'cross-process'> = {
  id: 'cross-process',
  title: 'Two processes',
  summary:
    'Whether processes share numbers through SO_PORT_SCALABILITY as sockets of one process do, and how soon the ports of a killed process are free again.',
  costs:
    'Two further processes, some 100 ports at once, and some 100,000 binds one after the other: about 10 s.',
  risks: 'None worth naming: it never goes below the reserve. It kills a process of its own.',
  safe: true,
  parameters: sideBySideParameters,
  claims: ['PS-8'],
  minAddresses: 2,
  maxAddresses: 2,
  plan: (situation) => planSideBySide(situation, KINDS, 2 * ARMS.length),
  processes: () => 2,
  run,
};

async function run(
  context: ExperimentContext<SideBySideParameters>,
): Promise<Outcome<'cross-process'>> {
  const { parameters, limits, stop } = context;
  const [a, b] = context.addressIds as [AddressId, AddressId];
  const each = eachCount(parameters.each, KINDS, limits);
  const arms: Outcome['arms'][number][] = [];
  let own: CrossProcessEvidence = {
    before: null,
    withOption: null,
    after: null,
    died: false,
    killed: null,
  };
  for (const [at, { strategy, name }] of ARMS.entries()) {
    if (stop.reason !== null || own.died) break;
    const options = STRATEGY_OPTIONS[strategy];
    const { arm, met, died } = await sideBySide<ProcessHolder, 'only'>(context, {
      strategy,
      label: 'two processes',
      each,
      holders: {
        another: { options, address: a, owner: HOLDING },
        same: { options, address: a, owner: SWEEPING },
      },
      sweeps: {
        only: {
          options,
          address: b,
          owner: SWEEPING,
          ...(strategy === 'port-scalability' && { control: 'same' as const }),
        },
      },
      progress: [at / (ARMS.length + 1), (at + 1) / (ARMS.length + 1)],
    });
    arms.push(arm);
    own = { ...own, [name]: met.only ?? null, died: own.died || died !== null };
  }
  if (stop.reason === null && !own.died) {
    const options = STRATEGY_OPTIONS['port-scalability'];
    const { arm, killed, died } = await killHolder(
      context,
      { options, address: a, owner: HOLDING },
      each,
    );
    arms.push(arm);
    own = { ...own, killed, died };
  }
  return { arms, own, measures: measuresOf(own) };
}

function measuresOf({ withOption, killed }: CrossProcessEvidence): Record<string, number> {
  return {
    held: withOption?.by.another.held ?? 0,
    'another.met': withOption?.by.another.met ?? 0,
    'same.met': withOption?.by.same.met ?? 0,
    ...(killed !== null && { 'killed.held': killed.held, 'killed.freed': killed.freed }),
    ...(killed !== null && killed.freedMs !== null && { 'killed.freedMs': killed.freedMs }),
  };
}
