export type CsvCell = string | number | boolean | null;

/** Byte order mark: without it Excel reads UTF-8 as the system's code page. */
const BOM = '\ufeff';

/** What makes Excel, LibreOffice or Google Sheets take a text for a formula (OWASP, CSV injection). */
const FORMULA_START = /^[=+\-@\t\r\n\uff0b\uff0d\uff1d\uff20]/;

/**
 * RFC 4180: CRLF, quotes doubled, a cell quoted where it must be. Numbers stay numbers; a text that a
 * spreadsheet would run gets an apostrophe before it, and every other text is kept as it is.
 */
export function csvTable(rows: readonly (readonly CsvCell[])[]): string {
  return BOM + rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}

function cellText(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  if (typeof cell === 'boolean') return String(cell);
  const text = FORMULA_START.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
