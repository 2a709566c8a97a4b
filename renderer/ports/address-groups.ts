import { thousands } from '#engine/model/words.ts';

/** Addresses drawn one by one; more are drawn as groups of neighbours. */
const MOST_ALONE = 8;
const GROUPS = 4;

/** Addresses drawn as one band. */
export interface AddressGroup {
  readonly name: string;
  /** Beside a chart: `.12` where all begin alike, `251–500` for the 251st to the 500th. */
  readonly short: string;
  readonly addresses: readonly string[];
}

/** The bands of a run's addresses, in order: each its own, or four groups of many. */
export function addressGroups(addresses: readonly string[]): AddressGroup[] {
  if (addresses.length <= MOST_ALONE) {
    const shared = sharedBeginning(addresses);
    return addresses.map((address) => ({
      name: address,
      // With the dot or colon before what differs.
      short: address.slice(Math.max(0, shared - 1)),
      addresses: [address],
    }));
  }
  return Array.from({ length: GROUPS }, (_, at) => {
    const from = Math.floor((at * addresses.length) / GROUPS);
    const to = Math.floor(((at + 1) * addresses.length) / GROUPS);
    const members = addresses.slice(from, to);
    return {
      name: `${members[0]} to ${members.at(-1)}`,
      short: `${thousands(from + 1)}–${thousands(to)}`,
      addresses: members,
    };
  });
}

/** Length of what all addresses begin with, up to and with a dot or colon. */
function sharedBeginning([first = '', ...others]: readonly string[]): number {
  let shared = 0;
  if (others.length === 0) return shared;
  for (let at = 0; at < first.length; at++) {
    if (others.some((address) => address[at] !== first[at])) break;
    if (first[at] === '.' || first[at] === ':') shared = at + 1;
  }
  return shared;
}
