import type { SimulatedStack } from '../stack/simulated-stack.ts';
import type { SocketStack } from '../stack/socket-stack.ts';
import type { StopRequest } from './experiment.ts';

/** Longest step of a wait on real sockets, ms: a stop is not slept through. */
const REAL_STEP_MS = 50;
/** Longest step of the model's clock, ns, so that a service stays answerable while others churn. */
const MODEL_STEP_NS = 1e9;

/**
 * Lets time pass on a stack: real time on real sockets, the model's clock else.
 * @param seconds how long; ends early once a stop is asked for
 */
export async function waitOn(
  stack: SocketStack,
  seconds: number,
  stop: StopRequest,
  breathe: (pauseMs?: number) => Promise<void>,
): Promise<void> {
  const until = stack.now() + Math.round(seconds * 1e9);
  const simulated = stack.kind === 'simulated' ? (stack as SimulatedStack) : null;
  while (stop.reason === null) {
    const left = until - stack.now();
    if (left <= 0) return;
    if (simulated === null) await breathe(Math.max(1, Math.min(REAL_STEP_MS, left / 1e6)));
    else {
      simulated.advance(Math.min(left, MODEL_STEP_NS));
      await breathe();
    }
  }
}
