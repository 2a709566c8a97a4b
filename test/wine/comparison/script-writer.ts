import { type PortRange, contains } from '#engine/model/port-range.ts';
import type { Family, Protocol } from '#engine/model/protocol.ts';
import type { SocketOption } from '#engine/model/socket-option.ts';

export type RawStep = { readonly op: string } & Record<string, unknown>;

/** Where the lab's own listeners are. */
export const LISTENER = '127.0.0.9';
const LISTENER_V6 = '::1';
/** An address neither host has. */
export const FOREIGN = '203.0.113.7';

/** How far below its range a script's own port numbers begin; each script has 64 of them. */
const OWN_PORTS_BELOW = 22_000;
const OWN_PORTS = 64;
/** Few, so that binds meet; the others are named once. */
const SHARED_PORTS = 2;

/** A socket of the script, as far as the writing of it must know. */
export interface Held {
  readonly name: string;
  readonly protocol: Protocol;
  readonly family: Family;
  bound: 'no' | 'explicit' | 'wildcard-port';
  address: string | null;
  port: number;
  /** `own`: to a listener of the lab's; `script`: to one of the script's sockets. */
  connected: 'no' | 'own' | 'script';
  listens: boolean;
  /** IPV6_V6ONLY was cleared. */
  dual: boolean;
  /** SO_REUSEADDR was set, or tried to. */
  shares: boolean;
}

export type CloseWay = 'local' | 'remote' | 'abort';

/** Writes the steps of a script, and remembers what decides which steps may follow. */
export class ScriptWriter {
  readonly steps: RawStep[] = [];
  readonly range: PortRange;
  /** Numbers outside the range, for several binds each. */
  readonly ownPorts: readonly number[];
  readonly #portsForOne: number[];
  /** Open sockets. */
  readonly held: Held[] = [];
  /** Fills not closed. */
  readonly fills: string[] = [];
  /** Ports (with their pool) that no other bind may name. */
  readonly unnamed = new Set<string>();
  /** Pools from which a number was picked: which one is the host's affair. */
  readonly picked = new Set<string>();
  /** Specific addresses of TCP over IPv4 that hold numbers of the range, or did. */
  readonly specific = new Set<string>();
  /** Explicit TCP ports that had a connection. */
  readonly spent = new Set<number>();
  /** How many binds named a port of a pool. */
  readonly namings = new Map<string, number>();
  #names = 0;

  constructor(range: PortRange) {
    this.range = range;
    const first = range.start - OWN_PORTS_BELOW;
    const own = Array.from({ length: OWN_PORTS }, (_, i) => first + i);
    this.ownPorts = own.slice(0, SHARED_PORTS);
    this.#portsForOne = own.slice(SHARED_PORTS);
  }

  name(prefix: string): string {
    return `${prefix}${++this.#names}`;
  }

  /** A number no other bind names; undefined when they have run out. */
  portForOne(): number | undefined {
    return this.#portsForOne.pop();
  }

  say(step: RawStep): void {
    this.steps.push(step);
  }

  socket(protocol: Protocol, family: Family): Held {
    const held: Held = {
      name: this.name('s'),
      protocol,
      family,
      bound: 'no',
      address: null,
      port: 0,
      connected: 'no',
      listens: false,
      dual: false,
      shares: false,
    };
    this.held.push(held);
    this.say({ op: 'socket', as: held.name, protocol, family });
    return held;
  }

  set(held: Held, option: SocketOption, value: number): void {
    this.say({ op: 'setsockopt', socket: held.name, option, value });
    if (option === 'IPV6_V6ONLY') held.dual = value === 0;
    if (option === 'SO_REUSEADDR') held.shares = true;
  }

  /** Pools a socket takes numbers from. */
  poolsOf({ protocol, family, dual }: Held): string[] {
    const own = `${protocol}/${family}`;
    return dual ? [`${protocol}/ipv4`, own] : [own];
  }

  /** A port and its pool. */
  portKey(held: Held, port = held.port): string {
    return `${held.protocol}/${held.family} ${port}`;
  }

  bind(held: Held, address: string, port: number): void {
    this.say({ op: 'bind', socket: held.name, address, port });
    if (port === 0) this.#pick(held);
    else {
      const key = this.portKey(held, port);
      this.namings.set(key, (this.namings.get(key) ?? 0) + 1);
    }
    if (port === 0 || contains(this.range, port)) {
      this.#holds(held.protocol, held.family, address);
    }
    if (held.bound !== 'no') return;
    held.bound = port === 0 ? 'wildcard-port' : 'explicit';
    held.address = address;
    held.port = port;
  }

  fill(
    protocol: Protocol,
    family: Family,
    address: string,
    options: readonly SocketOption[],
    count: number,
  ): string {
    const name = this.name('f');
    this.say({ op: 'fill', as: name, address, protocol, family, options, count });
    this.picked.add(`${protocol}/${family}`);
    this.#holds(protocol, family, address);
    this.fills.push(name);
    return name;
  }

  listen(held: Held): void {
    this.unnamed.add(this.portKey(held));
    held.listens = true;
    this.say({ op: 'listen', socket: held.name });
  }

  /** Connects to a listener of the lab's own. */
  connect(held: Held, listener = held.family === 'ipv4' ? LISTENER : LISTENER_V6): void {
    this.say({ op: 'connect', socket: held.name, remote: { listener } });
    const mayBeUnbound = held.bound === 'no' || (this.namings.get(this.portKey(held)) ?? 0) > 1;
    if (mayBeUnbound) this.#pick(held);
    // Where it goes from the wildcard address is routing's choice: an address of its own.
    if (mayBeUnbound || held.address === '0.0.0.0' || held.address === '::') {
      this.#holds(held.protocol, held.family, 'routed');
      this.unnamed.add(this.portKey(held));
    }
    if (held.bound === 'no') held.bound = 'wildcard-port';
    if (held.listens) return;
    held.connected = 'own';
    if (held.bound === 'explicit') this.spent.add(held.port);
  }

  /** Connects from an address to a listening socket of the script's own, which accepts. @returns its name */
  connectHere(client: Held, from: string, { name: listener, address, port }: Held): string {
    this.bind(client, from, 0);
    this.say({ op: 'connect', socket: client.name, remote: { address, port } });
    client.connected = 'script';
    const name = this.name('a');
    this.say({ op: 'accept', socket: listener, as: name });
    return name;
  }

  close(held: Held, how: CloseWay): void {
    this.held.splice(this.held.indexOf(held), 1);
    const way = { local: {}, remote: { by: 'remote' }, abort: { abort: true } }[how];
    this.say({ op: 'close', socket: held.name, ...way });
  }

  closeFill(name: string): void {
    this.fills.splice(this.fills.indexOf(name), 1);
    this.say({ op: 'close', socket: name });
  }

  #pick(held: Held): void {
    for (const pool of this.poolsOf(held)) this.picked.add(pool);
  }

  #holds(protocol: Protocol, family: Family, address: string): void {
    if (protocol === 'tcp' && family === 'ipv4' && address !== '0.0.0.0') {
      this.specific.add(address);
    }
  }
}
