import { setTimeout as sleep } from 'node:timers/promises';
import { wildcardAddress } from '#engine/model/address.ts';
import { LabError } from '#engine/model/lab-error.ts';
import type { Family, Protocol } from '#engine/model/protocol.ts';
import { WSA, describeCode } from '#engine/model/winsock-error.ts';
import type { AddressId, SocketId, SocketStack } from '#engine/stack/socket-stack.ts';

/** How long a connect on this very host may take, ns. */
const CONNECT_NS = 500e6;
const BACKLOG = 16;

/** What an ordinary application would be told: 0, or the code of the call that failed. */
export interface Look {
  readonly bind: number;
  readonly connect: number;
}

/**
 * An ordinary application: no option, any port. Its bind is to the wildcard address, which needs a
 * number that is free on every address; its connect goes to a listener of its own on this host, and
 * is reset at once, so that it leaves nothing in TIME_WAIT.
 */
export class Canary {
  /** Port of its listener. */
  readonly port: number;
  readonly #stack: SocketStack;
  readonly #protocol: Protocol;
  readonly #family: Family;
  readonly #address: AddressId;
  readonly #wildcard: AddressId;
  readonly #listener: SocketId;

  /**
   * @param address where it listens: one the host has
   * @throws LabError refused where it can't: the host has no port left, or lacks the address
   */
  constructor(stack: SocketStack, protocol: Protocol, family: Family, address: string) {
    this.#stack = stack;
    this.#protocol = protocol;
    this.#family = family;
    this.#address = stack.intern(address);
    this.#wildcard = stack.intern(wildcardAddress(family));
    this.#listener = stack.socket(protocol, family);
    this.port = this.#listen();
    if (this.port < 0) throw noPorts(`to listen on ${address}`, -this.port);
  }

  /** @returns the port, or a negated error */
  #listen(): number {
    const socket = this.#listener;
    if (socket < 0) return socket;
    const code = this.#stack.bind(socket, this.#address, 0);
    if (code !== 0) return -code;
    const listening = this.#protocol === 'tcp' ? this.#stack.listen(socket, BACKLOG) : 0;
    return listening === 0 ? this.#stack.getsockname(socket) : -listening;
  }

  async look(): Promise<Look> {
    return { bind: this.#bind(), connect: await this.#connect() };
  }

  #bind(): number {
    const socket = this.#stack.socket(this.#protocol, this.#family);
    if (socket < 0) return -socket;
    const code = this.#stack.bind(socket, this.#wildcard, 0);
    this.#stack.close(socket);
    return code;
  }

  async #connect(): Promise<number> {
    const stack = this.#stack;
    const socket = stack.socket(this.#protocol, this.#family);
    if (socket < 0) return -socket;
    const deadline = stack.now() + CONNECT_NS;
    let code = stack.connect(socket, this.#address, this.port);
    while (code === WSA.WSAEWOULDBLOCK && stack.now() < deadline) {
      await sleep(1);
      code = stack.connect(socket, this.#address, this.port);
    }
    stack.close(socket, 'abort');
    if (this.#protocol === 'tcp') this.#dropAccepted();
    // A host too slow to answer itself in time has ports all the same.
    return code === WSA.WSAEWOULDBLOCK ? 0 : code;
  }

  #dropAccepted(): void {
    for (;;) {
      const accepted = this.#stack.accept(this.#listener);
      if (accepted < 0) return;
      this.#stack.close(accepted, 'abort');
    }
  }
}

/** @param what the host had no port for */
export function noPorts(what: string, code: number): LabError {
  return new LabError(
    'refused',
    `before the run began, the guard got no port ${what}: ${describeCode(code)}`,
    'this host is short of ports already: portlab doctor says who holds them',
  );
}
