import { LOW, OUT } from '#engine/doctor/advice.ts';
import type {
  DoctorDocument,
  HeadroomRow,
  HolderRow,
  TcpipEvent,
} from '#engine/doctor/doctor-document.ts';
import { poolOf, type Family, type Pool, type Protocol } from '#engine/model/protocol.ts';
import { count, duration, percent, thousands } from '#engine/model/words.ts';
import { utcStamp } from '../../kit/format.ts';

/** `TCP IPv4`. */
export function poolTitle(protocol: Protocol, family: Family): string {
  return `${protocol.toUpperCase()} ${family === 'ipv4' ? 'IPv4' : 'IPv6'}`;
}

/** One pool's headroom as its card shows it. */
export interface Headroom {
  readonly pool: Pool;
  readonly title: string;
  /** Formatted; `unknown` where nobody could say. */
  readonly free: string;
  /** `of 16,384 free on all`: the usable numbers of its range. */
  readonly of: string;
  /** 0 to 1; null where unknown. */
  readonly share: number | null;
  readonly level: 'out' | 'low' | 'well' | 'unknown';
  /** `99.1 %, fine`. */
  readonly words: string;
}

const LEVEL_WORDS = { out: 'exhausted', low: 'few left', well: 'fine' } as const;

export function headroomOf({ protocol, family, total, freeOnAll }: HeadroomRow): Headroom {
  const share = total === null || total === 0 || freeOnAll === null ? null : freeOnAll / total;
  const level = share === null ? 'unknown' : share <= OUT ? 'out' : share <= LOW ? 'low' : 'well';
  return {
    pool: poolOf(protocol, family),
    title: poolTitle(protocol, family),
    free: freeOnAll === null ? 'unknown' : thousands(freeOnAll),
    of: total === null ? 'its range is unknown' : `of ${thousands(total)} free on all`,
    share,
    level,
    words: share === null || level === 'unknown' ? '' : `${percent(share)}, ${LEVEL_WORDS[level]}`,
  };
}

/** The tightest pool: that one is looked at first. */
export function tightestPool(headroom: readonly HeadroomRow[]): Pool {
  const [first] = headroom
    .map(headroomOf)
    .toSorted((a, b) => (a.share ?? Infinity) - (b.share ?? Infinity));
  return first?.pool ?? 'tcp4';
}

/** Sockets in TIME_WAIT have no program any more. */
export function holderName({ pid, name }: HolderRow): string {
  if (name !== '') return name;
  return pid === 0 ? 'no owner known' : 'unknown';
}

/** `10.0.0.4:443, 11,187 of these`; `34 endpoints` where there is no main one. */
export function remoteWords({ remote, toRemote }: HolderRow): string {
  if (remote === '') return '–';
  return toRemote === 0 ? remote : `${remote}, ${thousands(toRemote)} of these`;
}

/** One event id, counted. */
export interface EventCount {
  readonly id: number;
  readonly text: string;
  readonly count: number;
  /** ISO 8601 UTC of the newest. */
  readonly last: string;
}

/** Most frequent first. @param events newest first */
export function countedEvents(events: readonly TcpipEvent[]): EventCount[] {
  const counts = new Map<number, EventCount>();
  for (const { id, at, text } of events) {
    const known = counts.get(id) ?? { id, text, count: 0, last: at };
    counts.set(id, { ...known, count: known.count + 1 });
  }
  return [...counts.values()].toSorted((a, b) => b.count - a.count);
}

/** How many sockets were looked at, and what of them nobody claims. */
export function seenWords({ seen, unexplained }: DoctorDocument): string {
  const claimed =
    unexplained === null
      ? 'whether some are unexplained is unknown'
      : unexplained === 0
        ? 'all explained'
        : `${thousands(unexplained)} unexplained: claimed by no program, or listed by one source only`;
  return `${count(seen, 'socket')} seen, ${claimed}`;
}

/** Where, when, how: the line under the host's name. */
export function lookWords({ system, wine, readAt, tookMs, basis }: DoctorDocument): string {
  const took = basis === 'modelled' ? [] : [`read-only, took ${duration(tookMs * 1e6)}`];
  const under = wine === null ? [] : [`Wine ${wine}`];
  return [system, ...under, utcStamp(readAt), ...took].join(' · ');
}

const PROVENANCE = {
  measured: 'REAL',
  wine: 'WINE, no evidence about Windows',
  modelled: 'SIMULATED, no evidence about any host',
} as const;

/** What goes into a ticket: the sentence, the figures behind it, and what to run. */
export function ticketText(document: DoctorDocument): string {
  const { advice, basis, hostname, headroom, holders, events, oddities, powershell } = document;
  const pools = headroom.map(headroomOf).map(({ title, free, of, words }) => {
    const share = words === '' ? '' : ` (${words})`;
    return `${title}: ${free} ${of}${share}`;
  });
  const top = holders.slice(0, 10).map((row) => {
    const bound = row.boundOnly === 0 ? '' : `, ${thousands(row.boundOnly)} bound only`;
    const to = row.remote === '' ? '' : `, mostly to ${remoteWords(row)}`;
    return `${holderName(row)} (PID ${row.pid}), ${poolTitle(row.protocol, row.family)}: ${count(row.ports, 'port')}${bound}${to}`;
  });
  const logged = countedEvents(events).map(
    ({ id, text, count: times, last }) => `${id}, ${thousands(times)}×, last ${last}: ${text}`,
  );
  return [
    advice,
    `${PROVENANCE[basis]} · ${hostname} · ${lookWords(document)}`,
    ...section('Headroom', pools),
    ...section('Who holds what', [...top, seenWords(document)]),
    ...section('Events of the last 24 h', logged),
    ...section('Oddities', oddities),
    ...section('Not known', document.unknown),
    ...section('PowerShell to review; it only reads', [powershell]),
    '',
  ].join('\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `${title}:`, ...lines];
}
