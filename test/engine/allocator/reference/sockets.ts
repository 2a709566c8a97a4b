import type { Family, Mode, Place, Protocol, Range } from './host.ts';
import { isWildcard } from './host.ts';
import type { Block, Hold, Ledger, Tuple } from './ledger.ts';

/** A connection between two sockets of this host: what one end knows of the other. */
export interface Link {
  /** One end has closed: the other has no TIME_WAIT any more. */
  closed: boolean;
}

/** A connection that waits to be accepted. */
export interface Pending {
  /** The address and port the client connected to. */
  readonly place: Place;
  readonly port: number;
  readonly link: Link;
}

export interface ReferenceSocket {
  readonly id: number;
  readonly process: number;
  readonly protocol: Protocol;
  readonly family: Family;
  readonly options: Set<string>;
  /** Port 0 while its choice is put off to connect. */
  bound: { readonly address: string; readonly port: number } | null;
  holds: Hold[];
  tuple: Tuple | null;
  connected: boolean;
  link: Link | null;
  listening: boolean;
  backlog: number;
  queue: Pending[];
  /** The reservation that hangs on it. */
  block: Block | null;
  /** What it is associated with. */
  association: { readonly range: Range; readonly block: Block | null } | null;
}

/** What a call answers, or what it may answer. */
export interface Answer {
  /** 0 or the error, where no port is chosen on the way. */
  readonly code: number;
  /** The host chooses one of these numbers. */
  readonly ports?: ReadonlySet<number>;
  /** Which one it was: does what follows from it. @returns what the call answers */
  readonly choose?: (port: number) => number;
}

export function newSocket(
  id: number,
  protocol: Protocol,
  family: Family,
  process: number,
): ReferenceSocket {
  return {
    id,
    process,
    protocol,
    family,
    options: new Set(family === 'ipv6' ? ['IPV6_V6ONLY'] : []),
    bound: null,
    holds: [],
    tuple: null,
    connected: false,
    link: null,
    listening: false,
    backlog: 0,
    queue: [],
    block: null,
    association: null,
  };
}

export function modeOf({ options }: ReferenceSocket): Mode {
  if (options.has('SO_REUSEADDR')) return 'reuse';
  return options.has('SO_EXCLUSIVEADDRUSE') ? 'exclusive' : 'default';
}

/** The spaces a bind to this address takes part in. */
export function placesOf(socket: ReferenceSocket, address: string): Place[] {
  const own: Place = { family: socket.family, address };
  const dual = address === '::' && !socket.options.has('IPV6_V6ONLY');
  return dual ? [own, { family: 'ipv4', address: '0.0.0.0' }] : [own];
}

export interface Claim {
  readonly address: string;
  readonly port: number;
  readonly kind: Hold['kind'];
  readonly hidden?: boolean;
}

/** Binds a socket: it is at this address and port, and holds them in these places. */
export function hold(
  ledger: Ledger,
  socket: ReferenceSocket,
  { address, port, kind, hidden = false }: Claim,
  places: readonly Place[] = placesOf(socket, address),
): void {
  const { protocol, process } = socket;
  const mode = modeOf(socket);
  socket.bound = { address, port };
  const dual = places.length > 1;
  socket.holds = places.map((place) =>
    ledger.put({ ...place, protocol, port, kind, mode, process, hidden, dual, until: Infinity }),
  );
}

/** SO_PORT_SCALABILITY has an effect on a wildcard-port bind of this socket to this address. */
export function optionWorks(
  { switches }: Ledger,
  socket: ReferenceSocket,
  address: string,
): boolean {
  if (!socket.options.has('SO_PORT_SCALABILITY') || switches.A1 !== 'honoured') return false;
  if (socket.protocol === 'udp' && switches.A12 === 'ignored') return false;
  if (socket.family === 'ipv6' && switches.A13 === 'ignored') return false;
  return !isWildcard(address) || switches.A6 === 'as-option';
}

/** The reservation a socket is associated with, while it lasts. */
export function ownRange(ledger: Ledger, { association }: ReferenceSocket): Range | null {
  if (association === null) return null;
  const lasts = association.block === null || ledger.blocks.includes(association.block);
  return lasts ? association.range : null;
}
