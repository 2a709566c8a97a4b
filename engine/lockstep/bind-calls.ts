import { KIND, MODE, traitsOf } from '../allocator/holder.ts';
import { FILL_OPTIONS_SHIFT } from '../event/op.ts';
import { WSA } from '../model/winsock-error.ts';
import { OPTION_BIT } from '../stack/option-rules.ts';
import type { AddressId, SocketId } from '../stack/socket-stack.ts';
import * as word from '../stack/socket-state.ts';
import { codeWords } from './call-words.ts';
import type { KindId } from './kinds.ts';
import { namedKind } from './named-reasons.ts';
import type { Row } from './row.ts';
import type { ToldNumbers } from './told-numbers.ts';
import type { Track } from './track.ts';

/** Codes that may mean that no number is left, on Windows and on Wine. */
const FULL_CODES: ReadonlySet<number> = new Set([WSA.WSAENOBUFS, WSA.WSAEADDRINUSE, WSA.WSAEACCES]);

/** What compares binds. */
export class BindCalls {
  readonly #track: Track;
  readonly #told: ToldNumbers;

  constructor(track: Track, told: ToldNumbers) {
    this.#track = track;
    this.#told = told;
  }

  bind(row: Row): void {
    const { twin, untold, outside } = this.#track;
    const id = twin.id(row.socket);
    const address = twin.address(row.address);
    if (address === 0) return void outside.add(id);
    const before = twin.before(id);
    const host = row.code;
    let model = twin.sockets.bind(id, address, row.port);
    if (model === WSA.WSAEADDRNOTAVAIL && host === 0 && this.#track.real) {
      // An address the host got after its facts were read.
      twin.addAddress(address);
      model = twin.sockets.bind(id, address, row.port);
    }
    if (host === 0 && model === 0) {
      if (row.port === 0) {
        const where = this.#track.where(row);
        untold.set(id, { before, byConnect: false, where, none: false, noted: false });
      } else twin.holders.put(id);
      return;
    }
    if (host === model) return;
    if (model === 0) twin.unbind(id, before);
    if (row.port === 0) this.#wildcardDiffers(row, id, address, model);
    else this.#namedDiffers(row, id, address, model);
  }

  /** A row of a simulated fill: so many sockets, bound to consecutive wildcard ports. */
  fill(row: Row, kind: number, process: number): void {
    const { twin, outside } = this.#track;
    const address = twin.address(row.address);
    const options = kind >>> FILL_OPTIONS_SHIFT;
    const state = word.stateOf(kind & 3, options, process);
    for (let i = 0; i < row.value; i++) {
      const id = twin.table.add(state, 0);
      twin.name(row.socket + i, id);
      const slot = address === 0 ? -1 : twin.binder.places.usableSlot(address);
      if (slot < 0) outside.add(id);
      else this.#told.take(row, id, address, row.port + i);
    }
  }

  #wildcardDiffers(row: Row, id: SocketId, address: AddressId, model: number): void {
    const { twin, untold, reasons } = this.#track;
    const slot = twin.binder.places.usableSlot(address);
    const host = row.code;
    if (host === 0) {
      const full = FULL_CODES.has(model);
      if (!full) this.#noteCode(row, id, this.#addressKind(id, address, host, model), model);
      if (twin.isBound(id)) return void this.#track.outside.add(id);
      const where = this.#track.where(row);
      const now = twin.before(id);
      untold.set(id, { before: now, byConnect: false, where, none: true, noted: !full });
      return;
    }
    if (model === 0 && FULL_CODES.has(host)) {
      const reason = reasons.refused(id, slot);
      this.#track.note(row, reason.kind, id, () => ({
        host: codeWords(host),
        model: reason.model,
      }));
      return;
    }
    const exhausted = FULL_CODES.has(host) && FULL_CODES.has(model);
    const kind = !exhausted
      ? this.#addressKind(id, address, host, model)
      : reasons.starves(id, slot)
        ? 'starvation-code'
        : 'exhaustion-code';
    this.#noteCode(row, id, kind, model);
  }

  #namedDiffers(row: Row, id: SocketId, address: AddressId, model: number): void {
    const { twin, outside } = this.#track;
    const host = row.code;
    const { port } = row;
    const bound = twin.isBound(id);
    const odd = bound || twin.binder.familyError(twin.table.state(id), address) !== 0;
    const kind = odd
      ? this.#addressKind(id, address, host, model)
      : namedKind(twin, { id, address, port, host, model });
    this.#noteCode(row, id, kind, model);
    if (host !== 0) return;
    const mode = modeOfBits(word.optionsOfState(twin.table.state(id)));
    if (bound || !twin.force(id, address, port, traitsOf(KIND.explicit, mode))) outside.add(id);
    else twin.holders.put(id);
  }

  /** A difference that is not about who holds what. */
  #addressKind(id: SocketId, address: AddressId, host: number, model: number): KindId {
    const { twin } = this.#track;
    const state = twin.table.state(id);
    if (state !== 0 && twin.binder.familyError(state, address) !== 0) return 'wrong-family-code';
    const lacking = host === WSA.WSAEADDRNOTAVAIL || model === WSA.WSAEADDRNOTAVAIL;
    return lacking ? 'address-code' : 'bind-code';
  }

  #noteCode(row: Row, id: SocketId, kind: KindId, model: number): void {
    this.#track.note(row, kind, id, () => ({ host: codeWords(row.code), model: codeWords(model) }));
  }
}

function modeOfBits(bits: number): 0 | 1 | 2 {
  if ((bits & OPTION_BIT.SO_REUSEADDR) !== 0) return MODE.reuse;
  return (bits & OPTION_BIT.SO_EXCLUSIVEADDRUSE) !== 0 ? MODE.exclusive : MODE.default;
}
