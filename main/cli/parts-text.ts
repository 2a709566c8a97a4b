import type { Part } from '#engine/run/run-document.ts';
import { table } from './table.ts';

/** The experiments of a full run: how each ended, what it says of the claims, then each answer. */
export function partsText(parts: readonly Part[]): string {
  const rows = parts.map((part) => [
    nameOf(part),
    part.status === 'refused' ? 'not run' : part.status,
    part.status === 'refused' ? '–' : claimsOf(part),
  ]);
  return [
    table([{ title: 'Experiment' }, { title: 'Ended' }, { title: 'Claims' }], rows),
    '',
    ...parts.map((part) => `${nameOf(part)}: ${part.verdict}`),
  ].join('\n');
}

function nameOf({ id, parameters: { protocol } }: Part): string {
  return typeof protocol === 'string' ? `${id}, ${protocol.toUpperCase()}` : id;
}

function claimsOf({ claims }: Part): string {
  if (claims.length === 0) return 'none';
  return claims.map(({ id, outcome }) => `${id} ${outcome}`).join(', ');
}
