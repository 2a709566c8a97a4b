/**
 * What a Windows host answers, told naively: a list of sockets and sets of numbers, written from the
 * rules alone (Microsoft's SO_PORT_SCALABILITY page, "Using SO_REUSEADDR and SO_EXCLUSIVEADDRUSE",
 * the exclusion facts) and sharing no code with the engine. Slow, and meant to be plainly right.
 */

export type Protocol = 'tcp' | 'udp';
export type Family = 'ipv4' | 'ipv6';
type Style = 'wildcard-port' | 'option' | 'explicit';

interface Range {
  readonly start: number;
  readonly count: number;
}

export interface ReferenceHost {
  readonly ranges: Readonly<Record<`${Protocol}/${Family}`, Range>>;
  readonly exclusions: readonly (Range & {
    readonly protocol: Protocol;
    readonly family: Family;
    readonly administered: boolean;
  })[];
  /** Specific addresses the host has; `0.0.0.0` and `::` go without saying. */
  readonly addresses: readonly string[];
}

export interface ReferenceSocket {
  readonly protocol: Protocol;
  readonly family: Family;
  readonly options: Set<string>;
  bound: { readonly address: string; readonly port: number; readonly style: Style } | null;
  /** Options at the time of the bind decide. */
  mode: 'default' | 'reuse' | 'exclusive';
  dual: boolean;
  listening: boolean;
  connected: boolean;
}

/** One socket's claim on a port in one family. */
interface Hold {
  readonly socket: ReferenceSocket;
  readonly address: string;
  readonly port: number;
  readonly style: Style;
}

export const WILDCARDS: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

// Rows: who holds; columns: who comes. Order: default/W default/S reuse/W reuse/S exclusive/W exclusive/S.
const OK = 0;
const IN_USE = 10048;
const ACCESS = 10013;
const SAME_USER = [
  [IN_USE, OK, ACCESS, OK, IN_USE, OK],
  [OK, IN_USE, OK, ACCESS, IN_USE, IN_USE],
  [IN_USE, OK, OK, OK, IN_USE, OK],
  [OK, IN_USE, OK, OK, IN_USE, IN_USE],
  [IN_USE, ACCESS, ACCESS, ACCESS, IN_USE, ACCESS],
  [OK, IN_USE, OK, ACCESS, IN_USE, IN_USE],
] as const;

export class ReferenceModel {
  readonly sockets = new Map<number, ReferenceSocket>();
  readonly #host: ReferenceHost;

  constructor(host: ReferenceHost) {
    this.#host = host;
  }

  create(id: number, protocol: Protocol, family: Family): void {
    this.sockets.set(id, {
      protocol,
      family,
      options: new Set(family === 'ipv6' ? ['IPV6_V6ONLY'] : []),
      bound: null,
      mode: 'default',
      dual: false,
      listening: false,
      connected: false,
    });
  }

  setOption(id: number, option: string, value: number): number {
    const socket = this.sockets.get(id);
    if (socket === undefined) return 10038;
    if (option === 'IPV6_V6ONLY' && socket.family === 'ipv4') return 10042;
    if (value === 0) {
      socket.options.delete(option);
      return 0;
    }
    const clash = (other: string): boolean => socket.options.has(other);
    const tcp = socket.protocol === 'tcp';
    if (option === 'SO_REUSEADDR' && clash('SO_EXCLUSIVEADDRUSE')) return 10022;
    if (option === 'SO_EXCLUSIVEADDRUSE' && clash('SO_REUSEADDR')) return 10022;
    if (option === 'SO_RANDOMIZE_PORT' && tcp && clash('SO_REUSE_UNICASTPORT')) return 10022;
    if (option === 'SO_PORT_SCALABILITY' && tcp && clash('SO_REUSE_UNICASTPORT')) return 10022;
    if (option === 'SO_REUSE_UNICASTPORT' && tcp && clash('SO_PORT_SCALABILITY')) return 10022;
    socket.options.add(option);
    return 0;
  }

  /** Errors that come before any port is looked at; 0 when there are none. */
  bindObstacle(id: number, address: string): number {
    const socket = this.sockets.get(id);
    if (socket === undefined) return 10038;
    if (socket.bound !== null) return 10022;
    if (address.includes(':') !== (socket.family === 'ipv6')) return 10014;
    const known = WILDCARDS.has(address) || this.#host.addresses.includes(address);
    return known || address.startsWith('127.') || address === '::1' ? 0 : 10049;
  }

  /** The numbers a wildcard-port bind may get. */
  legal(id: number, address: string): Set<number> {
    const socket = this.sockets.get(id)!;
    const usesOption = this.#usesOption(socket, address);
    let legal: Set<number> | undefined;
    for (const family of familiesOf(socket, address)) {
      const holds = this.#holds(socket.protocol, family);
      const free = this.#usable(socket.protocol, family).filter((port) =>
        holds.every((hold) => hold.port !== port || (usesOption && mayShare(hold, address))),
      );
      legal = new Set(free.filter((port) => legal === undefined || legal.has(port)));
    }
    return legal!;
  }

  /** What a bind to this port number answers, all obstacles aside. */
  explicit(id: number, address: string, port: number): number {
    const socket = this.sockets.get(id)!;
    for (const family of familiesOf(socket, address)) {
      const code = this.#explicitIn(socket, family, address, port);
      if (code !== 0) return code;
    }
    return 0;
  }

  bindTo(id: number, address: string, port: number, how: 'wildcard-port' | 'explicit'): void {
    const socket = this.sockets.get(id)!;
    const style = how === 'explicit' ? how : this.#usesOption(socket, address) ? 'option' : how;
    socket.dual = isDual(socket, address);
    socket.mode = modeOf(socket);
    socket.bound = { address, port, style };
  }

  /** A connect's implicit bind: the option has no effect on it. */
  bindImplicitly(id: number, port: number): void {
    const socket = this.sockets.get(id)!;
    const address = socket.family === 'ipv4' ? '0.0.0.0' : '::';
    socket.dual = isDual(socket, address);
    socket.mode = modeOf(socket);
    socket.bound = { address, port, style: 'wildcard-port' };
  }

  close(id: number): void {
    this.sockets.delete(id);
  }

  /** How many numbers are free on all addresses. */
  freeOnAll(protocol: Protocol, family: Family): number {
    const held = new Set(this.#holds(protocol, family).map((hold) => hold.port));
    return this.#usable(protocol, family).filter((port) => !held.has(port)).length;
  }

  /** Pairs of sockets that no order of legal binds can give; empty when all is well. */
  illegalPairs(): string[] {
    const found: string[] = [];
    for (const protocol of ['tcp', 'udp'] as const) {
      for (const family of ['ipv4', 'ipv6'] as const) {
        const holds = this.#holds(protocol, family).filter((hold) => hold.style !== 'explicit');
        for (const [i, one] of holds.entries()) {
          for (const two of holds.slice(i + 1)) {
            const optionPair = one.style === 'option' && two.style === 'option';
            if (one.port === two.port && !(optionPair && one.address !== two.address)) {
              found.push(`${protocol}/${family} ${one.port}: ${one.address} and ${two.address}`);
            }
          }
        }
      }
    }
    return found;
  }

  #usesOption(socket: ReferenceSocket, address: string): boolean {
    return socket.options.has('SO_PORT_SCALABILITY') && !WILDCARDS.has(address);
  }

  #usable(protocol: Protocol, family: Family): number[] {
    const { start, count } = this.#host.ranges[`${protocol}/${family}`];
    const numbers = Array.from({ length: count }, (_, i) => start + i);
    return numbers.filter((port) => this.#covering(protocol, family, port).length === 0);
  }

  #covering(protocol: Protocol, family: Family, port: number): ReferenceHost['exclusions'] {
    return this.#host.exclusions.filter(
      (range) =>
        range.protocol === protocol &&
        range.family === family &&
        port >= range.start &&
        port < range.start + range.count,
    );
  }

  #holds(protocol: Protocol, family: Family): Hold[] {
    const holds: Hold[] = [];
    for (const socket of this.sockets.values()) {
      const { bound } = socket;
      if (bound === null || socket.protocol !== protocol) continue;
      const address = socket.dual && family === 'ipv4' ? '0.0.0.0' : bound.address;
      if (socket.family === family || socket.dual) holds.push({ ...bound, socket, address });
    }
    return holds;
  }

  #explicitIn(socket: ReferenceSocket, family: Family, bindTo: string, port: number): number {
    const address = WILDCARDS.has(bindTo) && family === 'ipv4' ? '0.0.0.0' : bindTo;
    const covering = this.#covering(socket.protocol, family, port);
    if (covering.some((range) => !range.administered)) return ACCESS;
    const rivals = this.#holds(socket.protocol, family).filter((hold) => hold.port === port);
    const column = matrixIndex(modeOf(socket), address);
    const codes = (among: Hold[]): number[] =>
      among.map((hold) => SAME_USER[matrixIndex(hold.socket.mode, hold.address)]![column]!);
    const same = codes(rivals.filter((hold) => hold.address === address));
    const others = codes(
      rivals.filter(
        (hold) =>
          hold.address !== address && (WILDCARDS.has(address) || WILDCARDS.has(hold.address)),
      ),
    );
    return [...same, ...others].find((code) => code !== 0) ?? 0;
  }
}

/** An option bind on `address` may have a number this other socket holds. */
function mayShare(hold: Hold, address: string): boolean {
  return hold.style !== 'wildcard-port' && hold.address !== address && !WILDCARDS.has(hold.address);
}

function isDual(socket: ReferenceSocket, address: string): boolean {
  return address === '::' && !socket.options.has('IPV6_V6ONLY');
}

function familiesOf(socket: ReferenceSocket, address: string): Family[] {
  return isDual(socket, address) ? ['ipv6', 'ipv4'] : [socket.family];
}

function modeOf(socket: ReferenceSocket): ReferenceSocket['mode'] {
  if (socket.options.has('SO_REUSEADDR')) return 'reuse';
  return socket.options.has('SO_EXCLUSIVEADDRUSE') ? 'exclusive' : 'default';
}

function matrixIndex(mode: ReferenceSocket['mode'], address: string): number {
  return ['default', 'reuse', 'exclusive'].indexOf(mode) * 2 + (WILDCARDS.has(address) ? 0 : 1);
}
