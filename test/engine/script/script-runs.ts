import { NULL_SINK, type EventSink } from '#engine/event/event-sink.ts';
import { resolveProfile } from '#engine/profile/resolve-profile.ts';
import { parseScript } from '#engine/script/parse-script.ts';
import { runScript } from '#engine/script/run-script.ts';
import type { ScriptRun } from '#engine/script/script-bench.ts';
import type { ScriptOutcome, StepResult } from '#engine/script/script.ts';
import { ScriptWatch } from '#engine/script/script-watch.ts';
import { simulateScript } from '#engine/script/simulate-script.ts';
import { createSimulatedStack, type SimulatedStack } from '#engine/stack/simulated-stack.ts';

export const OPTION = 'SO_PORT_SCALABILITY';

type StepText = Readonly<Record<string, unknown>>;

/** A host with two addresses and few ports, unless a test says more. */
const HOST = {
  addresses: ['10.0.0.1', '10.0.0.2'],
  dynamicRanges: { tcp4: { start: 50_000, count: 16 }, udp4: { start: 50_000, count: 16 } },
};

export function scriptText(steps: readonly StepText[], profile: StepText = {}): string {
  return JSON.stringify({ portlab: 'script/1', profile: { ...HOST, ...profile }, steps });
}

/** What each step answered. */
export async function answers(
  steps: readonly StepText[],
  profile: StepText = {},
  seed = 1,
  sink?: EventSink,
): Promise<readonly StepResult[]> {
  const script = parseScript(scriptText(steps, profile));
  const outcome = await simulateScript(script, { seed, ...(sink !== undefined && { sink }) });
  return outcome.steps;
}

/** `ok` or the code, step by step: the shape of an outcome at a glance. */
export async function codes(steps: readonly StepText[], profile: StepText = {}): Promise<number[]> {
  return (await answers(steps, profile)).map(({ code }) => code);
}

/** A run with its parts in reach, to stop it, to limit it, and to look at its stack afterwards. */
export function started(
  steps: readonly StepText[],
  change: Partial<Pick<ScriptRun, 'stop' | 'maxSeconds' | 'breathe' | 'progress'>>,
): { outcome: Promise<ScriptOutcome>; stack: SimulatedStack; watch: ScriptWatch } {
  const watch = new ScriptWatch(NULL_SINK);
  const stack = createSimulatedStack({
    sink: watch,
    profile: resolveProfile(HOST),
    addresses: HOST.addresses,
    seed: 1,
  });
  const outcome = runScript(parseScript(scriptText(steps)), {
    stack,
    watch,
    seed: 1,
    maxSeconds: 3_600,
    avoid: [],
    othersPerSecond: 0,
    stop: { reason: null },
    breathe: async () => {},
    progress() {},
    ...change,
  });
  return { outcome, stack, watch };
}

export function socket(as: string, more: StepText = {}): StepText {
  return { op: 'socket', as, ...more };
}

export function bind(socket: string, port = 0, address = '10.0.0.1'): StepText {
  return { op: 'bind', socket, address, port };
}

export function connect(
  socket: string,
  remote: StepText = { address: '10.9.9.9', port: 443 },
): StepText {
  return { op: 'connect', socket, remote };
}

export function fill(as: string, count: number, more: StepText = {}): StepText {
  return { op: 'fill', as, address: '10.0.0.1', count, ...more };
}

export function close(socket: string, more: StepText = {}): StepText {
  return { op: 'close', socket, ...more };
}
