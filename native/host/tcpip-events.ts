import type { TcpipEvent } from '#engine/doctor/doctor-document.ts';
import { systemProgramOutput } from './system-program.ts';

/**
 * What the ids of source Tcpip mean, in our words: the log's own are in the system's language.
 * 4227 and 4231 after Microsoft's "TCP/IP port exhaustion troubleshooting"; 4266 is its UDP sibling.
 */
const TEXTS: ReadonlyMap<number, string> = new Map([
  [4227, 'a local port was used again to the same remote endpoint too soon (TIME_WAIT)'],
  [4231, 'no TCP port of the dynamic range was left'],
  [4266, 'no UDP port of the dynamic range was left'],
]);

const DAY_MS = 86_400_000;
const MOST = 50;
const BOUNDS = { timeoutMs: 5_000, maxBytes: 4 * 1024 * 1024 };

/**
 * Events 4227, 4231 and 4266 of the last 24 hours, newest first, 50 at most. Starts wevtutil twice: only
 * while the lab holds no socket.
 * @returns null where the log could not be read, as under Wine
 */
export async function recentTcpipEvents(): Promise<readonly TcpipEvent[] | null> {
  const ids = [...TEXTS.keys()].map((id) => `EventID=${id}`).join(' or ');
  const query = `*[System[Provider[@Name='Tcpip'] and (${ids}) and TimeCreated[timediff(@SystemTime) <= ${DAY_MS}]]]`;
  const [state, events] = await Promise.all([
    // An empty answer would mean either "none" or "not allowed": this one is never empty.
    systemProgramOutput('wevtutil.exe', ['gli', 'System'], BOUNDS),
    systemProgramOutput(
      'wevtutil.exe',
      ['qe', 'System', `/q:${query}`, '/f:xml', `/c:${MOST}`, '/rd:true'],
      BOUNDS,
    ),
  ]);
  return /\d/.test(state) ? parseTcpipEvents(events) : null;
}

/**
 * The events in what wevtutil printed: elements one after the other, without a root. Only id and time are
 * taken, which are the same in every language; what lacks them is left out.
 */
export function parseTcpipEvents(xml: string): TcpipEvent[] {
  const found: TcpipEvent[] = [];
  for (const [, event] of xml.matchAll(/<Event[\s>]([\s\S]*?)<\/Event>/g)) {
    const id = Number(/<EventID(?:\s[^>]*)?>\s*(\d{1,5})\s*<\/EventID>/.exec(event ?? '')?.[1]);
    const at = new Date(
      /<TimeCreated\s+SystemTime\s*=\s*['"]([^'"]{1,40})['"]/.exec(event ?? '')?.[1] ?? '',
    );
    const text = TEXTS.get(id);
    if (text !== undefined && !Number.isNaN(at.getTime())) {
      found.push({ id, at: at.toISOString(), text });
    }
  }
  return found;
}
