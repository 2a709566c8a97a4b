import { parseAddress } from '#engine/model/address.ts';
import type { AddressId } from '#engine/stack/socket-stack.ts';
import { addressText, sameAddress, sockaddrOf } from '../layout/sockaddr.ts';

/** A run's addresses, each with its socket address ready for a call. */
export class AddressTable {
  /** Texts by id; entry 0 is ''. */
  readonly texts: string[] = [''];
  readonly #sockaddrs: Buffer[] = [];
  readonly #ids = new Map<string, AddressId>();

  /** @throws RangeError when the text is no address */
  intern(text: string): AddressId {
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const address = parseAddress(text);
    if (address === undefined) throw new RangeError(`${text} is no IP address`);
    const same = this.#ids.get(address.text);
    if (same !== undefined) return same;
    const id = this.texts.length;
    this.texts.push(address.text);
    this.#sockaddrs[id] = sockaddrOf(address);
    this.#ids.set(address.text, id);
    return id;
  }

  /**
   * The table's own socket address: write the port you need into it, right before the call.
   * @throws RangeError for an id that was never given
   */
  sockaddr(id: AddressId): Buffer {
    const sockaddr = this.#sockaddrs[id];
    if (sockaddr === undefined) throw new RangeError(`address ${id} is not in the table`);
    return sockaddr;
  }

  /**
   * The id of an address Winsock gave, interned if new.
   * @param guess the id it most likely has; 0 for none
   */
  idOf(sockaddr: Buffer, guess: AddressId): AddressId {
    const guessed = this.#sockaddrs[guess];
    if (guessed !== undefined && sameAddress(guessed, sockaddr)) return guess;
    const text = addressText(sockaddr);
    return text === undefined ? 0 : this.intern(text);
  }
}
