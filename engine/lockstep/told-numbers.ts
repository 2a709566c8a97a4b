import type { AddressId, SocketId } from '../stack/socket-stack.ts';
import * as word from '../stack/socket-state.ts';
import { codeWords } from './call-words.ts';
import type { KindId } from './kinds.ts';
import type { Row } from './row.ts';
import type { Track, Untold } from './track.ts';

const FLAG = word.FLAG;

/** The numbers the host chose: told by getsockname after the bind or connect, judged, and taken. */
export class ToldNumbers {
  readonly #track: Track;

  constructor(track: Track) {
    this.#track = track;
  }

  /** getsockname: the number a socket got, where it was not told yet. */
  name(row: Row): void {
    const { twin, untold } = this.#track;
    const id = twin.id(row.socket);
    const model = twin.sockets.name(id);
    const waiting = untold.get(id);
    if (row.code !== 0) {
      if (model !== -row.code) this.#noteCode(row, id, 'name-code', Math.max(0, -model));
      return;
    }
    if (waiting !== undefined) {
      this.#told(row, id, waiting);
      this.#judgeRepetition(row, id, waiting);
    } else if (model < 0) this.#named(row, id, -model);
  }

  /** Binds an unbound socket to the wildcard port the host gave, and judges that. */
  take(row: Row, id: SocketId, address: AddressId, port: number, waiting?: Untold): void {
    const { twin, reasons } = this.#track;
    const before = twin.before(id);
    const slot = address === 0 ? -1 : twin.binder.places.slot(address);
    const legal = (): boolean => slot < 0 || twin.mayHave(id, before.state, slot, port);
    if (!legal()) this.#cede();
    if (!legal()) {
      const reason = reasons.given(id, before, slot, port);
      this.#track.noteAt(waiting?.where ?? this.#track.where(row), reason.kind, id, () => ({
        host: `port ${port}`,
        model: reason.model,
      }));
    }
    this.#force(id, address, port);
  }

  /** Before a socket closes: a number nobody told is none that could be compared. */
  closing(id: SocketId): void {
    const waiting = this.#track.untold.get(id);
    this.#track.untold.delete(id);
    if (waiting !== undefined) this.#neverTold(id, waiting);
  }

  /** After the last row. */
  end(): void {
    for (const [id, waiting] of this.#track.untold) this.#neverTold(id, waiting);
    this.#track.untold.clear();
  }

  /** The host's number of a socket whose bind or connect let it choose. */
  #told(row: Row, id: SocketId, waiting: Untold): void {
    const { twin, untold } = this.#track;
    untold.delete(id);
    if (waiting.byConnect) return this.#toldAtConnect(row, id, waiting);
    const local = twin.table.local(id);
    const has = word.portOfLocal(local);
    const address = waiting.none ? twin.address(row.address) : word.addressOfLocal(local);
    if (!waiting.none && has === row.port) return twin.holders.put(id);
    if (row.port === 0 || (has === 0 && !waiting.none)) {
      this.#choiceDiffers(row, id, waiting, address);
      return;
    }
    if (!waiting.none) twin.unbind(id, waiting.before);
    if (waiting.noted) this.#force(id, address, row.port);
    else this.take(row, id, address, row.port, waiting);
  }

  /** A connect that the host refused as a repetition, now that its number is known. */
  #judgeRepetition(row: Row, id: SocketId, { repeats, where }: Untold): void {
    const { twin } = this.#track;
    if (repeats === undefined || !twin.isBound(id) || twin.isRepeated(id, repeats)) return;
    this.#track.noteAt(where, 'connection-not-repeated', id, () => ({
      host: `refused from port ${row.port}`,
      model: 'success',
    }));
  }

  #toldAtConnect(row: Row, id: SocketId, waiting: Untold): void {
    const { twin } = this.#track;
    if (row.port === 0) return;
    const kind = twin.tellConnected(id, waiting.before, row.port);
    twin.holders.put(id);
    if (kind === null || waiting.noted) return;
    this.#track.noteAt(waiting.where, kind, id, () => ({
      host: `port ${row.port}`,
      model: `not ${row.port}`,
    }));
  }

  /** One of the two put the choice off to connect, and the other did not. */
  #choiceDiffers(row: Row, id: SocketId, waiting: Untold, address: AddressId): void {
    const { twin } = this.#track;
    if (!waiting.none) twin.unbind(id, waiting.before);
    const early = row.port !== 0;
    this.#track.noteAt(waiting.where, early ? 'chosen-at-bind' : 'chosen-at-connect', id, () => ({
      host: early ? `port ${row.port}` : 'no port yet',
      model: early ? 'no port yet' : 'a port',
    }));
    this.#force(id, address, row.port);
  }

  /** A socket the model has unbound turns out to have a port. */
  #named(row: Row, id: SocketId, model: number): void {
    const { twin, outside } = this.#track;
    if (twin.table.state(id) === 0) return this.#noteCode(row, id, 'name-code', model);
    const address = twin.address(row.address);
    if (address === 0 || row.port === 0) return void outside.add(id);
    // Connected or refused by a real network, which the model has no word in: bound on the way.
    if (this.#track.real) this.#force(id, address, row.port);
    else {
      this.#noteCode(row, id, 'name-code', model);
      this.#force(id, address, row.port);
    }
  }

  #neverTold(id: SocketId, { where, none, noted, ceded }: Untold): void {
    if (!none || noted || ceded === true) return;
    const inBlock = this.#track.twin.sockets.blocks.blockOf(id) !== undefined;
    const kind = inBlock ? 'outside-block' : 'bind-code';
    this.#track.noteAt(where, kind, id, () => ({ host: 'success', model: 'none left' }));
  }

  /** Numbers the model picked for sockets that were never told theirs are in nobody's way. */
  #cede(): void {
    const { twin, untold } = this.#track;
    for (const [id, waiting] of untold) {
      const state = twin.table.state(id);
      if (waiting.none || (state & FLAG.connected) !== 0) continue;
      const options = word.optionsOfState(state);
      twin.unbind(id, {
        ...waiting.before,
        state: word.withOptions(waiting.before.state, options),
      });
      untold.set(id, { ...waiting, none: true, ceded: true });
    }
  }

  #force(id: SocketId, address: AddressId, port: number): void {
    const { twin, outside } = this.#track;
    const { state } = twin.before(id);
    const slot = address === 0 ? -1 : twin.binder.places.slot(address);
    const done = slot >= 0 && twin.force(id, address, port, twin.traits(id, state, slot));
    if (done) twin.holders.put(id);
    else outside.add(id);
  }

  #noteCode(row: Row, id: SocketId, kind: KindId, model: number): void {
    this.#track.note(row, kind, id, () => ({ host: codeWords(row.code), model: codeWords(model) }));
  }
}
