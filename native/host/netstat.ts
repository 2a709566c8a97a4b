import { MAX_PORT } from '#engine/model/port-range.ts';
import type { Protocol } from '#engine/model/protocol.ts';

/**
 * Reads the table netstat prints: a line a socket, `protocol  local  remote  state  PID`. Headings and
 * states are in the system's language and its code page (read as latin1, as all system programs here);
 * the protocol, the endpoints and the PID are ASCII in all of them. UDP lines have no state, and
 * without `-o` there is no PID. Source: Microsoft's page on netstat.
 */

/** One line of the table. */
export interface NetstatLine {
  readonly port: number;
  /** As printed: `10.0.0.4:49801`, `[fe80::1%12]:51000`. */
  readonly local: string;
  /** As printed; `0.0.0.0:0`, `[::]:0` and `*:*` are no endpoint at all. */
  readonly remote: string;
  /** The state in whatever language, byte by byte; '' where there is none. */
  readonly word: string;
  /** Null where the table has no such column. */
  readonly pid: number | null;
}

/** Not \s: it takes the no-break space too, which is a letter in the code pages of consoles. */
const LINE = /^[ \t]*(TCP|UDP)[ \t]+([^ \t\r\n]+:(\d{1,5}))[ \t]+([^ \t\r\n]+)(?:[ \t]+(.*))?$/gim;

/** The lines of one protocol, in the order printed; what is no such line is left out. */
export function netstatLines(output: string, protocol: Protocol): NetstatLine[] {
  const lines: NetstatLine[] = [];
  for (const [, name, local, number, remote, rest = ''] of output.matchAll(LINE)) {
    if (name?.toLowerCase() !== protocol || local === undefined || remote === undefined) continue;
    const port = Number(number);
    if (port >= 1 && port <= MAX_PORT) lines.push({ port, local, remote, ...wordAndPid(rest) });
  }
  return lines;
}

/** State and PID; a word of several parts stays one. */
function wordAndPid(rest: string): Pick<NetstatLine, 'word' | 'pid'> {
  const text = rest.trim();
  const blank = Math.max(text.lastIndexOf(' '), text.lastIndexOf('\t'));
  const last = text.slice(blank + 1);
  if (!/^\d{1,10}$/.test(last)) return { word: text, pid: null };
  return { word: text.slice(0, Math.max(blank, 0)).trim(), pid: Number(last) };
}
