import { contains, type PortRange } from '../model/port-range.ts';
import type { Pool } from '../model/protocol.ts';
import { count, thousands } from '../model/words.ts';
import type { Finding } from '../run/run-document.ts';
import { type HostLook, socketsOf } from './host-look.ts';
import { processWords } from './process-words.ts';
import { tally } from './tally.ts';
import { unexplained } from './unexplained.ts';

/** What other programs held beside a run: looks taken before its first socket and after its last. */
export interface OthersBeside {
  readonly before: HostLook;
  readonly after: HostLook;
}

/** A holder of this share of the range, and more, is named: it is what a run competes with. */
const HEAVY_SHARE = 0.01;

/**
 * Other programs' ports before and after a run, bound-only sockets included, in figures and a sentence:
 * how many, how many changed hands meanwhile, who holds most, and what nobody explains.
 * @returns nothing where a look told nothing of the pool
 */
export function othersBeside(
  { before, after }: OthersBeside,
  pool: Pool,
  range: PortRange,
): { readonly measures: Readonly<Record<string, number>>; readonly findings: readonly Finding[] } {
  const [first, last] = [numbersHeld(before, pool, range), numbersHeld(after, pool, range)];
  const seen = socketsOf(after.pools[pool])?.length;
  if (first === null || last === null || seen === undefined) return { measures: {}, findings: [] };
  const came = [...last].filter((port) => !first.has(port)).length;
  const went = [...first].filter((port) => !last.has(port)).length;
  const odd = unexplained(after);
  const measures = {
    'others.before': first.size,
    'others.after': last.size,
    'others.came': came,
    'others.went': went,
    ...(odd !== null && { 'others.unexplained': odd }),
  };
  const heavy = heavyUsers(after, pool, range);
  const text = [
    `Other programs held ${count(first.size, 'number')} of the range before the run and ${thousands(last.size)} after it, bound-only sockets included; ${thousands(came)} were new then, ${thousands(went)} gone.`,
    ...(heavy === null ? [] : [heavy]),
    `Seen ${count(seen, 'socket')}${odd === null ? '' : `, ${count(odd, 'number')} unexplained`}.`,
    'Do: where many came and went, repeat the run at a quieter time.',
  ].join(' ');
  return { measures, findings: [{ id: 'others-beside', severity: 'info', text }] };
}

/** Numbers of the range somebody holds; nobody owns those in TIME_WAIT, which may be the run's own. */
function numbersHeld(
  { pools, ownPids }: HostLook,
  pool: Pool,
  range: PortRange,
): ReadonlySet<number> | null {
  const sockets = socketsOf(pools[pool]);
  if (sockets === null) return null;
  const others = sockets.filter(
    ({ port, pid, state }) =>
      state !== 'time-wait' && !ownPids.includes(pid) && contains(range, port),
  );
  return new Set(others.map(({ port }) => port));
}

function heavyUsers(look: HostLook, pool: Pool, range: PortRange): string | null {
  const { pools, ownPids } = look;
  const others = (socketsOf(pools[pool]) ?? []).filter(({ pid }) => !ownPids.includes(pid));
  const heavy = tally(others, range)
    .filter(({ ports, waiting }) => ports - waiting >= range.count * HEAVY_SHARE)
    .slice(0, 3)
    .map(
      ({ pid, ports, boundOnly }) =>
        `${processWords(look, pid)} with ${thousands(ports)}${boundOnly > 0 ? ` (${thousands(boundOnly)} bound only)` : ''}`,
    );
  return heavy.length === 0 ? null : `Most are held by ${heavy.join(', ')}.`;
}
