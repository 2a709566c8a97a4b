import { WSA } from '../model/winsock-error.ts';
import type { Mode } from './holder.ts';
import { MODE_COUNT } from './holder.ts';

/**
 * Who may bind explicitly to a port somebody holds. A row for the holder, a column for the second
 * bind, both in the order default/W, default/S, reuse/W, reuse/S, exclusive/W, exclusive/S.
 * W: wildcard address; S: a specific address (the same one when both are). Two different specific
 * addresses never conflict. S succeeds, U is WSAEADDRINUSE, A is WSAEACCES.
 */
interface ConflictTable {
  readonly version: string;
  readonly sameUser: readonly string[];
}

/**
 * "Using SO_REUSEADDR and SO_EXCLUSIVEADDRUSE", Windows Server 2003 and later, same user account
 * (text of 2021). Public tests say that real hosts differ in places; a table of a measured one
 * would stand beside this under its own version.
 */
const DOC_2021: ConflictTable = {
  version: 'doc-2021',
  sameUser: [
    'U S A S U S', // default/W holds
    'S U S A U U', // default/S
    'U S S S U S', // reuse/W
    'S U S S U U', // reuse/S
    'U A A A U A', // exclusive/W
    'S U S A U U', // exclusive/S
  ],
};

const CODES: Readonly<Record<string, number>> = { S: 0, U: WSA.WSAEADDRINUSE, A: WSA.WSAEACCES };
const COLUMNS = MODE_COUNT * 2;

/** A conflict table ready to be asked. */
export class ConflictMatrix {
  readonly version: string;
  readonly #codes: Uint16Array;

  constructor(table: ConflictTable = DOC_2021) {
    this.version = table.version;
    this.#codes = Uint16Array.from(table.sameUser.join(' ').split(' '), (cell) => {
      const code = CODES[cell];
      if (code === undefined) throw new RangeError(`conflict table ${table.version}: cell ${cell}`);
      return code;
    });
  }

  /** 0, or the error of a second bind over a holder that conflicts. */
  code(held: Mode, heldWildcard: boolean, second: Mode, secondWildcard: boolean): number {
    const row = held * 2 + (heldWildcard ? 0 : 1);
    return this.#codes[row * COLUMNS + second * 2 + (secondWildcard ? 0 : 1)]!;
  }

  /** Whether a wildcard-address bind in this mode can fail because of holders on specific addresses. */
  minds(second: Mode): boolean {
    for (let row = 1; row < COLUMNS; row += 2) {
      if (this.#codes[row * COLUMNS + second * 2] !== 0) return true;
    }
    return false;
  }
}
