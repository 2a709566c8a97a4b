import { count, thousands } from '#engine/model/words.ts';
import type { PortMapData } from './port-map-data.ts';

/** One row of the port map. */
export interface MapRow {
  readonly name: string;
  readonly words: string;
  readonly kind: 'held' | 'free';
  /** How much of a number is held or free, 0 to 1, by its place in the range. */
  shareAt(at: number): number;
}

/** A row an address, or one for all where they are many; and what none of them holds. */
export function mapRows(
  { held, holders }: PortMapData,
  addresses: readonly string[],
  simulated: boolean,
): MapRow[] {
  const rows = held.map((ports, at): MapRow => ({
    name: addresses[at] ?? '',
    words: `${thousands(sum(ports))} held`,
    kind: 'held',
    shareAt: (place) => ports[place] ?? 0,
  }));
  if (rows.length === 0) {
    rows.push({
      name: 'On how many',
      words: `of ${count(addresses.length, 'address')}`,
      kind: 'held',
      shareAt: (place) => (holders[place] ?? 0) / addresses.length,
    });
  }
  const free = holders.reduce((total, one) => total + Number(one === 0), 0);
  rows.push({
    // A real host has other programs, of which the events say nothing.
    name: simulated ? 'Free on all' : 'Not held here',
    words: `${thousands(free)} numbers`,
    kind: 'free',
    shareAt: (place) => Number(holders[place] === 0),
  });
  return rows;
}

function sum(ports: Uint8Array): number {
  return ports.reduce((total, one) => total + one, 0);
}
