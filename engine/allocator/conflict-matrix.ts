import { WSA } from '../model/winsock-error.ts';
import type { ConflictRows } from './conflict-tables.ts';
import type { Mode } from './holder.ts';
import { MODE_COUNT } from './holder.ts';

const CODES: Readonly<Record<string, number>> = { S: 0, U: WSA.WSAEADDRINUSE, A: WSA.WSAEACCES };
const COLUMNS = MODE_COUNT * 2;

/** A conflict table (conflict-tables.ts) ready to be asked. */
export class ConflictMatrix {
  readonly #codes: Uint16Array;

  /** The address doesn't matter: holders on any are asked about. */
  readonly onAnyAddress: boolean;

  /** @throws RangeError for a cell that is none of S, U, A */
  constructor(rows: ConflictRows, onAnyAddress = false) {
    this.onAnyAddress = onAnyAddress;
    this.#codes = Uint16Array.from(rows.join(' ').split(' '), (cell) => {
      const code = CODES[cell];
      if (code === undefined) throw new RangeError(`conflict table: cell ${cell}`);
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
