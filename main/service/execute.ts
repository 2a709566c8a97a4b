import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { EventSink } from '#engine/event/event-sink.ts';
import type { StopRequest } from '#engine/experiment/experiment.ts';
import type { SocketStack } from '#engine/stack/socket-stack.ts';
import type { Recorder } from '#data/recorder.ts';
import type { Finding } from '#engine/run/run-document.ts';
import { openStack, type StackWanted } from './open-stack.ts';
import { startSafeguards, type Safeguards, type SafetyWanted } from './safeguards.ts';
import { listenForStop } from './stop-requests.ts';
import type { Recording } from './storage.ts';

/** Set `reason` to end what goes on; everything is released then. */
export interface Stop {
  reason: 'cancelled' | 'stopped-for-safety' | null;
}

/** What an experiment or a script is given to work with. */
export interface Workbench {
  readonly stack: SocketStack;
  /** Also set where recording broke off. */
  readonly stop: StopRequest;
  /** Lets the rest of the service have its turn. @param pauseMs real sockets only: at least so long */
  breathe(pauseMs?: number): Promise<void>;
  readonly safeguards: Safeguards;
}

/** How work on a stack ended. */
export interface Ended<T> {
  /** Null where the work threw. */
  readonly result: T | null;
  readonly durationNs: number;
  /** Sockets open after the release: 0, or something is very wrong. */
  readonly openAfter: number;
  /** What the safeguards saw that the run must say. */
  readonly findings: readonly Finding[];
  /** What the work threw, or why recording broke off; everything was released all the same. */
  readonly failure: unknown;
}

/** Batches the writer may be behind before a simulated producer waits for it. */
const MOST_BACKLOG = 16;

/**
 * Opens the stack that was decided for, lets it be worked with, and closes every socket whatever happens.
 * @param sink what the stack reports to: the recording's own, or one that hands on to it
 */
export async function execute<T>(
  wanted: StackWanted & SafetyWanted,
  { recorder, broken, initial }: Recording,
  stop: Stop,
  sink: EventSink,
  work: (bench: Workbench) => Promise<T>,
): Promise<Ended<T>> {
  const stack = openStack(wanted, sink);
  recorder.useAddresses(stack.addresses);
  // First of all: a guard takes a moment to start, and a run may be stopped meanwhile.
  const listener = listenForStop(initial.run.id, () => stack.open, stop);
  let safeguards: Safeguards;
  try {
    safeguards = await startSafeguards(wanted, stack, sink, stop);
  } catch (error) {
    stack.dispose();
    listener.close();
    throw error;
  }
  const breathe = breatherOf(stack, recorder, wanted.rate, stop);
  let result: T | null = null;
  let failure: unknown = null;
  try {
    result = await work({
      stack,
      stop: {
        get reason() {
          return broken.reason === null ? stop.reason : 'failed';
        },
      },
      breathe: async (pauseMs) => {
        safeguards.look();
        await breathe(pauseMs);
      },
      safeguards,
    });
  } catch (error) {
    failure = error;
  }
  stack.closeAll();
  const openAfter = stack.open;
  const durationNs = stack.now();
  stack.dispose();
  await safeguards.close();
  listener.close();
  const { findings } = safeguards;
  return { result, durationNs, openAfter, findings, failure: failure ?? broken.reason };
}

function breatherOf(
  stack: SocketStack,
  recorder: Recorder,
  rate: number,
  stop: Stop,
): (pauseMs?: number) => Promise<void> {
  return stack.kind === 'winsock'
    ? breatheInRealTime
    : breatheInVirtualTime(stack, recorder, rate, stop);
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
  stop: Stop,
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
