import { WSA } from '../model/winsock-error.ts';
import type { ConflictMatrix } from './conflict-matrix.ts';
import type { Mode } from './holder.ts';
import { MODE } from './holder.ts';
import type { PoolHeap } from './pool-heap.ts';

/**
 * Whether a socket may bind to a port number it names: 0, or 10013 inside an exclusion that no
 * administrator made, or what the conflict matrix says of those who hold the number on the same
 * address or on the wildcard address (for a wildcard bind: on any). The holder on the very same
 * address is asked first. Looks at one or two places; only an exclusive wildcard bind looks at every
 * address.
 */
export function explicitBindError(
  pool: PoolHeap,
  matrix: ConflictMatrix,
  slot: number,
  port: number,
  mode: Mode,
): number {
  if (pool.isRefused(port)) return WSA.WSAEACCES;
  const wildcard = slot === 0;
  const same = conflict(pool, matrix, slot, port, mode, wildcard);
  if (same !== 0) return same;
  if (!wildcard) {
    const over = conflict(pool, matrix, 0, port, mode, false);
    if (over !== 0) return over;
  } else if (matrix.minds(mode)) {
    for (let other = 1; other < pool.slots; other++) {
      if (!pool.isAddress(other)) continue;
      const code = conflict(pool, matrix, other, port, mode, true);
      if (code !== 0) return code;
    }
  }
  return pool.hasRoom(port) ? 0 : WSA.WSAENOBUFS;
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
