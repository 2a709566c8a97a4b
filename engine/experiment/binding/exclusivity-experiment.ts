import { z } from 'zod';
import type {
  ExclusivityArm,
  ExclusivityEvidence,
  NamedNumber,
} from '../../claim/rules/exclusivity-evidence.ts';
import { NAMED_ON } from '../../claim/rules/exclusivity-evidence.ts';
import { wildcardAddress } from '../../model/address.ts';
import { BIND_MODES, type BindMode } from '../../model/bind-mode.ts';
import { DEFAULT_DYNAMIC_RANGE } from '../../model/port-range.ts';
import type { Strategy } from '../../model/strategy.ts';
import { count } from '../../model/words.ts';
import type { Arm } from '../../run/run-document.ts';
import type { AddressId } from '../../stack/socket-stack.ts';
import { armReport } from '../arm-report.ts';
import {
  PLANNED_SOCKETS_PER_SECOND,
  STRATEGY_OPTIONS,
  type Experiment,
  type ExperimentContext,
  type Outcome,
  type Plan,
  type Situation,
} from '../experiment.ts';
import { tryListen, tryNamedPort } from './explicit-attempts.ts';
import { commonParameters } from '../parameters.ts';
import { safeRoom } from '../safety.ts';
import { holdPorts, sweepFor, type HeldPort } from '../sharing/sharing-probe.ts';

const exclusivityParameters = commonParameters.extend({
  hold: z.int().min(8).max(64).default(24).describe('Ports held on the first address in each arm'),
});

export type ExclusivityParameters = z.infer<typeof exclusivityParameters>;
type Context = ExperimentContext<ExclusivityParameters>;

/** Control, treatment, control. */
const ARMS = ['legacy', 'port-scalability', 'legacy'] as const satisfies readonly Strategy[];
/** Sockets a held number takes: the holder, each way to name it, and the check that it is free. */
const ATTEMPTS = NAMED_ON.length * BIND_MODES.length + 1;

/**
 * What a server that binds a fixed port meets where that number is held through the option: on the
 * same address, on another, on the wildcard address. The same attempts on numbers held without the
 * option are the control.
 */
export const exclusivityExperiment: Experiment<ExclusivityParameters, 'exclusivity'> = {
  id: 'exclusivity',
  title: 'Exclusivity of held numbers',
  summary:
    'Whether an application that names a port gets one held through SO_PORT_SCALABILITY: on the same address, on another, on the wildcard address. The same attempts on ports held without it are the control. ' +
    'Safe: holds some 25 ports.',
  costs:
    'Some 25 ports at once, some 800 binds of named ports, and three rounds of the range: about 5 s.',
  risks:
    'Numbers of the dynamic range are bound by name for an instant, each after a socket of the lab’s own has held it; one is listened on for an instant, on the second address.',
  safe: true,
  parameters: exclusivityParameters,
  claims: [],
  minAddresses: 2,
  maxAddresses: 2,
  plan,
  run,
};

function holdCount(
  { hold }: ExclusivityParameters,
  { limits }: Pick<Situation<ExclusivityParameters>, 'limits'>,
): number {
  return Math.min(hold, safeRoom(limits) - 1);
}

function plan(situation: Situation<ExclusivityParameters>): Plan {
  const { parameters, usable, limits } = situation;
  const hold = holdCount(parameters, situation);
  const atOnce = Math.max(0, hold + 1);
  const round = (usable ?? DEFAULT_DYNAMIC_RANGE.count) + hold;
  const wouldHold = ARMS.length * (hold * (1 + ATTEMPTS) + round);
  return {
    wouldHold,
    atOnce,
    unionLost: atOnce,
    legacyLeft: limits.freeOnAll === null ? null : limits.freeOnAll - atOnce,
    seconds: Math.ceil(wouldHold / PLANNED_SOCKETS_PER_SECOND),
    refusal:
      hold < 8
        ? `the limits leave room for ${count(atOnce, 'port')}, exclusivity needs at least 9`
        : null,
  };
}

async function run(context: Context): Promise<Outcome<'exclusivity'>> {
  const arms: Arm[] = [];
  const own: ExclusivityArm[] = [];
  for (const strategy of ARMS) {
    if (context.stop.reason !== null) break;
    const { arm, seen } = await attemptArm(context, strategy, arms.length);
    arms.push(arm);
    own.push(seen);
  }
  return { arms, own: { arms: own }, measures: measuresOf({ arms: own }) };
}

async function attemptArm(
  context: Context,
  strategy: Strategy,
  before: number,
): Promise<{ readonly arm: Arm; readonly seen: ExclusivityArm }> {
  const { stack, stage, parameters, stop } = context;
  const [a, b] = context.addressIds as [AddressId, AddressId];
  const options = STRATEGY_OPTIONS[strategy];
  const index = stage.beginArm(strategy);
  const wanted = holdCount(parameters, context);
  const held = await holdPorts(context, options, a, wanted);
  stage.peak();
  stage.phase();
  stage.progress((before + 0.2) / ARMS.length, `${strategy}: ${count(held.length, 'port')} held`);
  const sharing = await sweepFor(context, options, b, held);
  // Never on the wildcard address, where others could connect. UDP sockets don't listen.
  const first = context.protocol === 'tcp' ? held[0] : undefined;
  const listen = first === undefined ? null : tryListen(context, b, first.port);
  const ended = stop.reason === null ? 'done' : 'cancelled';
  const arm = armReport(context, { index, strategy, ended, firstError: null });
  const numbers: NamedNumber[] = [];
  for (const one of held) {
    if (stop.reason !== null) {
      stack.close(one.socket);
      continue;
    }
    numbers.push(nameHeld(context, one, [a, b]));
    await context.breathe();
    stage.progress(
      (before + 0.2 + (0.8 * numbers.length) / held.length) / ARMS.length,
      `${strategy}: ${count(numbers.length, 'number')} tried`,
    );
  }
  stage.endArm();
  return { arm, seen: { strategy, numbers, sharing, listen } };
}

/** Names a held number in every way, lets it go, and looks whether anybody else has it. */
function nameHeld(
  context: Context,
  { socket, port }: HeldPort,
  [a, b]: readonly [AddressId, AddressId],
): NamedNumber {
  const { stack, family } = context;
  const wildcard = stack.intern(wildcardAddress(family));
  const named = (address: AddressId): Record<BindMode, number> => ({
    default: tryNamedPort(context, 'default', address, port),
    reuse: tryNamedPort(context, 'reuse', address, port),
    exclusive: tryNamedPort(context, 'exclusive', address, port),
  });
  const codes = { same: named(a), other: named(b), wildcard: named(wildcard) };
  const still = stack.getsockname(socket) === port;
  stack.close(socket);
  return { codes, still, free: tryNamedPort(context, 'exclusive', wildcard, port) };
}

/** Per arm: how many attempts of each kind were let in, of how many numbers. */
function measuresOf({ arms }: ExclusivityEvidence): Record<string, number> {
  const measures: Record<string, number> = {};
  for (const [at, { strategy, numbers, sharing, listen }] of arms.entries()) {
    const arm = at === 2 ? 'legacy-after' : strategy;
    measures[`${arm}.numbers`] = numbers.length;
    measures[`${arm}.clean`] = numbers.filter(({ still, free }) => still && free === 0).length;
    measures[`${arm}.shared`] = sharing.met;
    if (listen !== null) measures[`${arm}.listen`] = listen;
    for (const on of NAMED_ON) {
      for (const mode of BIND_MODES) {
        measures[`${arm}.${on}.${mode}.allowed`] = numbers.filter(
          ({ codes }) => codes[on][mode] === 0,
        ).length;
      }
    }
  }
  return measures;
}
