import type { Mode, Place, Protocol } from './host.ts';
import { CODE, isWildcard, within } from './host.ts';
import type { Range } from './host.ts';
import type { Hold, Ledger } from './ledger.ts';

// "Using SO_REUSEADDR and SO_EXCLUSIVEADDRUSE", same user. Rows: who holds; columns: who comes. Order:
// default/W default/S reuse/W reuse/S exclusive/W exclusive/S. S goes well, U 10048, A 10013.
const SAME_USER = ['USASUS', 'SUSAUU', 'USSSUS', 'SUSSUU', 'UAAAUA', 'SUSAUU'];

/** Who names a port number. */
export interface Namer {
  readonly protocol: Protocol;
  readonly places: readonly Place[];
  readonly mode: Mode;
  /** The reservation the socket is associated with. */
  readonly own: Range | null;
}

/** What a bind to a named port answers, address and family being in order. */
export function explicitCode(ledger: Ledger, namer: Namer, port: number): number {
  for (const place of namer.places) {
    const code = codeAt(ledger, namer, place, port);
    if (code !== 0) return code;
  }
  return 0;
}

function codeAt(ledger: Ledger, namer: Namer, place: Place, port: number): number {
  const { protocol, mode, own } = namer;
  const isOwn = own !== null && within(own, port);
  const excluded = ledger.exclusionsAt(protocol, place.family, port);
  if (!isOwn && excluded.some((range) => !range.administered)) return CODE.access;
  if (!isOwn && ledger.blocksAt(protocol, place.family, port).length > 0) return CODE.access;
  const rivals = ledger
    .holds(protocol, place.family)
    .filter((hold) => hold.port === port && isSeen(ledger, hold));
  const code = optionHeldCode(ledger, rivals, place);
  if (code !== 0) return code;
  if (ledger.switches.bindMatrix === 'wine-8' && protocol === 'udp') return wineUdp(rivals, mode);
  return matrixCode(tableOf(ledger), rivals, place, mode);
}

/** A7 to A9: does naming a number that is held through the option go by the matrix? */
function optionHeldCode({ switches }: Ledger, rivals: readonly Hold[], place: Place): number {
  const held = rivals.filter((hold) => hold.kind === 'option');
  if (isWildcard(place.address)) {
    return held.length > 0 && switches.A9 === 'blocked' ? CODE.inUse : 0;
  }
  const here = held.some((hold) => hold.address === place.address);
  if (here && switches.A8 === 'denied') return CODE.access;
  const elsewhere = held.some(
    (hold) => hold.address !== place.address && !isWildcard(hold.address),
  );
  return elsewhere && switches.A7 === 'blocked' ? CODE.inUse : 0;
}

function isSeen({ switches }: Ledger, hold: Hold): boolean {
  if (hold.hidden) return false;
  const timeWait = hold.until !== Infinity;
  return !timeWait || hold.dual || switches.timeWaitScope !== 'wildcard-port';
}

function tableOf({ switches }: Ledger): readonly string[] {
  return switches.bindMatrix === 'wine-8' ? SAME_USER.with(4, 'AAAAAA') : SAME_USER;
}

/** Under Wine two UDP sockets share a number only if both have SO_REUSEADDR, wherever they are. */
function wineUdp(rivals: readonly Hold[], mode: Mode): number {
  if (rivals.length === 0) return 0;
  if (mode !== 'reuse') return CODE.inUse;
  return rivals.every((hold) => modeOf(hold) === 'reuse') ? 0 : CODE.access;
}

function matrixCode(
  table: readonly string[],
  rivals: readonly Hold[],
  place: Place,
  mode: Mode,
): number {
  const column = matrixIndex(mode, place.address);
  const same = rivals.filter((hold) => hold.address === place.address);
  // Different specific addresses never conflict.
  const overlapping = rivals.filter(
    (hold) =>
      hold.address !== place.address && (isWildcard(place.address) || isWildcard(hold.address)),
  );
  for (const hold of [...same, ...overlapping]) {
    const answer = table[matrixIndex(modeOf(hold), hold.address)]![column];
    if (answer === 'U') return CODE.inUse;
    if (answer === 'A') return CODE.access;
  }
  return 0;
}

/** A number of the auto-reuse range meets named ports as a holder of default mode. */
function modeOf(hold: Hold): Mode {
  return hold.kind === 'auto-reuse' ? 'default' : hold.mode;
}

function matrixIndex(mode: Mode, address: string): number {
  return ['default', 'reuse', 'exclusive'].indexOf(mode) * 2 + (isWildcard(address) ? 0 : 1);
}
