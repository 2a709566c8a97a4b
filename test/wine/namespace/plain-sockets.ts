/** What any other program of this namespace finds of the lab's ports, by plain binds and by /proc. */
import { readFileSync } from 'node:fs';
import { openFfi } from '#native/ffi/open-ffi.ts';

/** The namespace's local port range; unshare's caller sets it. */
export const [FIRST, LAST] = [50_000, 50_255];
export const PORTS = LAST - FIRST + 1;

const [AF_INET, SOCK_STREAM] = [2, 1];

export interface End {
  readonly address: string;
  readonly port: number;
}

const libc = loadLibc();

/**
 * A plain bind through libc: Node's own sockets carry SO_REUSEADDR, as Wine's do, and two of those
 * may share a port nobody listens on.
 * @returns its descriptor, or -1 where the port is taken
 */
export function take(address: string, port: number): number {
  const sockaddr = Buffer.alloc(16);
  sockaddr.writeUInt16LE(AF_INET, 0);
  sockaddr.writeUInt16BE(port, 2);
  sockaddr.set(address.split('.').map(Number), 4);
  const fd = libc.socket(AF_INET, SOCK_STREAM, 0);
  if (libc.bind(fd, sockaddr, sockaddr.length) === 0) return fd;
  libc.close(fd);
  return -1;
}

export function giveBack(fd: number): void {
  libc.close(fd);
}

/** Tries to bind every port of every address itself. @returns those it doesn't get */
export function takenPorts(addresses: readonly string[]): End[] {
  const taken: End[] = [];
  for (const address of addresses) {
    for (let port = FIRST; port <= LAST; port++) {
      const fd = take(address, port);
      if (fd < 0) taken.push({ address, port });
      else giveBack(fd);
    }
  }
  return taken;
}

/** What a socket of /proc/net/tcp is: linux/include/net/tcp_states.h, as that file writes it. */
const STATES = { 'time-wait': '06', listening: '0A' } as const;

/** Local ends of TCP sockets in that state. Those in TIME_WAIT the system itself keeps for a while. */
export function localEnds(state: keyof typeof STATES): End[] {
  const rows = readFileSync('/proc/net/tcp', 'latin1').trim().split('\n').slice(1);
  return rows.flatMap((row) => {
    const [, local = '', , found] = row.trim().split(/\s+/);
    if (found !== STATES[state]) return [];
    const [address = '', port = ''] = local.split(':');
    const bytes = Buffer.from(address, 'hex').toReversed();
    return [{ address: bytes.join('.'), port: Number.parseInt(port, 16) }];
  });
}

/** Sockets of any kind in this namespace: read in a few microseconds, so that moments can be met. */
export function socketsInUse(): number {
  const used = /^sockets: used (\d+)/.exec(readFileSync('/proc/net/sockstat', 'latin1'))?.[1];
  if (used === undefined)
    throw new Error('/proc/net/sockstat does not say how many sockets there are');
  return Number(used);
}

function loadLibc() {
  const library = openFfi('koffi').load('libc.so.6');
  const socket = library.func('socket', 'i32', ['i32', 'i32', 'i32']);
  const bind = library.func('bind', 'i32', ['i32', 'pointer', 'i32']);
  const close = library.func('close', 'i32', ['i32']);
  if (!socket || !bind || !close) throw new Error('libc lacks socket calls');
  return { socket, bind, close };
}
