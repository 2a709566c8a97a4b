import type { CellSide, MatrixCell } from '../../claim/rules/bind-matrix-evidence.ts';
import { cellName } from '../../claim/rules/bind-matrix-evidence.ts';
import { BIND_MODES } from '../../model/bind-mode.ts';
import type { AddressId } from '../../stack/socket-stack.ts';
import { openNamedPort, tryNamedPort, type BindPlace } from './explicit-attempts.ts';

/** A pair of binds of one number. */
export interface CellPair {
  readonly first: CellSide;
  readonly second: CellSide;
}

/** Where the sides of a pair are. */
export type MatrixPlaces = Readonly<Record<CellSide['on'], AddressId>>;

/** Times a code must be seen before it is a cell's. */
const ALIKE = 2;

/** Every first and second in three modes on a specific and on the wildcard address, and on two specific ones. */
export const CELL_PAIRS: readonly CellPair[] = BIND_MODES.flatMap((held) =>
  (['wildcard', 'specific'] as const).flatMap((on) =>
    BIND_MODES.flatMap((mode) =>
      (on === 'wildcard'
        ? (['wildcard', 'specific'] as const)
        : (['wildcard', 'specific', 'other'] as const)
      ).map((at) => ({ first: { mode: held, on }, second: { mode, on: at } })),
    ),
  ),
);

/**
 * The answer of a second bind while the first holds the number: null unless the second alone
 * succeeds right before and right after, so that nobody else was in its way.
 */
export function tryCell(
  place: BindPlace,
  { first, second }: CellPair,
  places: MatrixPlaces,
  port: number,
): number | null {
  const alone = (): boolean => tryNamedPort(place, second.mode, places[second.on], port) === 0;
  if (!alone()) return null;
  const holder = openNamedPort(place, first.mode, places[first.on], port);
  if (holder.socket === null) return null;
  const code = tryNamedPort(place, second.mode, places[second.on], port);
  const still = place.stack.getsockname(holder.socket) === port;
  place.stack.close(holder.socket);
  return still && alone() ? code : null;
}

/** What was seen of every cell so far. */
export class CellCounts {
  readonly #codes = new Map<string, number[]>();

  saw(pair: CellPair, code: number): void {
    const name = cellName(pair);
    this.#codes.set(name, [...(this.#codes.get(name) ?? []), code]);
  }

  isSettled(pair: CellPair): boolean {
    return this.#codeOf(pair) !== null;
  }

  get cells(): MatrixCell[] {
    return CELL_PAIRS.map((pair) => ({
      ...pair,
      code: this.#codeOf(pair),
      clean: this.#codes.get(cellName(pair))?.length ?? 0,
    }));
  }

  /** The code seen most often, if it was seen often enough and no other as often. */
  #codeOf(pair: CellPair): number | null {
    const times = new Map<number, number>();
    for (const code of this.#codes.get(cellName(pair)) ?? []) {
      times.set(code, (times.get(code) ?? 0) + 1);
    }
    const [most, next] = [...times].toSorted((a, b) => b[1] - a[1]);
    if (most === undefined || most[1] < ALIKE || most[1] === next?.[1]) return null;
    return most[0];
  }
}
