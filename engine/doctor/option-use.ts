import { contains, type PortRange } from '../model/port-range.ts';
import type { PoolState } from './pool-state.ts';

export type Confidence = 'low' | 'medium' | 'high';

/** A process that appears to use SO_PORT_SCALABILITY. */
export interface OptionUse {
  readonly pid: number;
  /** Numbers of the range it holds on two or more local addresses at once. */
  readonly shared: number;
  readonly addresses: number;
  readonly confidence: Confidence;
}

/** Numbers that make chance, and a few explicit binds, unlikely. Judgement, no measurement. */
const SEVERAL = 8;
const MANY = 32;

/**
 * Which processes hold wildcard-port numbers on several specific addresses at once: without the option
 * no two of them could be the same number. What else looks like it is left out where it can be told:
 * numbers the host listens on (accepted connections have the listener's number), and the auto-reuse
 * range, whose numbers connections share. Explicit binds and an application's own pool of ports can't
 * be told apart: so this is a suspicion, and its confidence is stated.
 * @param autoReuse null where unknown, which costs a step of confidence
 */
export function optionUse(pool: PoolState, autoReuse: PortRange | null): OptionUse[] {
  const { range, sockets } = pool;
  if (range === null) return [];
  const listening = new Set<number>();
  for (const { state, port } of sockets) if (state === 'listening') listening.add(port);
  const places = new Map<number, Map<number, Set<string>>>();
  for (const { pid, port, state, local } of sockets) {
    const address = addressOf(local);
    if (pid === 0 || state === 'time-wait' || address === undefined) continue;
    if (listening.has(port) || (autoReuse !== null && contains(autoReuse, port))) continue;
    const ports = places.get(pid) ?? new Map<number, Set<string>>();
    places.set(pid, ports);
    const at = ports.get(port) ?? new Set<string>();
    ports.set(port, at);
    at.add(address);
  }
  const found: OptionUse[] = [];
  for (const [pid, ports] of places) {
    const shared = [...ports.values()].filter((at) => at.size > 1);
    if (shared.length === 0) continue;
    const addresses = new Set(shared.flatMap((at) => [...at])).size;
    found.push({
      pid,
      shared: shared.length,
      addresses,
      confidence: confidenceOf(shared.length, autoReuse !== null),
    });
  }
  return found.toSorted((a, b) => b.shared - a.shared || a.pid - b.pid);
}

function confidenceOf(shared: number, autoReuseKnown: boolean): Confidence {
  if (shared < SEVERAL) return 'low';
  if (shared < MANY) return autoReuseKnown ? 'medium' : 'low';
  return autoReuseKnown ? 'high' : 'medium';
}

/** `10.0.0.4` of `10.0.0.4:49801`; undefined for the wildcard addresses, which are no specific ones. */
function addressOf(local: string): string | undefined {
  const address = local.slice(0, local.lastIndexOf(':'));
  return address === '0.0.0.0' || address === '[::]' || address === '' ? undefined : address;
}
