import { MODE_WORDS } from '../../model/bind-mode.ts';
import type { Family } from '../../model/protocol.ts';
import { describeCode, WSA } from '../../model/winsock-error.ts';
import { count } from '../../model/words.ts';
import type { Evidence } from '../evidence.ts';
import type { Answered, ExperimentRules } from '../experiment-rules.ts';
import type { BindMatrixEvidence, BindOn, CellSide, MatrixCell } from './bind-matrix-evidence.ts';
import { differences, TABLE_NAMES, type TableName } from './bind-matrix-table.ts';

/**
 * How the measured matrix is read: it is a table's where every cell is known and equal to it.
 * Everything is the lab's own, and each cell's control is the second bind alone.
 */
export const BIND_MATRIX_RULES: ExperimentRules<'bind-matrix'> = {
  claims: {},
  answers: (evidence) => [...matrixAnswer(evidence), ...familyAnswer(evidence)],
  sentence,
};

const TABLE_WORDS: Readonly<Record<TableName, string>> = {
  'doc-2021': 'the table Microsoft publishes (text of 2021, same user)',
  'wine-8': 'the table of Wine 8',
};
/** Differing cells a sentence names. */
const NAMED = 3;

function matrixAnswer(evidence: Evidence<'bind-matrix'>): Answered[] {
  const table = equalTable(evidence);
  if (table === undefined) return [];
  const { cells, numbers } = evidence.own;
  return [
    {
      id: 'bindMatrix',
      value: table,
      because: `all ${cells.length} pairs of binds answer as ${TABLE_WORDS[table]} says, each on at least two of ${count(numbers.length, 'number')}`,
    },
  ];
}

function equalTable({ own, protocol }: Evidence<'bind-matrix'>): TableName | undefined {
  if (own.cells.length === 0 || unknownCells(own).length > 0) return undefined;
  return TABLE_NAMES.find((name) => differences(own.cells, name, protocol).length === 0);
}

/** Wine's codes, by the family of the socket. */
const WINE_WRONG_FAMILY: Readonly<Record<Family, number>> = {
  ipv4: WSA.WSAEOPNOTSUPP,
  ipv6: WSA.WSAEINVAL,
};

function familyAnswer({ own, family }: Evidence<'bind-matrix'>): Answered[] {
  const code = own.wrongFamily;
  const because = `binding to an address of the other family answers ${describeCode(code ?? 0)}`;
  if (code === WSA.WSAEFAULT) return [{ id: 'wrongFamily', value: '10014', because }];
  return code === WINE_WRONG_FAMILY[family] ? [{ id: 'wrongFamily', value: 'wine', because }] : [];
}

function unknownCells({ cells }: BindMatrixEvidence): MatrixCell[] {
  return cells.filter(({ code }) => code === null);
}

function sentence(evidence: Evidence<'bind-matrix'>): string {
  const { own, protocol } = evidence;
  const unknown = unknownCells(own);
  if (unknown.length > 0) {
    return `not settled: ${unknown.length} of ${count(own.cells.length, 'pair')} of binds could not be tried on two numbers that nobody else used (${count(own.numbers.length, 'number')} tried); repeat it when less is going on.`;
  }
  const over = protocol.toUpperCase();
  const table = equalTable(evidence);
  if (table !== undefined) {
    return `explicit binds conflict as in ${TABLE_WORDS[table]}: all ${own.cells.length} pairs over ${over}.`;
  }
  const found = differences(own.cells, 'doc-2021', protocol);
  const named = found.slice(0, NAMED).map(({ cell, says }) => cellWords(cell, says));
  const more =
    found.length > NAMED ? `; ${count(found.length - NAMED, 'other')} in the measures` : '';
  return `explicit binds differ from ${TABLE_WORDS['doc-2021']} in ${found.length} of ${own.cells.length} pairs over ${over}: ${named.join('; ')}${more}.`;
}

function cellWords({ first, second, code }: MatrixCell, says: number): string {
  return `${sideWords(second)} over ${sideWords(first)} ${answer(code ?? 0)}, documented: ${answer(says)}`;
}

const ON_WORDS: Readonly<Record<BindOn, string>> = {
  wildcard: 'on the wildcard address',
  specific: 'on an address',
  other: 'on another address',
};

function sideWords({ mode, on }: CellSide): string {
  return `${MODE_WORDS[mode]} ${ON_WORDS[on]}`;
}

function answer(code: number): string {
  return code === 0 ? 'is let in' : describeCode(code);
}
