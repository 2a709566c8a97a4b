import type { HeldSocket } from '#engine/doctor/host-look.ts';
import type { Family, Protocol } from '#engine/model/protocol.ts';
import { type NetstatLine, netstatLines } from './netstat.ts';
import { systemProgramOutput } from './system-program.ts';

export { processNames } from './process-names.ts';

/** As netstat tells it: `local` and `remote` as printed. */
export type HeldPort = HeldSocket;

/** A busy server lists 100,000 lines and more. */
const BOUNDS = { timeoutMs: 10_000, maxBytes: 64 * 1024 * 1024 };

/**
 * Every socket of one pool that holds a local port, and the process that owns it. `-q` adds sockets
 * that are bound and neither listen nor connect (Windows 10 and Server 2016 on); without it neither
 * netstat nor GetExtendedTcpTable shows them. Source: "TCP/IP port exhaustion troubleshooting",
 * Microsoft, method 1. Starts netstat: only while the lab holds no socket.
 * @returns null where netstat names no owner of any socket: it isn't allowed to run, or it is Wine's,
 *   which heeds no switch and lists connections alone, IPv6 or not, without PIDs (seen in Wine 8.0)
 */
export async function heldPorts(
  protocol: Protocol,
  family: Family,
): Promise<readonly HeldPort[] | null> {
  const table = `${protocol}${family === 'ipv6' ? 'v6' : ''}`;
  const output = await systemProgramOutput('netstat.exe', ['-anoq', '-p', table], BOUNDS);
  const held = parseHeldPorts(output, protocol);
  // A Windows host always has listeners: none at all means netstat told nothing.
  return held.length === 0 ? null : held;
}

/** The sockets `netstat -anoq` lists; lines without a PID are left out. */
export function parseHeldPorts(output: string, protocol: Protocol): HeldPort[] {
  const lines = netstatLines(output, protocol);
  const words = endlessWords(lines);
  const held: HeldPort[] = [];
  for (const line of lines) {
    const { port, pid, local } = line;
    if (pid === null) continue;
    const remote = hasRemote(line) ? line.remote : null;
    held.push({ port, pid, state: stateOf(line, words), local, remote });
  }
  return held;
}

/**
 * The structure decides first, whatever the language; words only where it leaves two readings.
 * - `*:*`: a UDP socket; only TCP connections have a state (Microsoft's page on netstat).
 * - No remote endpoint: a listener, or what `-q` adds, "bound non-listening TCP ports" (`netstat /?`).
 *   Which of them: see `endlessWords`.
 * - A remote endpoint and PID 0: TIME_WAIT, which no process owns any more (no page says so; every
 *   published listing shows it). TIME_WAIT that still has an owner is known by its word.
 * - Any other remote endpoint: connected, in whatever stage of opening or closing.
 */
function stateOf(line: NetstatLine, words: EndlessWords): HeldPort['state'] {
  const { remote, pid, word } = line;
  if (remote === '*:*') return 'bound';
  if (hasRemote(line)) return pid === 0 || isTimeWait(word) ? 'time-wait' : 'connected';
  if (words.listening.has(word)) return 'listening';
  return words.bound.has(word) ? 'bound' : 'unknown';
}

function hasRemote({ remote }: NetstatLine): boolean {
  return remote !== '0.0.0.0:0' && remote !== '[::]:0' && remote !== '*:*';
}

/** English, which most languages print too, and German (ABHÖREN, WARTEND). */
const isListening = (word: string) => /^(?:LISTENING|ABH[^ -~]+REN)$/.test(word);
const isBound = (word: string) => word === 'BOUND';
const isTimeWait = (word: string) => word === 'TIME_WAIT' || word === 'WARTEND';
const isClosed = (word: string) => word === 'CLOSED';

/** States of sockets without a remote endpoint, as this host calls them. */
interface EndlessWords {
  readonly listening: ReadonlySet<string>;
  readonly bound: ReadonlySet<string>;
}

/**
 * The RPC endpoint mapper listens on every Windows host, on all addresses: its line tells the word
 * for listening. "RPC is 135": the same page of Microsoft.
 */
const RPC_ENDPOINTS: ReadonlySet<string> = new Set(['0.0.0.0:135', '[::]:135']);

/**
 * In a language the lab doesn't know, the endpoint mapper's word means listening, and the one other
 * word of sockets without a remote endpoint means bound. With two others neither is guessed.
 */
function endlessWords(lines: readonly NetstatLine[]): EndlessWords {
  const listening = new Set<string>();
  const bound = new Set<string>();
  const strange = new Set<string>();
  const ofRpc = new Set<string>();
  for (const line of lines) {
    const { word } = line;
    if (word === '' || hasRemote(line)) continue;
    if (isListening(word)) listening.add(word);
    else if (isBound(word)) bound.add(word);
    else if (!isTimeWait(word) && !isClosed(word)) {
      strange.add(word);
      if (RPC_ENDPOINTS.has(line.local)) ofRpc.add(word);
    }
  }
  if (listening.size === 0 && ofRpc.size === 1) {
    for (const word of ofRpc) {
      listening.add(word);
      strange.delete(word);
    }
  }
  if (listening.size > 0 && bound.size === 0 && strange.size === 1) {
    for (const word of strange) bound.add(word);
  }
  return { listening, bound };
}
