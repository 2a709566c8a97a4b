import type { BindMode } from '../../model/bind-mode.ts';

/** Where a socket of a pair is bound: on the wildcard address, the first specific one, or another. */
export type BindOn = 'wildcard' | 'specific' | 'other';

export interface CellSide {
  readonly mode: BindMode;
  readonly on: BindOn;
}

/** What a second bind answered where the first held the number. */
export interface MatrixCell {
  readonly first: CellSide;
  readonly second: CellSide;
  /** What at least two numbers answered, and more than any other answer; null where none did. */
  readonly code: number | null;
  /** On how many numbers it was tried cleanly: the second bind succeeds right before and after. */
  readonly clean: number;
}

export interface BindMatrixEvidence {
  readonly cells: readonly MatrixCell[];
  /** The numbers that were used. */
  readonly numbers: readonly number[];
  /** Code of a bind to an address of the other family; null where there was no socket. */
  readonly wrongFamily: number | null;
  /** Dual-stack sockets, by cell name; only those that could be tried. */
  readonly dual: Readonly<Record<string, number>>;
}

/** `default-wildcard.reuse-specific`: the first, then the second. */
export function cellName({ first, second }: Pick<MatrixCell, 'first' | 'second'>): string {
  return `${first.mode}-${first.on}.${second.mode}-${second.on}`;
}
