import { ConflictMatrix } from '../../allocator/conflict-matrix.ts';
import { CONFLICT_TABLES, type ConflictRows } from '../../allocator/conflict-tables.ts';
import { MODE } from '../../allocator/holder.ts';
import { BIND_MODES } from '../../model/bind-mode.ts';
import type { Protocol } from '../../model/protocol.ts';
import { WSA } from '../../model/winsock-error.ts';
import { cellName, type CellSide, type MatrixCell } from './bind-matrix-evidence.ts';

/** The tables that ship with the lab: the values of the switch `bindMatrix`. */
export type TableName = keyof typeof CONFLICT_TABLES;
export const TABLE_NAMES = Object.keys(CONFLICT_TABLES) as TableName[];

/** The cells that a table answers otherwise, among those that are known. */
export function differences(
  cells: readonly MatrixCell[],
  table: TableName,
  protocol: Protocol,
): { readonly cell: MatrixCell; readonly says: number }[] {
  const { tcp, udp, udpOnAnyAddress } = CONFLICT_TABLES[table];
  const matrix = new ConflictMatrix(protocol === 'tcp' ? tcp : udp);
  const onAnyAddress = protocol === 'udp' && udpOnAnyAddress;
  return cells.flatMap((cell) => {
    const { first, second } = cell;
    // Two different specific addresses never conflict, but where the table counts all addresses.
    const apart = second.on === 'other' && !onAnyAddress;
    const says = apart
      ? 0
      : matrix.code(
          MODE[first.mode],
          first.on === 'wildcard',
          MODE[second.mode],
          second.on === 'wildcard',
        );
    return cell.code === null || cell.code === says ? [] : [{ cell, says }];
  });
}

const LETTERS = new Map<number, string>([
  [0, 'S'],
  [WSA.WSAEADDRINUSE, 'U'],
  [WSA.WSAEACCES, 'A'],
]);
const ORDER: readonly CellSide[] = BIND_MODES.flatMap((mode) =>
  (['wildcard', 'specific'] as const).map((on) => ({ mode, on })),
);

/** A measured matrix in the shape of the tables, as a profile can carry it. */
export interface MeasuredRows {
  readonly rows: ConflictRows;
  /** It holds between different specific addresses too. */
  readonly onAnyAddress: boolean;
}

/**
 * A run's measures as a conflict table: null where a cell is missing, answered otherwise than by
 * letting in, 10048 or 10013, or where different specific addresses conflict in some cells only.
 */
export function measuredRows(
  measures: Readonly<Record<string, number>>,
  protocol: Protocol,
): MeasuredRows | null {
  const letter = (first: CellSide, second: CellSide): string | undefined => {
    const name = `${protocol}.${cellName({ first, second })}`;
    return Object.hasOwn(measures, name) ? LETTERS.get(measures[name]!) : undefined;
  };
  const rows = ORDER.map((first) => ORDER.map((second) => letter(first, second)));
  const pairs = BIND_MODES.flatMap((held) =>
    BIND_MODES.map((mode) => [{ mode: held, on: 'specific' }, mode] as const),
  );
  const apart = pairs.map(([first, mode]) => ({
    apart: letter(first, { mode, on: 'other' }),
    same: letter(first, { mode, on: 'specific' }),
  }));
  const never = apart.every((pair) => pair.apart === 'S');
  const always = apart.every((pair) => pair.apart !== undefined && pair.apart === pair.same);
  if (rows.flat().includes(undefined) || (!never && !always)) return null;
  return {
    rows: rows.map((row) => row.join(' ')) as unknown as ConflictRows,
    onAnyAddress: !never,
  };
}
