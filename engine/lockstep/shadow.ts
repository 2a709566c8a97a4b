import type { EventBatch } from '../event/event-batch.ts';
import type { EventSink } from '../event/event-sink.ts';
import { FILL_OPTIONS_SHIFT, OP, type Op } from '../event/op.ts';
import { MAX_PORT } from '../model/port-range.ts';
import { SOCKET_OPTION_NAMES, type SocketOption, optionTag } from '../model/socket-option.ts';
import { WSA } from '../model/winsock-error.ts';
import type { ResolvedProfile } from '../profile/resolved-profile.ts';
import { CLOSE_HOW, MOST_PROCESSES, type CloseHow, type SocketId } from '../stack/socket-stack.ts';
import * as word from '../stack/socket-state.ts';
import { HostPicks } from './host-picks.ts';
import { ShadowRuns } from './shadow-runs.ts';
import { Twin } from './twin.ts';

const OPTIONS = new Map<number, SocketOption>(
  SOCKET_OPTION_NAMES.map((name) => [optionTag(name), name]),
);
const HOW = Object.keys(CLOSE_HOW) as readonly CloseHow[];
const UNDER_WAY: ReadonlySet<number> = new Set([WSA.WSAEWOULDBLOCK, WSA.WSAEALREADY]);

export interface ShadowOptions {
  readonly profile: ResolvedProfile;
  /** The host's addresses at the beginning; all loopback ones besides. */
  readonly addresses: readonly string[];
  /** The run's address table: rows told to `sink` use its numbers. */
  readonly texts: readonly string[];
  /** Where the model's answers go: rows like the recorded ones, at the times these were made. */
  readonly sink: EventSink;
  /** It picks its numbers itself, also where its rules allow the host's. */
  readonly ownPicks: boolean;
}

/**
 * What the model would have done: the calls of a recorded run, made on a modelled host that is told nothing
 * of what came of them. Where its rules leave it a choice of numbers it picks the host's, unless it is to
 * pick its own. Calls on a socket that the model, but not the host, has refused a port are left out: no
 * application would have made them.
 */
export class Shadow {
  readonly #twin: Twin;
  readonly #sink: EventSink;
  readonly #runs: ShadowRuns;
  /** Null where the model picks its own numbers. */
  readonly #picks: HostPicks | null;
  /** Sockets without a port of the model's where the host gave one. */
  readonly #portless = new Set<number>();
  /** The run's number of an address of the model's. */
  readonly #addressIds = new Map<number, number>();
  #process = 0;
  #fillOf = 0;
  #t = 0;

  /** @throws RangeError for text in `addresses` that is no address */
  constructor({ profile, addresses, texts, sink, ownPicks }: ShadowOptions) {
    this.#twin = new Twin(profile, addresses, texts);
    this.#sink = sink;
    this.#picks = ownPicks ? null : new HostPicks(this.#twin);
    this.#runs = new ShadowRuns(this.#twin, this.#picks, (op, socket, local, count) =>
      this.#emitAt(op, socket, local, 0, count),
    );
    texts.forEach((_text, id) => {
      const own = id === 0 ? 0 : this.#twin.address(id);
      if (own !== 0 && !this.#addressIds.has(own)) this.#addressIds.set(own, id);
    });
  }

  /** Makes the call of one recorded row. @returns false where the recording can't be followed further */
  take(batch: EventBatch, at: number): boolean {
    const op = batch.op[at]! as Op;
    const socket = batch.socket[at]!;
    const port = batch.port[at]!;
    const value = batch.value[at]!;
    const code = batch.code[at]!;
    const { sockets } = this.#twin;
    this.#t = batch.t[at]!;
    this.#twin.advanceTo(this.#t);
    const id = this.#twin.id(socket);
    if (this.#portless.has(socket) && op !== OP.close && op !== OP.release) return true;
    switch (op) {
      case OP.socket:
        return this.#create(socket, code, value);
      case OP.setsockopt: {
        const option = OPTIONS.get(port);
        if (option !== undefined) {
          this.#emit(op, socket, 0, port, sockets.set(id, option, value), value);
        }
        return true;
      }
      case OP.getsockopt: {
        const option = OPTIONS.get(port);
        const got = option === undefined ? 0 : sockets.get(id, option);
        this.#emit(op, socket, 0, port, Math.max(0, -got), Math.max(0, got));
        return true;
      }
      case OP.bind:
        return this.#bind(socket, id, batch.address[at]!, port, code);
      case OP.getsockname: {
        if (code === 0) this.#picks?.told(id, port);
        const local = sockets.local(id);
        const named = sockets.name(id);
        this.#emitAt(op, socket, named < 0 ? 0 : local, Math.max(0, -named), 0);
        return true;
      }
      case OP.listen:
        this.#emit(op, socket, 0, 0, sockets.listen(id, value), value);
        return true;
      case OP.connect:
        return this.#connect(socket, id, batch.address[at]!, port, code);
      case OP.accept:
        return this.#accept(socket, code, value);
      case OP.close:
        return this.#close(socket, id, value);
      case OP.fill:
        return this.#fill(batch, at);
      case OP.release:
        return port + value <= MAX_PORT + 1 && this.#release(socket, value);
      case OP.reserve: {
        const first = this.#reserve(id, port, code, value);
        this.#emit(op, socket, 0, first < 0 ? port : first, Math.max(0, -first), value);
        return true;
      }
      case OP.associate: {
        const held = this.#twin.id(value);
        const answer =
          port === 0 ? sockets.associate(id, held) : sockets.associatePersistent(id, port, value);
        this.#emit(op, socket, 0, port, answer, value);
        return true;
      }
      case OP.process:
        this.#process = value % MOST_PROCESSES;
        break;
      case OP.fillOf:
        this.#fillOf = value;
        break;
      case OP.addressAdd:
      case OP.addressRemove:
        this.#changeAddress(op, batch.address[at]!);
        break;
      // Told of another process on the host: the model has none.
      case OP.canary:
        return true;
    }
    this.#emit(op, socket, batch.address[at]!, port, code, value);
    return true;
  }

  #create(socket: number, code: number, kind: number): boolean {
    const { sockets } = this.#twin;
    this.#portless.delete(socket);
    if (code === 0) {
      const id = sockets.create(kind & 3, this.#process);
      if (id > 0) this.#twin.name(socket, id);
      else this.#portless.add(socket);
    }
    this.#emit(OP.socket, socket, 0, 0, code, kind);
    return true;
  }

  #bind(socket: number, id: SocketId, address: number, port: number, host: number): boolean {
    const local = this.#twin.address(address);
    const before = this.#twin.before(id);
    const code = local === 0 ? host : this.#twin.sockets.bind(id, local, port);
    if (port === 0) this.#picks?.expect(id, before, false);
    if (code !== 0 && host === 0) this.#portless.add(socket);
    this.#emit(OP.bind, socket, address, port, code, 0);
    return true;
  }

  #connect(socket: number, id: SocketId, address: number, port: number, host: number): boolean {
    const before = this.#twin.before(id);
    const tcp = (word.poolOfState(before.state) & 1) === 0;
    // Asked again until it is there; the model's remotes answer at once.
    if (before.state !== 0 && tcp && UNDER_WAY.has(host)) return true;
    const remote = this.#twin.address(address);
    const done = (before.state & word.FLAG.connected) !== 0;
    const code = remote === 0 || done ? host : this.#twin.sockets.connect(id, remote, port);
    if (!done) this.#picks?.expect(id, before, true);
    if (code !== 0 && host === 0) this.#portless.add(socket);
    this.#emit(OP.connect, socket, address, port, code, 0);
    return true;
  }

  /** @returns the block's first port, or a negated error */
  #reserve(id: SocketId, port: number, host: number, count: number): number {
    const { sockets } = this.#twin;
    // Whether a block that was given was asked for by its first port, the recording doesn't say.
    const named = host === 0 && this.#picks === null ? 0 : port;
    const first = sockets.reserve(id, named, count);
    return first < 0 && host === 0 && named !== 0 ? sockets.reserve(id, 0, count) : first;
  }

  #accept(socket: number, host: number, listener: number): boolean {
    const { sockets } = this.#twin;
    const on = this.#twin.id(listener);
    // On the host it has not come yet; the application will ask again.
    if (host !== 0 && sockets.listeners.hasWaiting(on)) return true;
    const id = sockets.accept(on);
    if (host !== 0) {
      this.#emit(OP.accept, socket, 0, 0, Math.max(0, -id), listener);
      return true;
    }
    if (id > 0) this.#twin.name(socket, id);
    else this.#portless.add(socket);
    const local = id > 0 ? this.#twin.sockets.local(id) : 0;
    this.#emitAt(OP.accept, socket, local, Math.max(0, -id), listener);
    return true;
  }

  #close(socket: number, id: SocketId, value: number): boolean {
    const { sockets } = this.#twin;
    const local = sockets.local(id);
    const code = sockets.close(id, HOW[value] ?? 'local');
    this.#twin.forget(socket);
    this.#picks?.forget(id);
    // What never came to be on the model ends without a word.
    if (!this.#portless.delete(socket) || local !== 0) {
      this.#emitAt(OP.close, socket, local, code, value);
    }
    return true;
  }

  #fill(batch: EventBatch, at: number): boolean {
    const value = batch.value[at]!;
    const port = batch.port[at]!;
    if (port + value > MAX_PORT + 1) return false;
    const first = batch.socket[at]!;
    const address = this.#twin.address(batch.address[at]!);
    const options = this.#fillOf >>> FILL_OPTIONS_SHIFT;
    const state = word.stateOf(this.#fillOf & 3, options, this.#process);
    const refused = this.#runs.fill({ first, count: value, state, address, port });
    for (const socket of refused.sockets) this.#portless.add(socket);
    if (refused.code !== 0) {
      this.#emit(OP.bind, refused.sockets[0] ?? 0, batch.address[at]!, 0, refused.code, 0);
    }
    return true;
  }

  #release(first: number, count: number): boolean {
    this.#runs.release(first, count);
    for (let n = 0; n < count && this.#portless.size > 0; n++) this.#portless.delete(first + n);
    return true;
  }

  #changeAddress(op: Op, address: number): void {
    const id = this.#twin.address(address);
    if (id === 0) return;
    if (op === OP.addressAdd) this.#twin.addAddress(id);
    else this.#twin.removeAddress(id);
  }

  /** @param local as `localOf` packs it, in the model's own address numbers; 0 for none */
  #emitAt(op: Op, socket: number, local: number, code: number, value: number): void {
    const address = this.#addressIds.get(word.addressOfLocal(local)) ?? 0;
    this.#emit(op, socket, address, word.portOfLocal(local), code, value);
  }

  #emit(op: Op, socket: number, address: number, port: number, code: number, value: number): void {
    this.#sink.emit(op, this.#t, 0, socket, address, port, code, value);
  }
}
