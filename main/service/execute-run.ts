import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { Holdings } from '#engine/analysis/holdings.ts';
import { MARK, type Mark } from '#engine/event/mark.ts';
import { OP } from '#engine/event/op.ts';
import type { ExperimentContext, Outcome, Stage } from '#engine/experiment/experiment.ts';
import type { CommonParameters } from '#engine/experiment/parameters.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import type { SocketStack } from '#engine/stack/socket-stack.ts';
import type { Recorder } from '#data/recorder.ts';
import type { Recording } from './storage.ts';
import { openStack } from './open-stack.ts';
import type { PreparedRun } from './prepare.ts';
import { RunSink } from './run-sink.ts';

export interface RunHooks {
  /** Set `reason` to end the run; everything is released then. */
  readonly stop: { reason: 'cancelled' | null };
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
export interface Execution {
  readonly outcome: Outcome;
  readonly durationNs: number;
  readonly peakHeld: number;
  /** Sockets open after the release: 0, or something is very wrong. */
  readonly openAfter: number;
  /** The experiment threw; everything was released all the same. */
  readonly failure: unknown;
}

/** Batches the writer may be behind before a simulated producer waits for it. */
const MOST_BACKLOG = 16;

/** Runs the experiment on its stack, into the recorder; whatever happens, every socket is closed. */
export async function executeRun(
  prepared: PreparedRun,
  recording: Recording,
  hooks: RunHooks,
): Promise<Execution> {
  const { recorder, broken, initial } = recording;
  const holdings = new Holdings();
  const sink = new RunSink(recorder.sink, holdings);
  let peakHeld = 0;
  let outcome: Outcome = { arms: [], measures: {} };
  let failure: unknown = null;
  const stack = openStack(prepared, sink);
  recorder.useAddresses(stack.addresses);
  const stage = stageOf(stack, recorder, holdings, hooks, (peak) => {
    peakHeld = Math.max(peakHeld, peak);
  });
  hooks.started?.({ document: initial, holdings });
  try {
    const context = contextOf(prepared, stack, holdings, stage, recording, hooks);
    outcome = await prepared.experiment.run(context);
  } catch (error) {
    failure = error;
  }
  peakHeld = Math.max(peakHeld, holdings.peakHeld);
  stack.closeAll();
  const openAfter = stack.open;
  const durationNs = stack.now();
  stack.dispose();
  return { outcome, durationNs, peakHeld, openAfter, failure: failure ?? broken.reason };
}

function contextOf(
  prepared: PreparedRun,
  stack: SocketStack,
  holdings: Holdings,
  stage: Stage,
  { recorder, broken }: Recording,
  hooks: RunHooks,
): ExperimentContext<CommonParameters> {
  const { parameters, limits, usable, exhaustion, request } = prepared;
  return {
    stack,
    parameters,
    addresses: prepared.addresses.length,
    addressIds: prepared.addresses.map((address) => stack.intern(address)),
    protocol: parameters.protocol,
    family: parameters.family,
    holdings,
    limits,
    usable,
    exhaustion,
    holdSeconds: request.holdSeconds,
    stage,
    stop: {
      get reason() {
        return broken.reason === null ? hooks.stop.reason : 'failed';
      },
    },
    breathe:
      stack.kind === 'winsock'
        ? breatheInRealTime
        : breatheInVirtualTime(stack, recorder, parameters.rate, hooks.stop),
  };
}

/** Real sockets: the pause is real, and the writer is never waited for. */
async function breatheInRealTime(pauseMs = 0): Promise<void> {
  if (pauseMs >= 1) await sleep(pauseMs);
  else await nextTurn();
}

/** Simulated: what is recorded is durable, so the producer waits for the writer, and for the wanted pace. */
function breatheInVirtualTime(
  stack: SocketStack,
  recorder: Recorder,
  rate: number,
  stop: RunHooks['stop'],
): (pauseMs?: number) => Promise<void> {
  const began = performance.now();
  return async () => {
    if (recorder.backlog > MOST_BACKLOG) await recorder.drain();
    await nextTurn();
    // In short steps, so that a stop is not slept through; what is left to release then isn't paced.
    const ahead = (): number => (rate === 0 ? 0 : stack.now() / 1e6 - (performance.now() - began));
    while (stop.reason === null && ahead() > 1) await sleep(Math.min(ahead(), 50));
  };
}

/** Arms in the recording, and how far the run is. */
function stageOf(
  stack: SocketStack,
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
    progress: hooks.progress,
  };
}
