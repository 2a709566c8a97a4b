import { OP, type Op } from '../event/op.ts';
import type { Family, Protocol } from '../model/protocol.ts';
import type { SocketOption } from '../model/socket-option.ts';
import { WSA } from '../model/winsock-error.ts';
import { CONNECT_PATIENCE_NS } from './socket-owner.ts';
import type { Connected, ConnectRequest, Opened, OpenRequest } from './socket-owner.ts';
import type { CloseHow, ProcessNumber, SocketId, SocketStack } from './socket-stack.ts';

/** How long calls follow each other before somebody else has a turn, ns. */
const SLICE_NS = 20e6;

/** What an owner's calls need around them. */
export interface OwnerTurn {
  /** Lets everybody else have a turn. @param pauseMs waits at least so long, where time is real */
  breathe(pauseMs?: number): Promise<void>;
  /** Whether the run is to stop: what goes on ends early then, and says what it did. */
  stopped(): boolean;
}

type Refused = NonNullable<Opened['refused']>;

/** The calls of an owner, made on a stack; wherever that stack is. */
export class OwnerCalls {
  readonly #stack: SocketStack;
  readonly #process: ProcessNumber;
  readonly #turn: OwnerTurn;

  /** @param process as the stack numbers it */
  constructor(stack: SocketStack, process: ProcessNumber, turn: OwnerTurn) {
    this.#stack = stack;
    this.#process = process;
    this.#turn = turn;
  }

  async open(request: OpenRequest): Promise<Opened> {
    const bound: { socket: SocketId; port: number }[] = [];
    const slice = this.#slice();
    while (bound.length < request.count && !this.#turn.stopped()) {
      const one = this.#openOne(request);
      if ('code' in one) return { bound, refused: one };
      bound.push(one);
      await slice();
    }
    return { bound, refused: null };
  }

  async names(sockets: readonly SocketId[]): Promise<readonly number[]> {
    const names: number[] = [];
    const slice = this.#slice();
    for (const socket of sockets) {
      names.push(this.#stack.getsockname(socket));
      await slice();
    }
    return names;
  }

  /** All of them, even when the run is to stop. */
  async close(sockets: readonly SocketId[], how?: CloseHow): Promise<void> {
    const slice = this.#slice();
    for (const socket of sockets) {
      this.#stack.close(socket, how);
      await slice();
    }
  }

  async connect(request: ConnectRequest): Promise<Connected> {
    const fresh = request.socket === null ? this.#make(request, request.options ?? []) : null;
    if (fresh !== null && typeof fresh !== 'number')
      return { socket: 0, port: 0, code: fresh.code };
    const socket = fresh ?? request.socket ?? 0;
    const deadline = this.#stack.now() + CONNECT_PATIENCE_NS;
    let code = this.#stack.connect(socket, request.remote, request.port);
    while (code === WSA.WSAEWOULDBLOCK && this.#stack.now() < deadline && !this.#turn.stopped()) {
      await this.#turn.breathe();
      code = this.#stack.connect(socket, request.remote, request.port);
    }
    if (code !== 0 && fresh !== null) {
      this.#stack.close(socket, 'abort');
      return { socket: 0, port: 0, code };
    }
    return { socket, port: Math.max(this.#stack.getsockname(socket), 0), code };
  }

  #openOne(request: OpenRequest): { socket: SocketId; port: number } | Refused {
    const { address, port = 0, keep, how } = request;
    const socket = this.#make(request, request.options);
    if (typeof socket !== 'number') return socket;
    const code = this.#stack.bind(socket, address, port);
    if (code !== 0) return this.#refused(socket, OP.bind, code);
    const name = this.#stack.getsockname(socket);
    if (name < 0) return this.#refused(socket, OP.getsockname, -name);
    if (!keep) this.#stack.close(socket, how);
    return { socket, port: name };
  }

  /** A socket with these options set; the read-back may fail (Wine: 10042), which is a fact and no refusal. */
  #make(
    { protocol, family }: { readonly protocol: Protocol; readonly family: Family },
    options: readonly SocketOption[],
  ): SocketId | Refused {
    const socket = this.#stack.socket(protocol, family, this.#process);
    if (socket < 0) return { op: OP.socket, code: -socket };
    for (const option of options) {
      const code = this.#stack.setsockopt(socket, option, 1);
      if (code !== 0) return this.#refused(socket, OP.setsockopt, code);
      this.#stack.getsockopt(socket, option);
    }
    return socket;
  }

  #refused(socket: SocketId, op: Op, code: number): Refused {
    this.#stack.close(socket);
    return { op, code };
  }

  /** A function to call after each step: it gives others a turn when the slice is used up. */
  #slice(): () => Promise<void> {
    let until = this.#stack.now() + SLICE_NS;
    return async () => {
      if (this.#stack.now() < until) return;
      await this.#turn.breathe();
      until = this.#stack.now() + SLICE_NS;
    };
  }
}
