import type { ClaimId } from '../claim/claims.ts';
import type { EventBatch } from '../event/event-batch.ts';
import { FILL_OPTIONS_SHIFT, OP } from '../event/op.ts';
import { SOCKET_OPTION_NAMES, type SocketOption, optionTag } from '../model/socket-option.ts';
import { WSA } from '../model/winsock-error.ts';
import { RecentSockets, SOCKET } from './recent-sockets.ts';

const PORT_SCALABILITY = optionTag('SO_PORT_SCALABILITY');
const REUSE_UNICASTPORT = optionTag('SO_REUSE_UNICASTPORT');

/** What tells that no number is left: Windows' code, and Wine's for the same. */
const NO_PORT = {
  bind: new Set<number>([WSA.WSAENOBUFS, WSA.WSAEADDRINUSE]),
  connect: new Set<number>([WSA.WSAENOBUFS, WSA.WSAEADDRNOTAVAIL]),
} as const;

/** Told of each row that bears on a claim; the first of each is of interest. */
type Show = (claim: ClaimId) => void;

/** Which claims a row bears on, by itself and by what was called on its socket before. */
export class ClaimRows {
  readonly #isWildcard: (address: number) => boolean;
  readonly #show: Show;
  readonly #sockets = new RecentSockets();
  /** Sockets got ports through the option since the arm began. */
  #optionBound = false;
  #process = 0;
  /** What is remembered of sockets that fill rows stand for. */
  #fillBits: number = SOCKET.bound;

  /** @param isWildcard whether an address id of the run is a wildcard address */
  constructor(isWildcard: (address: number) => boolean, show: Show) {
    this.#isWildcard = isWildcard;
    this.#show = show;
  }

  beginArm(): void {
    this.#optionBound = false;
  }

  /** @param failed as `isFailedCall` has it */
  take(batch: EventBatch, row: number, failed: boolean): void {
    const socket = batch.socket[row]!;
    switch (batch.op[row]) {
      case OP.socket:
        if (!failed) this.#sockets.add(socket);
        break;
      case OP.setsockopt:
        if (batch.value[row] !== 0) this.#set(socket, batch.port[row]!, failed);
        break;
      case OP.bind:
        this.#bind(batch, row, failed);
        break;
      case OP.connect:
        this.#connect(socket, failed && NO_PORT.connect.has(batch.code[row]!));
        break;
      case OP.getsockname:
        if (!failed) this.#held(this.#sockets.of(socket), batch.address[row]!);
        break;
      case OP.fillOf:
        this.#fillBits = fillBits(batch.value[row]!);
        break;
      case OP.fill:
        if (!failed) this.#fill(batch, row);
        break;
      case OP.reserve:
      case OP.associate:
        this.#show('own-pool');
        break;
      case OP.process:
        this.#process = batch.value[row]!;
        break;
    }
  }

  #set(socket: number, option: number, failed: boolean): void {
    if (option !== PORT_SCALABILITY && option !== REUSE_UNICASTPORT) return;
    const [mine, other] =
      option === PORT_SCALABILITY
        ? [SOCKET.option, SOCKET.unicast]
        : [SOCKET.unicast, SOCKET.option];
    const known = this.#sockets.of(socket);
    const isBound = (known & SOCKET.bound) !== 0;
    if ((known & other) !== 0) this.#show('PS-9');
    if (mine === SOCKET.option) this.#show('platform');
    if (mine === SOCKET.option && isBound) this.#show('PS-6');
    // Set too late it does nothing.
    if (!failed && !isBound) this.#sockets.mark(socket, mine);
  }

  #bind(batch: EventBatch, row: number, failed: boolean): void {
    const socket = batch.socket[row]!;
    const withOption = (this.#sockets.of(socket) & SOCKET.option) !== 0;
    const wildcardPort = batch.port[row] === 0;
    this.#asked(withOption, wildcardPort, batch.address[row]!);
    if (failed && wildcardPort && !withOption && NO_PORT.bind.has(batch.code[row]!)) {
      this.#show(this.#optionBound ? 'PS-5' : 'PS-1');
    }
    if (!failed) this.#sockets.mark(socket, SOCKET.bound | (wildcardPort ? 0 : SOCKET.named));
  }

  /** Sockets bound to wildcard ports, as many as the row says. */
  #fill(batch: EventBatch, row: number): void {
    const bits = this.#fillBits;
    const address = batch.address[row]!;
    const withOption = (bits & SOCKET.option) !== 0;
    if (withOption) this.#show('platform');
    if (withOption && (bits & SOCKET.unicast) !== 0) this.#show('PS-9');
    this.#asked(withOption, true, address);
    this.#sockets.addMany(batch.socket[row]!, batch.value[row]!, bits);
    this.#held(bits, address);
  }

  #asked(withOption: boolean, wildcardPort: boolean, address: number): void {
    if (withOption && (!wildcardPort || this.#isWildcard(address))) this.#show('PS-7');
    if (!withOption && wildcardPort && this.#optionBound) this.#show('PS-4');
  }

  #connect(socket: number, noPort: boolean): void {
    const known = this.#sockets.of(socket);
    if ((known & SOCKET.unicast) !== 0) this.#show('prefer-unicast');
    const plain = (known & (SOCKET.bound | SOCKET.option)) === 0;
    if (plain && noPort && this.#optionBound) this.#show('PS-5');
  }

  /** @param known what is known of a socket that has a port now */
  #held(known: number, address: number): void {
    const through = (known & (SOCKET.option | SOCKET.named)) === SOCKET.option;
    if (!through || this.#isWildcard(address)) return;
    this.#optionBound = true;
    if (this.#process !== 0) this.#show('PS-8');
  }
}

/** What a `fillOf` row says of the sockets to come. */
function fillBits(value: number): number {
  const isOn = (option: SocketOption): boolean =>
    ((value >>> (FILL_OPTIONS_SHIFT + SOCKET_OPTION_NAMES.indexOf(option))) & 1) !== 0;
  return (
    SOCKET.bound |
    (isOn('SO_PORT_SCALABILITY') ? SOCKET.option : 0) |
    (isOn('SO_REUSE_UNICASTPORT') ? SOCKET.unicast : 0)
  );
}
