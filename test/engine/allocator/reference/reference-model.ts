import { bind } from './binding.ts';
import { connect } from './connections.ts';
import type { Family, Protocol, Range, ReferenceHost } from './host.ts';
import { CODE } from './host.ts';
import { Ledger } from './ledger.ts';
import { getOption, setOption } from './options.ts';
import { occupy } from './other-ports.ts';
import { blockStart, isPersistentBlock } from './reservations.ts';
import type { Answer, ReferenceSocket } from './sockets.ts';
import { hold, newSocket } from './sockets.ts';
import { freeOnAll } from './wildcard-ports.ts';

export type How = 'local' | 'remote' | 'abort';

const NOT_SOCKET: Answer = { code: CODE.notSocket };

/**
 * What a Windows host answers, told naively: a list of sockets and a list of holders, looked through
 * from end to end. Whoever asks tells it the time (`ledger.now`) and which of the legal numbers the
 * host under test chose.
 */
export class ReferenceModel {
  readonly ledger: Ledger;
  /** In order of their numbers. */
  readonly sockets = new Map<number, ReferenceSocket>();

  constructor(host: ReferenceHost) {
    this.ledger = new Ledger(host);
    occupy(this.ledger);
  }

  create(id: number, protocol: Protocol, family: Family, process: number): void {
    this.sockets.set(id, newSocket(id, protocol, family, process));
  }

  set(id: number, option: string, value: number): number {
    const socket = this.sockets.get(id);
    return socket === undefined ? CODE.notSocket : setOption(this.ledger, socket, option, value);
  }

  get(id: number, option: string): number {
    const socket = this.sockets.get(id);
    return socket === undefined ? -CODE.notSocket : getOption(this.ledger, socket, option);
  }

  bind(id: number, address: string, port: number): Answer {
    const socket = this.sockets.get(id);
    return socket === undefined ? NOT_SOCKET : bind(this.ledger, socket, address, port);
  }

  /** The local port, 0 while put off, or a negated error. */
  name(id: number): number {
    const socket = this.sockets.get(id);
    if (socket === undefined) return -CODE.notSocket;
    return socket.bound?.port ?? -CODE.invalid;
  }

  listen(id: number, backlog: number): number {
    const socket = this.sockets.get(id);
    if (socket === undefined) return CODE.notSocket;
    if (socket.protocol === 'udp') return CODE.notSupported;
    if (socket.bound === null || socket.bound.port === 0) return CODE.invalid;
    if (socket.connected) return CODE.isConnected;
    // A second listen goes well and leaves the backlog as it is (Microsoft's page of `listen`).
    if (!socket.listening) socket.backlog = backlog;
    socket.listening = true;
    return 0;
  }

  connect(id: number, remote: string, port: number): Answer {
    const socket = this.sockets.get(id);
    if (socket === undefined) return NOT_SOCKET;
    return connect(this.ledger, this.sockets.values(), socket, remote, port);
  }

  /** @param id the number the accepted socket gets, if there is one. @returns 0 or an error */
  accept(listener: number, id: number): number {
    const from = this.sockets.get(listener);
    if (from === undefined) return CODE.notSocket;
    if (from.protocol === 'udp') return CODE.notSupported;
    if (!from.listening) return CODE.invalid;
    const pending = from.queue.shift();
    if (pending === undefined) return CODE.wouldBlock;
    const { place, port, link } = pending;
    // Where a dual-stack listener took it, the lab tells an IPv4 connection as one.
    const socket = newSocket(id, 'tcp', place.family, from.process);
    socket.options.clear();
    for (const option of from.options) socket.options.add(option);
    hold(this.ledger, socket, { address: place.address, port, kind: 'explicit' }, [place]);
    Object.assign(socket, { connected: true, link });
    this.sockets.set(id, socket);
    return 0;
  }

  close(id: number, how: How): number {
    const socket = this.sockets.get(id);
    if (socket === undefined) return CODE.notSocket;
    const { now, switches } = this.ledger;
    const seconds = Number(switches.A21) * 1e9;
    const connection = socket.connected && socket.protocol === 'tcp';
    const timeWait = connection && how === 'local' && socket.link?.closed !== true;
    const waits = timeWait || (!connection && switches.A22 === 'time-wait');
    const lingers = waits && switches.timeWaitScope !== 'tuple';
    for (const held of socket.holds) held.until = lingers ? now + seconds : now;
    if (socket.tuple !== null) socket.tuple.until = timeWait ? now + seconds : now;
    if (socket.link !== null) socket.link.closed = true;
    // Nobody is there any more to accept them: the connections are reset.
    for (const { link } of socket.queue) link.closed = true;
    this.ledger.blocks = this.ledger.blocks.filter((block) => block !== socket.block);
    this.sockets.delete(id);
    return 0;
  }

  /** @returns how many sockets were closed */
  exit(process: number): number {
    const own = [...this.sockets.values()].filter((socket) => socket.process === process);
    for (const { id } of own.sort((one, two) => one.id - two.id)) this.close(id, 'local');
    return own.length;
  }

  /** @returns the first port of the block, or a negated error */
  reserve(id: number, wanted: Range): number {
    const socket = this.sockets.get(id);
    if (socket === undefined) return -CODE.notSocket;
    if (this.ledger.switches.reservations === 'unsupported') return -CODE.notSupported;
    const { protocol, family } = socket;
    const start = blockStart(this.ledger, protocol, family, wanted);
    if (start === -CODE.invalid || socket.block !== null) return -CODE.invalid;
    if (start < 0) return start;
    socket.block = { protocol, family, start, count: wanted.count };
    this.ledger.blocks.push(socket.block);
    return start;
  }

  associate(id: number, holder: number): number {
    const socket = this.sockets.get(id);
    const owner = this.sockets.get(holder);
    if (socket === undefined) return CODE.notSocket;
    if (this.ledger.switches.reservations === 'unsupported') return CODE.notSupported;
    if (owner === undefined) return CODE.notSocket;
    const { block } = owner;
    const fits =
      block !== null &&
      block.protocol === socket.protocol &&
      block.family === socket.family &&
      owner.process === socket.process;
    if (!fits || socket.bound !== null) return CODE.invalid;
    socket.association = { range: block, block };
    return 0;
  }

  associatePersistent(id: number, range: Range): number {
    const socket = this.sockets.get(id);
    if (socket === undefined) return CODE.notSocket;
    if (this.ledger.switches.reservations === 'unsupported') return CODE.notSupported;
    const { protocol, family } = socket;
    if (!isPersistentBlock(this.ledger, protocol, family, range)) return CODE.notFound;
    if (socket.bound !== null) return CODE.invalid;
    socket.association = { range, block: null };
    return 0;
  }

  freeOnAll(protocol: Protocol, family: Family): number {
    return freeOnAll(this.ledger, protocol, family);
  }
}
