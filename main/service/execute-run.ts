import { Holdings } from '#engine/analysis/holdings.ts';
import { MARK, type Mark } from '#engine/event/mark.ts';
import { OP } from '#engine/event/op.ts';
import { isWildcard } from '#engine/model/address.ts';
import type { ExperimentContext, Outcome, Stage } from '#engine/experiment/experiment.ts';
import type { CommonParameters } from '#engine/experiment/parameters.ts';
import { waitOn } from '#engine/experiment/wait.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import type { SocketOwner } from '#engine/stack/socket-owner.ts';
import type { Recorder } from '#data/recorder.ts';
import { execute, type Ended, type Stop, type Workbench } from './execute.ts';
import { startOwners } from './owners.ts';
import type { Recording } from './storage.ts';
import type { PreparedRun } from './prepare.ts';
import { RunSink } from './run-sink.ts';

export interface RunHooks {
  readonly stop: Stop;
  progress(share: number, words: string): void;
  /** Called once, when the run is in the library and before its first socket. */
  started?(run: RunningRun): void;
}

/** A run that goes on, for looking at. */
export interface RunningRun {
  /** The run's document before its first event. */
  readonly document: RunDocument;
  /** What it holds, as of now. */
  readonly holdings: Pick<Holdings, 'held' | 'union'>;
}

/** What came of the experiment, before it is judged. */
export interface Execution extends Omit<Ended<Outcome>, 'result'> {
  /** Null where the experiment threw. */
  readonly outcome: Outcome | null;
  readonly peakHeld: number;
  /** Numbers of the run's pool that its guard held meanwhile. */
  readonly guardPorts: number;
}

/** Runs the experiment on its stack, into the recorder; whatever happens, every socket is closed. */
export async function executeRun(
  prepared: PreparedRun,
  recording: Recording,
  hooks: RunHooks,
): Promise<Execution> {
  const { recorder, initial } = recording;
  // The table is the stack's, which is opened with the sink that feeds these.
  let table: readonly string[] = [];
  const holdings = new Holdings((address) => isWildcard(table[address] ?? ''));
  let peakHeld = 0;
  let guardPorts = 0;
  const sink = new RunSink(recorder.sink, holdings);
  const { result, ...ended } = await execute(
    { ...prepared, rate: prepared.parameters.rate },
    recording,
    hooks.stop,
    sink,
    async (bench) => {
      table = bench.stack.addresses;
      guardPorts = bench.safeguards.ports;
      hooks.started?.({ document: initial, holdings });
      const stage = stageOf(bench, recorder, holdings, hooks, (peak) => {
        peakHeld = Math.max(peakHeld, peak);
      });
      const owners = await startOwners(prepared, bench, sink);
      try {
        return await prepared.experiment.run(
          contextOf(prepared, bench, holdings, stage, owners.all),
        );
      } finally {
        await owners.end();
      }
    },
  );
  return { ...ended, outcome: result, peakHeld: Math.max(peakHeld, holdings.peakHeld), guardPorts };
}

function contextOf(
  prepared: PreparedRun,
  { stack, stop, breathe, safeguards }: Workbench,
  holdings: Holdings,
  stage: Stage,
  owners: readonly SocketOwner[],
): ExperimentContext<CommonParameters> {
  const { parameters, limits, exhaustion, request } = prepared;
  const { freeOnAll } = limits;
  return {
    stack,
    parameters,
    addresses: prepared.addresses.length,
    addressIds: prepared.addresses.map((address) => stack.intern(address)),
    protocol: parameters.protocol,
    family: parameters.family,
    owners,
    range: prepared.range,
    autoReuseRange: (prepared.profile ?? prepared.host).autoReuseRange,
    seed: prepared.seed,
    holdings,
    // Counted before the guard took its own.
    limits: { ...limits, freeOnAll: lessPorts(freeOnAll, safeguards.ports) },
    adapters: prepared.adapters,
    otherPool: prepared.otherPool,
    usable: lessPorts(prepared.usable, safeguards.ports),
    exhaustion,
    holdSeconds: request.holdSeconds,
    stage,
    stop,
    breathe,
    wait: (seconds) => waitOn(stack, seconds, stop, breathe),
  };
}

/** What is left of numbers when the guard has taken its own; null where they are unknown. */
export function lessPorts(numbers: number | null, ports: number): number | null {
  return numbers === null ? null : Math.max(0, numbers - ports);
}

/** Arms in the recording, and how far the run is. */
function stageOf(
  { stack, safeguards }: Workbench,
  recorder: Recorder,
  holdings: Holdings,
  hooks: RunHooks,
  peaked: (held: number) => void,
): Stage {
  let arms = 0;
  const mark = (value: Mark): void => {
    recorder.sink.emit(OP.mark, stack.now(), 0, 0, 0, 0, 0, value);
  };
  return {
    beginArm() {
      arms++;
      holdings.reset();
      recorder.sink.arm = arms;
      mark(MARK.armBegin);
      return arms;
    },
    peak() {
      mark(MARK.armPeak);
    },
    phase() {
      mark(MARK.phase);
    },
    endArm() {
      peaked(holdings.peakHeld);
      mark(MARK.armEnd);
      recorder.sink.arm = 0;
    },
    async window(open) {
      // The opening is acknowledged before the first port is taken, the closing told after the last is free.
      await safeguards.window(open);
      mark(open ? MARK.windowOpen : MARK.windowClose);
    },
    progress: hooks.progress,
  };
}
