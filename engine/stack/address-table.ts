import type { IpAddress } from '../model/address.ts';
import { parseAddress } from '../model/address.ts';
import type { AddressId } from './socket-stack.ts';

const MOST_ADDRESSES = 65_535;

/** A run's addresses, numbered from 1 in order of use. */
export class AddressTable {
  /** Canonical text by id; '' at 0. */
  readonly texts: string[] = [''];
  readonly #parsed: (IpAddress | undefined)[] = [undefined];
  readonly #ids = new Map<string, AddressId>();

  /** @throws RangeError when the text is no address, or 65,535 are in the table (event rows have 16 bits) */
  intern(text: string): AddressId {
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const address = parseAddress(text);
    if (address === undefined) throw new RangeError(`no IP address: ${text}`);
    let id = this.#ids.get(address.text);
    if (id === undefined) {
      id = this.texts.length;
      if (id > MOST_ADDRESSES) throw new RangeError(`more than ${MOST_ADDRESSES} addresses`);
      this.texts.push(address.text);
      this.#parsed.push(address);
      this.#ids.set(address.text, id);
    }
    return id;
  }

  /** @throws RangeError for an id the table doesn't have */
  at(id: AddressId): IpAddress {
    const address = this.#parsed[id];
    if (address === undefined) throw new RangeError(`no address has id ${id}`);
    return address;
  }
}
