import type { Holdings } from '#engine/analysis/holdings.ts';
import type { PortRange } from '#engine/model/port-range.ts';
import type { PortMapData } from './port-map-data.ts';

/**
 * Which numbers of a range are held, and where.
 * @param addresses ids of those with a band of their own; 0 for one no event speaks of
 */
export function portMapOf(
  holdings: Holdings,
  { start, count }: PortRange,
  addresses: readonly number[],
): PortMapData {
  const held = addresses.map((id) => {
    const ports = new Uint8Array(count);
    if (id < 1 || holdings.heldOn(id) === 0) return ports;
    for (let at = 0; at < count; at++) ports[at] = Number(holdings.holds(id, start + at));
    return ports;
  });
  const holders = new Uint16Array(count);
  for (let at = 0; at < count; at++) holders[at] = holdings.holdersOf(start + at);
  return { start, held, holders };
}
