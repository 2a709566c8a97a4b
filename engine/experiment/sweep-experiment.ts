import { z } from 'zod';
import type { SweepEvidence } from '../claim/evidence.ts';
import { DEFAULT_DYNAMIC_RANGE } from '../model/port-range.ts';
import type { Strategy } from '../model/strategy.ts';
import { count, thousands } from '../model/words.ts';
import type { Arm } from '../run/run-document.ts';
import type { AddressId, SocketId } from '../stack/socket-stack.ts';
import { armReport } from './arm-report.ts';
import {
  STRATEGY_OPTIONS,
  type Experiment,
  type ExperimentContext,
  type Outcome,
  type Plan,
  type Situation,
} from './experiment.ts';
import { commonParameters } from './parameters.ts';
import { SLICE_NS, roomLeft, type SafetyLimits } from './safety.ts';
import { firstError, openBound } from './sockets.ts';

const sweepParameters = commonParameters.extend({
  hold: z.int().min(1).max(2_000).default(200).describe('Ports held on the first address'),
  hits: z
    .int()
    .min(1)
    .max(1_000)
    .default(8)
    .describe('Repeated numbers after which an arm has seen enough'),
  laps: z
    .int()
    .min(1)
    .max(20)
    .default(3)
    .describe('Binds on the second address at most, in ranges: 3 is three times the range'),
  coverage: z
    .number()
    .min(0.5)
    .max(1)
    .default(0.9)
    .describe('Share of the range the sweep must meet before "no repeat" says anything'),
  pace: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(10_000)
    .describe('Sweeping binds per second at most, on real sockets'),
});

export type SweepParameters = z.infer<typeof sweepParameters>;

/** Control, treatment, control: what other programs do to the pool meanwhile hits all three. */
const ARMS = ['legacy', 'port-scalability', 'legacy'] as const satisfies readonly Strategy[];

/**
 * The safe proof. Holds some 200 ports on address A, then binds and closes sockets on B one by one,
 * counting how often B gets a number A holds. Never more than the held ports and one are taken.
 */
export const sweepExperiment: Experiment<SweepParameters, 'sweep'> = {
  id: 'sweep',
  title: 'Hold and sweep',
  summary:
    'Whether numbers held on one address are given again on another, without and with SO_PORT_SCALABILITY. ' +
    'Safe: holds some 200 ports, ever.',
  costs: 'Some 200 ports at once, and some 150,000 binds one after the other: about 15 s.',
  risks: 'None worth naming: it never goes below the reserve.',
  safe: true,
  parameters: sweepParameters,
  claims: ['PS-1', 'PS-2'],
  minAddresses: 2,
  maxAddresses: 2,
  plan,
  run,
};

function plan({ parameters, usable, limits }: Situation<SweepParameters>): Plan {
  const hold = holdCount(parameters, limits);
  const atOnce = hold + 1;
  const sweeps = maxSweeps(parameters, usable);
  return {
    wouldHold: ARMS.length * (hold + sweeps),
    atOnce,
    unionLost: atOnce,
    legacyLeft: limits.freeOnAll === null ? null : limits.freeOnAll - atOnce,
    seconds: Math.ceil((ARMS.length * (hold + sweeps)) / parameters.pace),
    refusal:
      hold < 1
        ? `the limits leave room for ${count(Math.max(0, atOnce), 'port')}, the sweep needs at least 2`
        : null,
  };
}

/** Ports to hold: what is asked, less where the reserve or the socket limit leaves less. */
function holdCount(parameters: SweepParameters, limits: SafetyLimits): number {
  // The sweep never needs to go below the reserve, so it doesn't, whatever was allowed.
  const room = roomLeft({ ...limits, exhaustive: false }, 0, 0, 0);
  return 'limit' in room ? 0 : Math.min(parameters.hold, room.sockets - 1);
}

function maxSweeps(parameters: SweepParameters, usable: number | null): number {
  return parameters.laps * (usable ?? DEFAULT_DYNAMIC_RANGE.count);
}

async function run(context: ExperimentContext<SweepParameters>): Promise<Outcome<'sweep'>> {
  const arms: (Arm & { sweep: SweepEvidence })[] = [];
  for (const strategy of ARMS) {
    if (context.stop.reason !== null) break;
    arms.push(await sweepArm(context, strategy, arms.length));
  }
  const controls = arms.filter((arm) => arm.strategy === 'legacy');
  const treatment = arms.filter((arm) => arm.strategy === 'port-scalability');
  return {
    arms,
    own: null,
    measures: {
      held: Math.max(0, ...arms.map((arm) => arm.sweep.held)),
      'legacy.hits': total(controls, (arm) => arm.overlap),
      'legacy.swept': total(controls, (arm) => arm.sweep.swept),
      'legacy.coverage': Math.min(1, ...controls.map((arm) => arm.sweep.coverage)),
      'port-scalability.hits': total(treatment, (arm) => arm.overlap),
      'port-scalability.swept': total(treatment, (arm) => arm.sweep.swept),
      'port-scalability.coverage': Math.min(1, ...treatment.map((arm) => arm.sweep.coverage)),
    },
  };
}

function total<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0);
}

interface Held {
  readonly socket: SocketId;
  readonly port: number;
}

/** Hold on A, sweep on B, check A again, release. */
async function sweepArm(
  context: ExperimentContext<SweepParameters>,
  strategy: Strategy,
  before: number,
): Promise<Arm & { sweep: SweepEvidence }> {
  const { stack, stage, parameters, limits } = context;
  const [a, b] = context.addressIds as [AddressId, AddressId];
  const index = stage.beginArm(strategy);
  const wanted = holdCount(parameters, limits);
  const held: Held[] = [];
  let error: Arm['firstError'] = null;

  while (held.length < wanted && error === null && context.stop.reason === null) {
    const sliceEnds = stack.now() + SLICE_NS;
    while (held.length < wanted && stack.now() < sliceEnds) {
      const got = openBound(stack, context.protocol, context.family, STRATEGY_OPTIONS[strategy], a);
      if (got.ok) held.push(got);
      else {
        error = firstError(got.op, got.code);
        break;
      }
    }
    await context.breathe();
  }

  stage.peak();
  stage.phase();
  const sweep = new SweepProgress(held, limits.freeOnAll);
  const most = maxSweeps(parameters, context.usable);
  // A host that counts upwards comes to the held numbers last: a sweep goes once round before it stops.
  const lap = (context.usable ?? DEFAULT_DYNAMIC_RANGE.count) + held.length;
  let ended: Arm['ended'] | null = error === null ? null : 'error';
  while (ended === null) {
    if (context.stop.reason !== null) ended = 'cancelled';
    else if (context.holdings.overlap >= parameters.hits) ended = 'done';
    else if (sweep.swept >= most || sweep.covered(parameters.coverage, lap)) ended = 'done';
    else if (stack.now() >= limits.maxSeconds * 1e9) ended = 'max-seconds';
    else {
      const began = stack.now();
      const failed = sweepSlice(context, strategy, b, sweep, most);
      if (failed !== null) {
        error = firstError(failed.op, failed.code);
        ended = 'error';
      }
      stage.progress(
        (before + Math.min(1, sweep.swept / most)) / ARMS.length,
        `${strategy}: ${thousands(sweep.swept)} swept, ${count(context.holdings.overlap, 'repeat')}`,
      );
      await context.breathe((SLICE_NS - (stack.now() - began)) / 1e6);
    }
  }

  const lost = held.filter(({ socket, port }) => stack.getsockname(socket) !== port).length;
  const report = armReport(context, { index, strategy, ended, firstError: error });
  for (const { socket } of held) stack.close(socket);
  stage.endArm();
  return {
    ...report,
    sweep: {
      held: held.length,
      swept: sweep.swept,
      coverage: sweep.coverage,
      enough: parameters.coverage,
      lost,
      bySpan: limits.freeOnAll === null,
    },
  };
}

/** Binds and closes on B, one by one, for at most a slice and no faster than the pace. */
function sweepSlice(
  { stack, parameters, holdings, protocol, family }: ExperimentContext<SweepParameters>,
  strategy: Strategy,
  address: AddressId,
  sweep: SweepProgress,
  most: number,
): { op: Parameters<typeof firstError>[0]; code: number } | null {
  const sliceEnds = stack.now() + SLICE_NS;
  const paced = Math.max(1, Math.floor((parameters.pace * SLICE_NS) / 1e9));
  for (let n = 0; n < paced && stack.now() < sliceEnds; n++) {
    if (sweep.swept >= most || holdings.overlap >= parameters.hits) break;
    const got = openBound(stack, protocol, family, STRATEGY_OPTIONS[strategy], address);
    if (!got.ok) return got;
    sweep.saw(got.port);
    stack.close(got.socket);
  }
  return null;
}

/** Which numbers the sweep met, and how much of the range that is. */
class SweepProgress {
  swept = 0;
  #distinct = 0;
  #lowest = 65_535;
  #highest = 0;
  readonly #heldOnA: ReadonlySet<number>;
  readonly #freeOnAll: number | null;
  readonly #seen = new Uint8Array(65_536);

  constructor(held: readonly Held[], freeOnAll: number | null) {
    this.#heldOnA = new Set(held.map(({ port }) => port));
    this.#freeOnAll = freeOnAll;
    for (const { port } of held) this.#widen(port);
  }

  saw(port: number): void {
    this.swept++;
    this.#widen(port);
    if (this.#seen[port] === 1 || this.#heldOnA.has(port)) return;
    this.#seen[port] = 1;
    this.#distinct++;
  }

  /**
   * Numbers met, of those the sweep could meet without a repeat: what is free on all addresses, or,
   * where the range is unknown, the span of the numbers seen.
   */
  get coverage(): number {
    const all = this.#freeOnAll ?? Math.max(0, this.#highest - this.#lowest + 1);
    return Math.min(1, this.#distinct / Math.max(1, all - this.#heldOnA.size));
  }

  /** With an unknown range a short run of neighbours would cover its own span: then only the bind count ends a sweep. */
  covered(enough: number, lap: number): boolean {
    return this.#freeOnAll !== null && this.swept >= lap && this.coverage >= enough;
  }

  #widen(port: number): void {
    if (port < this.#lowest) this.#lowest = port;
    if (port > this.#highest) this.#highest = port;
  }
}
