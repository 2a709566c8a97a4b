import { eventWords } from '#engine/run/event-words.ts';
import type { EventRow } from '../../../events/event-row.ts';

/** More would make a clipboard nobody pastes; an export has them all. */
export const MOST_COPIED = 20_000;

const HEADER = [
  'row',
  't_ns',
  'dur_ns',
  'arm',
  'call',
  'socket',
  'address',
  'port',
  'code',
  'value',
  'error',
  'meaning',
].join('\t');

/** Rows for a spreadsheet: figures as recorded, then the same in words. */
export function toTsv(rows: readonly EventRow[], addresses: readonly string[]): string {
  const lines = rows.map((row) => {
    const { call, error, meaning } = eventWords(row, addresses);
    const { seq, t, dur, arm, socket, port, code, value } = row;
    const address = addresses[row.address] ?? '';
    return [seq, t, dur, arm, call, socket, address, port, code, value, error, meaning].join('\t');
  });
  return `${[HEADER, ...lines].join('\r\n')}\r\n`;
}
