import { count } from '#engine/model/words.ts';
import { bytes } from '../../../kit/format.ts';
import type { Transfer } from './transfer-queue.ts';

/** What goes on with one file, or what became of it. */
export function transferWords(transfer: Transfer): string {
  const { kind, state, moved, bytes: size } = transfer;
  switch (state) {
    case 'waiting':
      return 'waiting';
    case 'moving':
      // The service packs a run before it can say how large the file is.
      return kind === 'export' && size === 0 ? 'packing' : `${bytes(moved)} of ${bytes(size)}`;
    case 'checking':
      return 'checking and recording';
    case 'done':
      return kind === 'import' ? `imported, ${bytes(size)}` : `exported, ${bytes(size)}`;
    case 'known':
      return 'in the library already, and the same';
    case 'refused':
      return kind === 'import' ? 'refused' : 'not exported';
    case 'cancelled':
      return kind === 'import' ? 'cancelled, nothing was imported' : 'cancelled';
  }
}

/** Why one file was refused; the service names the file first, as the row does already. */
export function reasonWords({ name, reason, hint }: Transfer): string {
  const words = reason.startsWith(`${name}: `) ? reason.slice(name.length + 2) : reason;
  return hint === '' ? words : `${words}; ${hint}`;
}

/** All of them in one line: `2 imported, 1 known already, 1 refused`. */
export function summaryWords(transfers: readonly Transfer[]): string {
  const of = (kind: Transfer['kind'], ...states: readonly Transfer['state'][]): number =>
    transfers.filter((transfer) => transfer.kind === kind && states.includes(transfer.state))
      .length;
  const underWay = transfers.filter(({ state }) =>
    ['waiting', 'moving', 'checking'].includes(state),
  ).length;
  const parts: readonly (readonly [number, string])[] = [
    [of('import', 'done'), 'imported'],
    [of('import', 'known'), 'known already'],
    [of('import', 'refused'), 'refused'],
    [of('export', 'done'), 'exported'],
    [of('export', 'refused'), 'not exported'],
    [of('import', 'cancelled') + of('export', 'cancelled'), 'cancelled'],
  ];
  const words = parts.filter(([found]) => found > 0).map(([found, what]) => `${found} ${what}`);
  if (underWay > 0) words.push(`${count(underWay, 'file')} under way`);
  return words.join(', ');
}
