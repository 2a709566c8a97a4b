import { WSA } from '../model/winsock-error.ts';
import type { CloseHow, SocketId } from '../stack/socket-stack.ts';
import { CLOSE_HOW } from '../stack/socket-stack.ts';
import * as word from '../stack/socket-state.ts';
import { codeWords } from './call-words.ts';
import type { KindId } from './kinds.ts';
import type { Row } from './row.ts';
import type { ToldNumbers } from './told-numbers.ts';
import type { Track } from './track.ts';
import type { Before } from './twin.ts';

const FLAG = word.FLAG;

/** What a real network answers; the model's remotes always answer, where they are no listener of the run. */
const NETWORK_CODES: ReadonlySet<number> = new Set([
  WSA.WSAENETDOWN,
  WSA.WSAENETUNREACH,
  WSA.WSAECONNABORTED,
  WSA.WSAECONNRESET,
  WSA.WSAETIMEDOUT,
  WSA.WSAECONNREFUSED,
  WSA.WSAEHOSTDOWN,
  WSA.WSAEHOSTUNREACH,
]);

/** A connect under way, which is asked again. */
const UNDER_WAY: ReadonlySet<number> = new Set([WSA.WSAEWOULDBLOCK, WSA.WSAEALREADY]);

const FULL_CODES: ReadonlySet<number> = new Set([
  WSA.WSAENOBUFS,
  WSA.WSAEADDRNOTAVAIL,
  WSA.WSAEWOULDBLOCK,
]);

const REPEATED_CODES: ReadonlySet<number> = new Set([WSA.WSAEADDRINUSE, WSA.WSAEADDRNOTAVAIL]);

const HOW = Object.keys(CLOSE_HOW) as readonly CloseHow[];

/** What compares connections: made, accepted, ended. */
export class ConnectCalls {
  readonly #track: Track;
  readonly #told: ToldNumbers;
  /** Connections a listener has accepted before their connect was told; by listener. */
  readonly #early = new Map<SocketId, number>();

  constructor(track: Track, told: ToldNumbers) {
    this.#track = track;
    this.#told = told;
  }

  connect(row: Row): void {
    const { twin, outside } = this.#track;
    const id = twin.id(row.socket);
    const remote = twin.address(row.address);
    const before = twin.before(id);
    const tcp = (word.poolOfState(before.state) & 1) === 0;
    if (before.state !== 0 && tcp && UNDER_WAY.has(row.code)) return;
    if (remote === 0) return void outside.add(id);
    const model = twin.sockets.connect(id, remote, row.port);
    if (model === 0) this.#settleEarly();
    if (model !== row.code) this.#differs(row, id, before, model, word.localOf(remote, row.port));
    else this.#expectName(row, id, before, false);
  }

  listen(row: Row): void {
    const { twin } = this.#track;
    const id = twin.id(row.socket);
    const before = twin.before(id);
    const model = twin.sockets.listen(id, row.value);
    if (model === row.code) return;
    this.#noteCode(row, id, 'listen-code', model);
    const port = word.portOfLocal(before.local);
    const pool = word.poolOfState(before.state);
    if (model === 0) {
      twin.sockets.listeners.remove(id, [pool, pool & 1], port);
      twin.table.setState(id, before.state);
    } else if (row.code === 0 && port !== 0) {
      twin.sockets.listeners.add(id, [pool], port, row.value);
      twin.table.setState(id, before.state | FLAG.listening);
    }
  }

  accept(row: Row): void {
    const { twin } = this.#track;
    const listener = twin.id(row.value);
    // Whether a connection has arrived yet is a matter of time on real sockets.
    if (row.code === WSA.WSAEWOULDBLOCK && this.#track.real) return;
    if (row.code !== 0) {
      const waits = twin.sockets.listeners.hasWaiting(listener);
      const model = waits ? 0 : -twin.sockets.accept(listener);
      if (model !== row.code) this.#noteCode(row, listener, 'accept-code', model);
      return;
    }
    let id = twin.sockets.accept(listener);
    if (id < 0) {
      const late = this.#track.real && id === -WSA.WSAEWOULDBLOCK;
      if (late) this.#early.set(listener, (this.#early.get(listener) ?? 0) + 1);
      else this.#noteCode(row, listener, 'accept-code', -id);
      id = this.#addAccepted(row, listener);
    }
    twin.name(row.socket, id);
    twin.holders.put(id);
  }

  close(row: Row): void {
    const { twin } = this.#track;
    const id = twin.id(row.socket);
    const model = this.end(row.socket, HOW[row.value] ?? 'local');
    if (model !== row.code) this.#noteCode(row, id, 'close-code', model);
  }

  /** Closes a recorded socket on the model. @returns the model's code */
  end(recorded: number, how: CloseHow): number {
    const { twin, outside } = this.#track;
    const id = twin.id(recorded);
    if (id === 0) return WSA.WSAENOTSOCK;
    this.#told.closing(id);
    twin.holders.noteClosing(id, how);
    outside.delete(id);
    this.#early.delete(id);
    twin.forget(recorded);
    return twin.sockets.close(id, how);
  }

  #differs(row: Row, id: SocketId, before: Before, model: number, remote: number): void {
    const { twin, real } = this.#track;
    const host = row.code;
    if (this.#hangsOnNumber(row, id, before, model, remote)) return;
    const network = real && NETWORK_CODES.has(host);
    if (!network) this.#noteCode(row, id, this.#kind(id, before, host, model), model);
    if (host === 0) {
      this.#force(id, remote);
      this.#expectName(row, id, before, true);
    } else if (model === 0) twin.disconnect(id, before);
    else if (twin.table.state(id) !== before.state) twin.unbind(id, before);
  }

  /**
   * Whether a connection repeats another hangs on its number, where that was chosen on the way: the
   * host's is told after this row, and is judged then.
   */
  #hangsOnNumber(row: Row, id: SocketId, before: Before, model: number, remote: number): boolean {
    const { twin, untold } = this.#track;
    const { table } = twin;
    const tcp = (word.poolOfState(before.state) & 1) === 0;
    const byTuple = twin.sockets.connectPorts.choosesAtConnect(id, before.state);
    if (!tcp || byTuple || before.state === 0 || (before.state & FLAG.bound) !== 0) return false;
    const where = this.#track.where(row);
    if (row.code === 0 && REPEATED_CODES.has(model) && twin.isBound(id)) {
      twin.unbind(id, before);
      table.setState(id, before.state | FLAG.connected);
      table.setRemote(id, remote);
      untold.set(id, { before, byConnect: true, where, none: true, noted: false });
      return true;
    }
    if (model !== 0 || !REPEATED_CODES.has(row.code)) return false;
    if (row.code !== Number(twin.profile.assumptions.tupleInUse)) return false;
    twin.disconnect(id, before);
    const none = twin.binder.bindImplicitly(id, before.state) !== 0;
    untold.set(id, { before, byConnect: true, where, none, noted: none, repeats: remote });
    return true;
  }

  #kind(id: SocketId, before: Before, host: number, model: number): KindId {
    const { twin } = this.#track;
    const wrong = host === WSA.WSAEFAULT || model === WSA.WSAEFAULT;
    if (wrong || host === WSA.WSAEOPNOTSUPP || model === WSA.WSAEOPNOTSUPP) {
      return 'wrong-family-code';
    }
    // A socket with a port can only meet the very same connection; another one may find no port.
    const named = word.portOfLocal(before.local) !== 0;
    const repeated = named || host === WSA.WSAEADDRINUSE || model === WSA.WSAEADDRINUSE;
    if (host === 0) {
      if (repeated && REPEATED_CODES.has(model)) return 'connection-repeated';
      return FULL_CODES.has(model) ? 'connect-past-full' : 'connect-code';
    }
    if (model === 0) {
      if (repeated && REPEATED_CODES.has(host)) return 'connection-not-repeated';
      return FULL_CODES.has(host) ? 'connect-full-early' : 'connect-code';
    }
    if (named && REPEATED_CODES.has(host) && REPEATED_CODES.has(model)) {
      return 'repeated-connection-code';
    }
    const both = (FULL_CODES.has(host) || REPEATED_CODES.has(host)) && FULL_CODES.has(model);
    return both && twin.table.state(id) !== 0 ? 'connect-exhaustion-code' : 'connect-code';
  }

  /** The socket is connected, whatever the model says; its port is held when the host tells it. */
  #force(id: SocketId, remote: number): void {
    const { twin } = this.#track;
    const { table } = twin;
    const local = table.local(id);
    // A socket nobody made, in a recording nobody made either.
    if (table.state(id) === 0) return;
    table.setState(id, table.state(id) | FLAG.connected);
    if (word.portOfLocal(local) === 0) return;
    const isNew = twin.sockets.connections.take(local, remote) === 0;
    if (isNew) table.setRemote(id, remote);
  }

  /** A connect may have let the host choose a number: getsockname will tell it. */
  #expectName(row: Row, id: SocketId, before: Before, noted: boolean): void {
    const { twin, untold } = this.#track;
    const chosen = word.portOfLocal(before.local) === 0;
    const none = !twin.isBound(id);
    const connected = (twin.table.state(id) & FLAG.connected) !== 0;
    if (!chosen || (none && !connected)) return;
    if (twin.table.state(id) === before.state) return;
    const where = this.#track.where(row);
    untold.set(id, { before, byConnect: true, where, none, noted });
  }

  /** A socket for a connection that the model has not. */
  #addAccepted(row: Row, listener: SocketId): SocketId {
    const { twin } = this.#track;
    const address = twin.address(row.address);
    const state = twin.table.state(listener);
    const added =
      address === 0 || row.port === 0 || twin.binder.places.slot(address) < 0
        ? -1
        : twin.binder.addAccepted(state, address, row.port);
    return added < 0 ? twin.table.add(word.stateOf(word.poolOfState(state), 0), 0) : added;
  }

  /** What was accepted before waits no longer. */
  #settleEarly(): void {
    for (const [listener, owed] of this.#early) {
      if (twinHasWaiting(this.#track, listener)) {
        this.#track.twin.sockets.listeners.take(listener);
        if (owed === 1) this.#early.delete(listener);
        else this.#early.set(listener, owed - 1);
      }
    }
  }

  #noteCode(row: Row, id: SocketId, kind: KindId, model: number): void {
    this.#track.note(row, kind, id, () => ({ host: codeWords(row.code), model: codeWords(model) }));
  }
}

function twinHasWaiting({ twin }: Track, listener: SocketId): boolean {
  return twin.sockets.listeners.hasWaiting(listener);
}
