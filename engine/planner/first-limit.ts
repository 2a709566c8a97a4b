import { count, percent, thousands } from '../model/words.ts';
import type { Situation } from './supplies.ts';
import type { Left, Supply } from './supply.ts';

/** Theoretical handles of a 64-bit process. */
const MOST_HANDLES = 16_700_000;
/** From so many connections on memory is worth a word before ports are. */
const MANY_CONNECTIONS = 250_000;
/** Non-paged pool a socket takes before its buffers: an order, no measurement (field notes). */
const POOL_BYTES = { least: 1_500, most: 3_000 } as const;
const GB = 1e9;

export interface LimitFigures {
  readonly addressesNeeded: number | null;
  /** What the addresses at hand carry. */
  readonly atHand: number;
  readonly left: Left;
}

/** The first thing to break as the load grows, in a few words. */
export function firstLimit(
  supply: Supply,
  { need, host }: Situation,
  { addressesNeeded, atHand, left }: LimitFigures,
): string {
  const { strategy, without, each } = supply;
  if (without?.how === 'unusable') {
    return without.because === 'no room'
      ? 'no block of numbers is free outside the range'
      : 'setsockopt answers 10042';
  }
  const end = host.addresses === 1 ? 'ends' : 'end';
  const handEnds = `the ${thousands(host.addresses)} at hand ${end} at ${thousands(atHand)}`;
  if (addressesNeeded === null)
    return `shared range ends at ${thousands(supply.at(Math.max(1, host.addresses)))}`;
  if (addressesNeeded > host.addresses) {
    return handEnds;
  }
  const memory = memoryLimit(need.connections);
  if (memory !== null) return memory;
  if (without === null && strategy === 'reuse-unicast') {
    const share = (each * addressesNeeded * (100 - need.headroomPercent)) / 100 / need.heldAtPeak;
    if (share < 1) return `one remote above ${percent(share)} of the load`;
  }
  if (without === null && strategy === 'port-pool')
    return 'the application must handle 10048 itself';
  if (without === null && strategy === 'port-scalability') {
    return left.min === left.max
      ? `option-less applications: ${count(left.min, 'number')} left`
      : `option-less applications: ${thousands(left.min)} to ${count(left.max, 'number')} left`;
  }
  return handEnds;
}

function memoryLimit(connections: number): string | null {
  if (connections > MOST_HANDLES) {
    return `handles: a process has some ${thousands(MOST_HANDLES)}`;
  }
  if (connections < MANY_CONNECTIONS) return null;
  const gigabytes = (bytes: number): string =>
    Number(((connections * bytes) / GB).toPrecision(2)).toString();
  return `non-paged pool: some ${gigabytes(POOL_BYTES.least)} to ${gigabytes(POOL_BYTES.most)} GB for the sockets`;
}
