import type { PortRange } from '#engine/model/port-range.ts';
import { count, thousands } from '#engine/model/words.ts';
import { cellLevels } from './port-map-cells.ts';
import type { PortMapData } from './port-map-data.ts';

/** One row of the port map. */
export interface MapRow {
  readonly name: string;
  readonly words: string;
  readonly kind: 'held' | 'free';
  readonly picture: MapPicture;
}

export interface MapPicture {
  /** As `cellLevels` makes them. */
  readonly levels: Uint16Array;
  /** The value that is the whole of a number. */
  readonly most: number;
}

/** The pictures of a map's rows: what each address holds, or on how many a number is; and what is free. */
export function mapPictures(
  { start, held, holders }: PortMapData,
  addresses: number,
): MapPicture[] {
  const range = { start, count: holders.length };
  const most = Math.max(1, addresses);
  const taken =
    held.length > 0
      ? held.map((ports) => ({ levels: cellLevels(ports, range, 1, false), most: 1 }))
      : [{ levels: cellLevels(holders, range, most, false), most }];
  return [...taken, { levels: cellLevels(holders, range, 1, true), most: 1 }];
}

/**
 * A row an address, or one for all where they are many; and what none of them holds.
 * @param pictures of the same map and addresses
 */
export function mapRows(
  { start, held, holders }: PortMapData,
  pictures: readonly MapPicture[],
  addresses: readonly string[],
  { simulated, excluded }: { readonly simulated: boolean; readonly excluded: readonly PortRange[] },
): MapRow[] {
  const picture = (at: number): MapPicture =>
    pictures[at] ?? { levels: new Uint16Array(), most: 1 };
  const rows = held.map((ports, at): MapRow => ({
    name: addresses[at] ?? '',
    words: `${thousands(sum(ports))} held`,
    kind: 'held',
    picture: picture(at),
  }));
  if (rows.length === 0) {
    rows.push({
      name: 'On how many',
      words: `of ${count(addresses.length, 'address')}`,
      kind: 'held',
      picture: picture(0),
    });
  }
  let free = 0;
  for (let at = 0; at < holders.length; at++) if (holders[at] === 0) free++;
  // An excluded number is nobody's, and given to nobody.
  for (const [first, end] of spans(excluded)) {
    for (let port = Math.max(start, first); port < Math.min(start + holders.length, end); port++) {
      if (holders[port - start] === 0) free--;
    }
  }
  rows.push({
    // A real host has other programs, of which the events say nothing.
    name: simulated ? 'Free on all' : 'Not held here',
    words: `${thousands(free)} numbers`,
    kind: 'free',
    picture: picture(rows.length),
  });
  return rows;
}

/** First and end of each stretch of numbers, those that overlap as one. */
function spans(ranges: readonly PortRange[]): [first: number, end: number][] {
  const merged: [number, number][] = [];
  for (const { start, count } of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], start + count);
    else merged.push([start, start + count]);
  }
  return merged;
}

function sum(ports: Uint8Array): number {
  let total = 0;
  for (let at = 0; at < ports.length; at++) total += ports[at]!;
  return total;
}
