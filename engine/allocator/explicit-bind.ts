import type { PortRange } from '../model/port-range.ts';
import { contains } from '../model/port-range.ts';
import { WSA } from '../model/winsock-error.ts';
import type { ConflictMatrix } from './conflict-matrix.ts';
import type { Mode } from './holder.ts';
import { MODE } from './holder.ts';
import type { PoolHeap } from './pool-heap.ts';
import type { SharingRules } from './sharing-rules.ts';

/**
 * Whether a socket may bind to a port number it names: 0, or 10013 inside an exclusion that no
 * administrator made or a block reserved for others, or what A7 to A9 say of numbers held through
 * the option, or what the conflict matrix says of those who hold the number on the same address or
 * on the wildcard address (for a wildcard bind: on any). The holder on the very same address is
 * asked first. Looks at one or two places; only an exclusive wildcard bind looks at every address.
 * @param block of the reservation the socket is associated with, if it is
 */
export function explicitBindError(
  pool: PoolHeap,
  rules: SharingRules,
  matrix: ConflictMatrix,
  slot: number,
  port: number,
  mode: Mode,
  block: PortRange | undefined,
): number {
  const own = block !== undefined && contains(block, port);
  if (!own && pool.isRefused(port)) return WSA.WSAEACCES;
  const onOption = pool.option === null ? 0 : optionObstacle(pool, rules, slot, port);
  if (onOption !== 0) return onOption;
  const wildcard = slot === 0;
  const same = conflict(pool, matrix, slot, port, mode, wildcard);
  if (same !== 0) return same;
  if (!wildcard && !matrix.onAnyAddress) {
    const over = conflict(pool, matrix, 0, port, mode, false);
    if (over !== 0) return over;
  } else if (matrix.onAnyAddress || matrix.minds(mode)) {
    for (let other = 0; other < pool.slots; other++) {
      if (other === slot) continue;
      const code = conflict(pool, matrix, other, port, mode, wildcard);
      if (code !== 0) return code;
    }
  }
  return pool.hasRoom(port) ? 0 : WSA.WSAENOBUFS;
}

/** What A7 to A9 say, where they say more than the matrix. */
function optionObstacle(pool: PoolHeap, rules: SharingRules, slot: number, port: number): number {
  const { explicitOnOption: says } = rules;
  const ledger = pool.option;
  if (says === null || ledger === null || !ledger.isHeld(port)) return 0;
  if (slot === 0) return says.wildcardBlocked ? WSA.WSAEADDRINUSE : 0;
  if (says.sameDenied && ledger.isHeldOn(slot, port)) return WSA.WSAEACCES;
  return says.elsewhereBlocked && ledger.isHeldOff(slot, port) ? WSA.WSAEADDRINUSE : 0;
}

function conflict(
  pool: PoolHeap,
  matrix: ConflictMatrix,
  held: number,
  port: number,
  mode: Mode,
  wildcard: boolean,
): number {
  if (!pool.isHeld(held, port)) return 0;
  const counts = pool.modes.at(held, port);
  if (counts === undefined) return matrix.code(MODE.default, held === 0, mode, wildcard);
  for (const holder of [MODE.default, MODE.reuse, MODE.exclusive]) {
    const code = counts[holder] === 0 ? 0 : matrix.code(holder, held === 0, mode, wildcard);
    if (code !== 0) return code;
  }
  return 0;
}
