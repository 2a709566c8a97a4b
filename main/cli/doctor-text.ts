import type { DoctorDocument, HolderRow } from '#engine/doctor/doctor-document.ts';
import type { HeadroomSample } from '#engine/doctor/headroom-sample.ts';
import type { Family, Protocol } from '#engine/model/protocol.ts';
import { count, percent, thousands } from '#engine/model/words.ts';
import type { Console } from './console.ts';
import { type Column, table } from './table.ts';
import { wrapped } from './wrapped.ts';

/** Rows of each table: who wants them all takes --json. */
const MOST_ROWS = 10;

/** The doctor's document for a terminal at 3 a.m.: the sentence first. */
export function doctorText(document: DoctorDocument, out: Console): string {
  const { advice, hostname, system, readAt, tookMs, basis } = document;
  const host = basis === 'modelled' ? [] : [hostname, system];
  const took = basis === 'modelled' ? '' : ` in ${(tookMs / 1_000).toFixed(1)} s, no port used`;
  return [
    // What is no evidence about Windows says so before anything else.
    ...(basis === 'measured' ? [] : [provenanceWord(document), '']),
    out.bold(wrapped(advice, 0)),
    '',
    [provenanceWord(document), ...host, `read ${readAt}${took}`].join(' · '),
    ...section('Headroom', [headroom(document)], out),
    ...section('Who holds what', holders(document), out),
    ...section('TIME_WAIT', timeWait(document), out),
    ...section('Events of the last 24 h', events(document), out),
    ...section('Oddities', document.oddities.map(bullet), out),
    ...section('Not known', document.unknown.map(bullet), out),
    ...section('PowerShell to review; it only reads', [document.powershell], out),
  ].join('\n');
}

/** A section without a line is left out. */
function section(title: string, lines: readonly string[], out: Console): string[] {
  return lines.length === 0 ? [] : ['', out.bold(title), ...lines];
}

/** Where the figures come from, as every badge says it. */
export function provenanceWord({
  basis,
  profile,
}: Pick<DoctorDocument, 'basis' | 'profile'>): string {
  if (basis === 'measured') return 'REAL';
  return basis === 'wine'
    ? 'WINE, no evidence about Windows'
    : `SIMULATED, profile ${profile ?? ''}`;
}

/** One look of `watch`. */
export function sampleLine(sample: HeadroomSample): string {
  const { at, basis, pools, top } = sample;
  const label = basis === 'measured' ? '' : `${basis === 'wine' ? 'WINE' : 'SIMULATED'}  `;
  const free = pools.map(
    ({ protocol, family, freeOnAll }) => `${title(protocol, family)} ${figure(freeOnAll)}`,
  );
  const most =
    top === null
      ? ''
      : `; most: ${top.name === '' ? '' : `${top.name} `}PID ${top.pid} with ${count(top.ports, `${title(top.protocol, top.family)} port`)}`;
  return `${at.slice(11, 19)}Z  ${label}free on all: ${free.join(', ')}${most}`;
}

function headroom({ headroom: rows, labPorts }: DoctorDocument): string {
  const text = table(
    columns('Pool', '>Numbers', '>Used', '>Free on all', '>Share'),
    rows.map(({ protocol, family, total, used, freeOnAll }) => [
      title(protocol, family),
      figure(total),
      figure(used),
      figure(freeOnAll),
      total === null || freeOnAll === null || total === 0 ? '' : percent(freeOnAll / total),
    ]),
  );
  return labPorts === 0
    ? text
    : `${text}\nThe lab itself holds ${thousands(labPorts)} of the used.`;
}

function holders({ holders: rows, seen, unexplained }: DoctorDocument): string[] {
  const listed =
    rows.length === 0
      ? []
      : [
          table(
            columns('Process', '>PID', 'Pool', '>Ports', '>Bound only', 'Mostly to', '>Of these'),
            rows.slice(0, MOST_ROWS).map(holderCells),
          ),
          ...more(rows.length),
        ];
  const strange =
    unexplained === null
      ? 'whether some are unexplained is unknown'
      : `unexplained ${thousands(unexplained)} (claimed by no program, or listed by one source only)`;
  return [...listed, `Seen ${count(seen, 'socket')}, ${strange}.`];
}

function holderCells(row: HolderRow): string[] {
  const { pid, name, protocol, family, ports, boundOnly, remote, toRemote } = row;
  const nobody = pid === 0 && name === '' ? 'no owner known' : name;
  return [
    nobody === '' ? 'unknown' : nobody,
    String(pid),
    title(protocol, family),
    thousands(ports),
    thousands(boundOnly),
    remote,
    toRemote === 0 ? '' : thousands(toRemote),
  ];
}

function timeWait({ timeWait: rows }: DoctorDocument): string[] {
  if (rows.length === 0) return [];
  const cells = rows
    .slice(0, MOST_ROWS)
    .map(({ remote, count: times }) => [remote, thousands(times)]);
  return [table(columns('Remote endpoint', '>Connections'), cells), ...more(rows.length)];
}

function events({ events: rows }: DoctorDocument): string[] {
  const byId = new Map<number, { times: number; last: string; text: string }>();
  for (const { id, at, text } of rows) {
    const known = byId.get(id);
    byId.set(id, { times: (known?.times ?? 0) + 1, last: known?.last ?? at, text });
  }
  return [...byId].map(
    ([id, { times, last, text }]) => `${id}  ${thousands(times)}×, last ${last}: ${text}`,
  );
}

function more(rows: number): string[] {
  return rows > MOST_ROWS ? [`and ${thousands(rows - MOST_ROWS)} more (--json has them all)`] : [];
}

function bullet(text: string): string {
  return `- ${wrapped(text, 2).trimStart()}`;
}

/** Titles of columns; `>` for figures, to the right. */
function columns(...titles: readonly string[]): Column[] {
  return titles.map((text) =>
    text.startsWith('>') ? { title: text.slice(1), right: true } : { title: text },
  );
}

function title(protocol: Protocol, family: Family): string {
  return `${protocol.toUpperCase()} ${family === 'ipv4' ? 'IPv4' : 'IPv6'}`;
}

function figure(value: number | null): string {
  return value === null ? 'unknown' : thousands(value);
}
