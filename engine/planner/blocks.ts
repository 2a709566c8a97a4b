import { MAX_PORT, type PortRange } from '../model/port-range.ts';
import { portsInBoth, portsWithout } from './free-ranges.ts';
import type { PlannedHost } from './planned-host.ts';

/**
 * Where a proposed block may begin, in the order that is tried: above what services listen on, then
 * as low as Microsoft's own examples of an auto-reuse range, then anywhere a user may.
 */
const LOWEST_STARTS = [20_000, 10_000, 1_025] as const;
/** No block is proposed that is smaller: so few does netsh take for a dynamic range. */
const FEWEST = 255;
/** Windows listens there where its services are on: WinRM, SMB, RDP, device discovery. */
const LISTENERS = [3_389, 5_357, 5_985, 5_986, 47_001];
/** Blocks of this size and more are told in round numbers. */
const ROUND = 1_000;

/**
 * A block of numbers outside the dynamic range that nobody is known to hold or exclude.
 * @param wanted how many would be enough; Infinity for as many as there are
 * @param enough the next best: how many would do with the addresses at hand
 * @returns null where there is no room
 */
export function proposedBlock(host: PlannedHost, wanted: number, enough: number): PortRange | null {
  const free = portsWithout(
    [{ start: 1, count: MAX_PORT }],
    [
      host.range,
      ...host.excluded,
      ...host.othersOutside,
      host.autoReuse,
      ...LISTENERS.map((start) => ({ start, count: 1 })),
    ],
  );
  const rooms = LOWEST_STARTS.map((start) =>
    largest(portsInBoth(free, [{ start, count: MAX_PORT + 1 - start }])),
  );
  const room =
    rooms.find(({ count }) => count >= wanted) ??
    rooms.find(({ count }) => count >= enough) ??
    largest(rooms);
  if (room.count < FEWEST) return null;
  return { start: room.start, count: sizeFor(wanted, room.count) };
}

function largest(ranges: readonly PortRange[]): PortRange {
  return ranges.reduce((best, range) => (range.count > best.count ? range : best), {
    start: 0,
    count: 0,
  });
}

/** A power of two where that is enough and fits; else all there is, rounded down. */
function sizeFor(wanted: number, room: number): number {
  const power = 2 ** Math.ceil(Math.log2(Math.max(wanted, 1_024)));
  if (power <= room) return power;
  return room >= 2 * ROUND ? room - (room % ROUND) : room;
}
