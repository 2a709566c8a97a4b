import { wildcardAddress } from '#engine/model/address.ts';
import type { Family, Protocol } from '#engine/model/protocol.ts';
import type { SocketId, SocketStack } from '#engine/stack/socket-stack.ts';
import { noPorts } from './canary.ts';

/**
 * Ports held from before the run's first socket, to be given back before anything else when the host
 * runs short. Bound to the wildcard address: each number is then free on every address at once.
 */
export class Ballast {
  readonly #stack: SocketStack;
  #sockets: SocketId[] = [];

  constructor(stack: SocketStack) {
    this.#stack = stack;
  }

  /** @throws LabError refused where the host has not so many */
  take(
    count: number,
    protocol: Protocol,
    family: Family,
    where: string = wildcardAddress(family),
  ): void {
    const address = this.#stack.intern(where);
    for (let i = 0; i < count; i++) {
      const socket = this.#stack.socket(protocol, family);
      const code = socket < 0 ? -socket : this.#stack.bind(socket, address, 0);
      if (code !== 0) throw noPorts(`for its ballast (${i} of ${count} held)`, code);
      this.#sockets.push(socket);
    }
  }

  drop(): void {
    for (const socket of this.#sockets) this.#stack.close(socket);
    this.#sockets = [];
  }
}
