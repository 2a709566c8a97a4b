import { SOCKET_OPTION_NAMES, type SocketOption, optionTag } from '../model/socket-option.ts';
import { WSA } from '../model/winsock-error.ts';
import { OPTION_BIT } from '../stack/option-rules.ts';
import type { SocketId } from '../stack/socket-stack.ts';
import * as word from '../stack/socket-state.ts';
import { codeWords } from './call-words.ts';
import type { KindId } from './kinds.ts';
import type { Row } from './row.ts';
import type { Track } from './track.ts';

const OPTIONS = new Map<number, SocketOption>(
  SOCKET_OPTION_NAMES.map((name) => [optionTag(name), name]),
);
const PORT_OPTIONS: ReadonlySet<SocketOption> = new Set([
  'SO_RANDOMIZE_PORT',
  'SO_PORT_SCALABILITY',
  'SO_REUSE_UNICASTPORT',
]);

/** What compares options and port reservations. */
export class OtherCalls {
  readonly #track: Track;

  constructor(track: Track) {
    this.#track = track;
  }

  set(row: Row): void {
    const { twin } = this.#track;
    const id = twin.id(row.socket);
    const option = OPTIONS.get(row.port);
    if (option === undefined) return;
    const before = twin.table.state(id);
    const model = twin.sockets.set(id, option, row.value);
    if (model === row.code) return;
    this.#noteCode(row, id, setKind(option, before, row.code, model), model);
    if (before === 0) return;
    const bits = word.optionsOfState(before);
    const bit = OPTION_BIT[option];
    if (row.code !== 0) twin.table.setState(id, word.withOptions(twin.table.state(id), bits));
    else this.#setBits(id, row.value === 0 ? bits & ~bit : bits | bit);
  }

  get(row: Row): void {
    const { twin } = this.#track;
    const id = twin.id(row.socket);
    const option = OPTIONS.get(row.port);
    if (option === undefined) return;
    const value = twin.sockets.get(id, option);
    const model = Math.max(0, -value);
    if (model !== row.code) {
      const unreadable = row.code === WSA.WSAENOPROTOOPT || model === WSA.WSAENOPROTOOPT;
      const kind: KindId =
        !unreadable || !PORT_OPTIONS.has(option)
          ? 'getsockopt-code'
          : model === 0
            ? 'option-unreadable'
            : 'option-readable';
      this.#noteCode(row, id, kind, model);
      return;
    }
    if (row.code !== 0 || (row.value === 0) === (value === 0)) return;
    this.#track.note(row, 'option-value', id, () => ({
      host: String(row.value),
      model: String(value),
    }));
    const bits = word.optionsOfState(twin.table.state(id));
    const bit = OPTION_BIT[option];
    this.#setBits(id, row.value === 0 ? bits & ~bit : bits | bit);
  }

  reserve(row: Row): void {
    const { twin, outside } = this.#track;
    const id = twin.id(row.socket);
    const model = twin.sockets.reserve(id, row.port, row.value);
    const code = Math.max(0, -model);
    if (code === row.code) return;
    this.#noteCode(row, id, 'reservation-code', code);
    if (code === 0) twin.sockets.blocks.close(id);
    else outside.add(id);
  }

  associate(row: Row): void {
    const { twin, outside } = this.#track;
    const id = twin.id(row.socket);
    const persistent = row.port !== 0;
    const holder = persistent ? 0 : twin.id(row.value);
    const model = persistent
      ? twin.sockets.associatePersistent(id, row.port, row.value)
      : twin.sockets.associate(id, holder);
    if (model === row.code) return;
    this.#noteCode(row, id, 'reservation-code', model);
    if (model === 0) twin.sockets.blocks.dissociate(id);
    else if (row.code === 0) outside.add(id);
  }

  #setBits(id: SocketId, bits: number): void {
    const { table } = this.#track.twin;
    table.setState(id, word.withOptions(table.state(id), bits));
  }

  #noteCode(row: Row, id: SocketId, kind: KindId, model: number): void {
    this.#track.note(row, kind, id, () => ({ host: codeWords(row.code), model: codeWords(model) }));
  }
}

/** What two different answers to setsockopt are about. @param before the socket's state */
function setKind(option: SocketOption, before: number, host: number, model: number): KindId {
  const unknown = host === WSA.WSAENOPROTOOPT || model === WSA.WSAENOPROTOOPT;
  if (unknown && option === 'SO_PORT_SCALABILITY') {
    return model === 0 ? 'option-refused' : 'option-accepted';
  }
  if (unknown && option === 'SO_REUSE_UNICASTPORT') {
    return model === 0 ? 'unicast-port-unknown' : 'unicast-port-known';
  }
  if (host !== WSA.WSAEINVAL && model !== WSA.WSAEINVAL) return 'setsockopt-code';
  const bits = word.optionsOfState(before);
  const has = (name: SocketOption): boolean => (bits & OPTION_BIT[name]) !== 0;
  if (option === 'SO_RANDOMIZE_PORT' && has('SO_REUSE_UNICASTPORT')) {
    return 'randomize-with-unicast-port';
  }
  if (option === 'SO_PORT_SCALABILITY') {
    if (has('SO_REUSE_UNICASTPORT')) return 'port-options-together';
    if (has('SO_EXCLUSIVEADDRUSE')) return 'exclusive-with-option';
    if ((before & word.FLAG.bound) !== 0) return 'late-option-code';
  }
  if (option === 'SO_REUSE_UNICASTPORT' && has('SO_PORT_SCALABILITY')) {
    return 'port-options-together';
  }
  if (option === 'SO_EXCLUSIVEADDRUSE' && has('SO_PORT_SCALABILITY')) {
    return 'exclusive-with-option';
  }
  return 'setsockopt-code';
}
