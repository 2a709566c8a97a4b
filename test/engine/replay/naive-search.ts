import type { ClaimId } from '#engine/claim/claims.ts';
import { MARK } from '#engine/event/mark.ts';
import { FILL_OPTIONS_SHIFT, OP } from '#engine/event/op.ts';
import { optionTag, SOCKET_OPTION_NAMES, type SocketOption } from '#engine/model/socket-option.ts';
import { WSA } from '#engine/model/winsock-error.ts';
import type { KeptEvent } from './kept-events.ts';

/**
 * The rows of a run on which claims can be seen, looked for the slow way: at each row everything before it
 * is read again.
 */
export class NaiveSearch {
  readonly #rows: readonly KeptEvent[];
  readonly #isWildcard: (address: number) => boolean;

  constructor(rows: readonly KeptEvent[], isWildcard: (address: number) => boolean) {
    this.#rows = rows;
    this.#isWildcard = isWildcard;
  }

  /** @returns -1 where there is none */
  first(claim: ClaimId): number {
    return this.#rows.findIndex((row, seq) => this.#shows(claim, row, seq));
  }

  firstFailed(): number {
    return this.#rows.findIndex((row) => row.op !== OP.canary && hasFailed(row));
  }

  firstWith(mark: number, from = 0): number {
    return this.#rows.findIndex(
      ({ op, value }, seq) => seq >= from && op === OP.mark && value === mark,
    );
  }

  #shows(claim: ClaimId, row: KeptEvent, seq: number): boolean {
    const { op, socket, port, value } = row;
    const set = op === OP.setsockopt && value !== 0 ? optionOf(port) : undefined;
    const isFilled = op === OP.fill;
    const fill = isFilled ? this.#fillOptions(seq) : [];
    const wildcardPort = (op === OP.bind && port === 0) || isFilled;
    switch (claim) {
      case 'platform':
        return set === 'SO_PORT_SCALABILITY' || fill.includes('SO_PORT_SCALABILITY');
      case 'PS-6':
        return set === 'SO_PORT_SCALABILITY' && this.#bindOf(socket, seq) !== undefined;
      case 'PS-9': {
        const other =
          set === 'SO_PORT_SCALABILITY'
            ? 'SO_REUSE_UNICASTPORT'
            : set === 'SO_REUSE_UNICASTPORT'
              ? 'SO_PORT_SCALABILITY'
              : undefined;
        return other !== undefined && this.#isOn(other, socket, seq);
      }
      case 'own-pool':
        return op === OP.reserve || op === OP.associate;
      case 'prefer-unicast':
        return op === OP.connect && this.#isOn('SO_REUSE_UNICASTPORT', socket, seq);
      case 'PS-1':
        return this.#isRefusedBind(row, seq) && !this.#optionHeldBefore(seq);
      case 'PS-4':
        return wildcardPort && !this.#asksWithOption(row, seq) && this.#optionHeldBefore(seq);
      case 'PS-5':
        return (
          (this.#isRefusedBind(row, seq) || this.#isRefusedConnect(row, seq)) &&
          this.#optionHeldBefore(seq)
        );
      case 'PS-7':
        return (
          (op === OP.bind || isFilled) &&
          this.#asksWithOption(row, seq) &&
          (!wildcardPort || this.#isWildcard(row.address))
        );
      case 'PS-8':
        return this.#isHeldThroughOption(row, seq) && this.#processAt(seq) !== 0;
      default:
        return false;
    }
  }

  #isRefusedBind(row: KeptEvent, seq: number): boolean {
    const { op, port, code } = row;
    const none = code === WSA.WSAENOBUFS || code === WSA.WSAEADDRINUSE;
    return op === OP.bind && port === 0 && none && !this.#asksWithOption(row, seq);
  }

  #isRefusedConnect({ op, socket, code }: KeptEvent, seq: number): boolean {
    const none = code === WSA.WSAENOBUFS || code === WSA.WSAEADDRNOTAVAIL;
    return (
      op === OP.connect &&
      none &&
      this.#bindOf(socket, seq) === undefined &&
      !this.#isOn('SO_PORT_SCALABILITY', socket, seq)
    );
  }

  #asksWithOption({ op, socket }: KeptEvent, seq: number): boolean {
    return op === OP.fill
      ? this.#fillOptions(seq).includes('SO_PORT_SCALABILITY')
      : this.#isOn('SO_PORT_SCALABILITY', socket, seq);
  }

  /** In this arm a socket has got its port through the option. */
  #optionHeldBefore(seq: number): boolean {
    for (let at = seq - 1; at >= 0; at--) {
      const row = this.#rows[at]!;
      if (row.op === OP.mark && row.value === MARK.armBegin) return false;
      if (this.#isHeldThroughOption(row, at)) return true;
    }
    return false;
  }

  #isHeldThroughOption(row: KeptEvent, seq: number): boolean {
    const { op, socket, address, code } = row;
    if (code !== 0 || this.#isWildcard(address)) return false;
    if (op === OP.fill) return this.#asksWithOption(row, seq);
    if (op !== OP.getsockname) return false;
    return this.#isOn('SO_PORT_SCALABILITY', socket, seq) && this.#bindOf(socket, seq)?.port === 0;
  }

  /** Set before its bind, and not refused; or said of the fill that made it. */
  #isOn(option: SocketOption, socket: number, seq: number): boolean {
    for (let at = seq - 1; at >= 0; at--) {
      const { op, socket: of, port, value, code } = this.#rows[at]!;
      if (op === OP.fill && socket >= of && socket < of + value) {
        return this.#fillOptions(at).includes(option);
      }
      if (of !== socket) continue;
      if (op === OP.socket) return false;
      const wasBound = this.#bindOf(socket, at) !== undefined;
      if (op === OP.setsockopt && optionOf(port) === option && value !== 0 && code === 0) {
        if (!wasBound) return true;
      }
    }
    return false;
  }

  /** The bind that gave a socket its place. */
  #bindOf(socket: number, seq: number): KeptEvent | undefined {
    for (let at = seq - 1; at >= 0; at--) {
      const row = this.#rows[at]!;
      if (row.op === OP.fill && socket >= row.socket && socket < row.socket + row.value) {
        return { ...row, port: 0 };
      }
      if (row.socket !== socket) continue;
      if (row.op === OP.socket) return undefined;
      if (row.op === OP.bind && row.code === 0) return row;
    }
    return undefined;
  }

  #fillOptions(seq: number): readonly SocketOption[] {
    for (let at = seq - 1; at >= 0; at--) {
      const { op, value } = this.#rows[at]!;
      if (op !== OP.fillOf) continue;
      return SOCKET_OPTION_NAMES.filter((_, n) => ((value >> (FILL_OPTIONS_SHIFT + n)) & 1) === 1);
    }
    return [];
  }

  #processAt(seq: number): number {
    for (let at = seq - 1; at >= 0; at--) {
      const { op, value } = this.#rows[at]!;
      if (op === OP.process) return value;
    }
    return 0;
  }
}

export function hasFailed({ op, code }: KeptEvent): boolean {
  const underWay = code === WSA.WSAEWOULDBLOCK || code === WSA.WSAEALREADY;
  return code !== 0 && !(op === OP.connect && underWay);
}

function optionOf(tag: number): SocketOption | undefined {
  return SOCKET_OPTION_NAMES.find((name) => optionTag(name) === tag);
}
