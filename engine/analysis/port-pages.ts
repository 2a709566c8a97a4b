/** The 65,536 port numbers in pages, so that what is kept of them goes with the numbers in use. */

export const PORTS = 65_536;
/** Words of a bitmap of all ports. */
export const PORT_WORDS = PORTS / 32;
/** Ports of a page: 16 pages in all, so that a mask of them is one number. */
export const PAGE_PORTS = 4_096;

const PAGES = PORTS / PAGE_PORTS;

/** How many pages a mask has. */
export function pageCount(mask: number): number {
  let count = 0;
  for (let page = 0; page < PAGES; page++) count += (mask >>> page) & 1;
  return count;
}

/** The pages of a mask as runs of neighbours, in order. */
export function pageRuns(mask: number): { first: number; count: number }[] {
  const runs: { first: number; count: number }[] = [];
  for (let page = 0; page < PAGES; page++) {
    if (((mask >>> page) & 1) === 0) continue;
    const last = runs.at(-1);
    if (last !== undefined && last.first + last.count === page) last.count++;
    else runs.push({ first: page, count: 1 });
  }
  return runs;
}
