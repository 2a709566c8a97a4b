import { MARK } from '#engine/event/mark.ts';
import { OP } from '#engine/event/op.ts';
import { SOCKET_OPTION_NAMES, optionTag } from '#engine/model/socket-option.ts';
import { ERROR_LOST, WSA } from '#engine/model/winsock-error.ts';
import type { WritableDatabase } from './database.ts';

interface LookupTable {
  readonly table: string;
  readonly key: string;
  readonly names: readonly (readonly [number, string])[];
}

const LOOKUP_TABLES: readonly LookupTable[] = [
  { table: 'op_name', key: 'op', names: named(OP) },
  { table: 'error_name', key: 'code', names: [...named(WSA), [ERROR_LOST, 'error code lost']] },
  {
    table: 'option_name',
    key: 'tag',
    names: SOCKET_OPTION_NAMES.map((name) => [optionTag(name), name] as const),
  },
  { table: 'mark_name', key: 'value', names: named(MARK) },
];

function named(numbers: Readonly<Record<string, number>>): (readonly [number, string])[] {
  return Object.entries(numbers).map(([name, number]) => [number, name]);
}

/**
 * Brings the names in the database in line with the engine's own words, every time it is opened for
 * writing: so a name the engine learns later reaches old files without a migration. Writes only
 * what differs.
 */
export function refreshLookupTables(db: WritableDatabase): void {
  for (const { table, key, names } of LOOKUP_TABLES) {
    const known = new Map(
      db
        .prepare<[], { number: number; name: string }>(
          `SELECT ${key} AS number, name FROM ${table}`,
        )
        .all()
        .map((row) => [row.number, row.name]),
    );
    const missing = names.filter(([number, name]) => known.get(number) !== name);
    if (missing.length === 0) continue;
    const insert = db.prepare(`INSERT OR REPLACE INTO ${table} (${key}, name) VALUES (?, ?)`);
    db.transaction(() => {
      for (const [number, name] of missing) insert.run(number, name);
    }).immediate();
  }
}
