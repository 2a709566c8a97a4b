import { KIND, kindOf } from '../allocator/holder.ts';
import type { AddressId, SocketId } from '../stack/socket-stack.ts';
import * as word from '../stack/socket-state.ts';
import type { Before, Twin } from './twin.ts';

const BUSY = word.FLAG.listening | word.FLAG.connected;

/**
 * Lets a model pick the very numbers the host picked, as far as its own rules allow these: which one of
 * the legal numbers comes next is nobody's promise. So a call that names a number the application was
 * given means the same on both, and where nothing else differs the two tracks are one.
 */
export class HostPicks {
  readonly #twin: Twin;
  /** Sockets for which the model has picked a number the host is still to tell, as they were before. */
  readonly #waiting = new Map<SocketId, Before & { readonly byConnect: boolean }>();

  constructor(twin: Twin) {
    this.#twin = twin;
  }

  /** A call may have let the model pick a number. @param before the socket as it was before it */
  expect(id: SocketId, before: Before, byConnect: boolean): void {
    const chosen = word.portOfLocal(this.#twin.table.local(id)) !== 0;
    if (!chosen || word.portOfLocal(before.local) !== 0) return;
    this.#waiting.set(id, { ...before, byConnect });
  }

  forget(id: SocketId): void {
    this.#waiting.delete(id);
  }

  /** getsockname has told the number the host picked. */
  told(id: SocketId, port: number): void {
    const before = this.#waiting.get(id);
    this.#waiting.delete(id);
    const local = this.#twin.table.local(id);
    const own = word.portOfLocal(local);
    if (before === undefined || port === 0 || own === 0 || own === port) return;
    if (before.byConnect) this.#moveConnected(id, before, port, own);
    else this.#moveBound(id, before, word.addressOfLocal(local), port, own);
  }

  /** Binds a fresh socket to the wildcard port the host gave it. @returns false where the rules forbid that */
  take(id: SocketId, address: AddressId, port: number): boolean {
    const { binder, table } = this.#twin;
    const state = table.state(id);
    const slot = binder.places.usableSlot(address);
    if (slot < 0 || binder.defersChoice(state)) return false;
    return (
      this.#twin.mayHave(id, state, slot, port) &&
      this.#twin.force(id, address, port, this.#twin.traits(id, state, slot))
    );
  }

  #moveBound(id: SocketId, before: Before, address: AddressId, port: number, own: number): void {
    const twin = this.#twin;
    const now = twin.table.state(id);
    if ((now & BUSY) !== 0) return;
    const state = word.withOptions(before.state, word.optionsOfState(now));
    twin.unbind(id, { ...before, state });
    const slot = twin.binder.places.slot(address);
    const traits = twin.traits(id, before.state, slot);
    const allowed = twin.mayHave(id, before.state, slot, port);
    twin.force(id, address, allowed ? port : own, traits);
  }

  #moveConnected(id: SocketId, before: Before, port: number, own: number): void {
    const { table } = this.#twin;
    // Chosen for a connection that was then refused: for no other could it be chosen again.
    const byTuple = kindOf(word.traitsOfState(table.state(id))) === KIND.reuse;
    if (byTuple && table.remote(id) === 0) return;
    if (this.#twin.tellConnected(id, before, port) === null) return;
    this.#twin.tellConnected(id, before, own);
  }
}
