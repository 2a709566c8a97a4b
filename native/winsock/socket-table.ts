import type { AddressId, SocketId } from '#engine/stack/socket-stack.ts';
import { INVALID_SOCKET } from './constants.ts';

const FIRST_ROOM = 1_024;

/**
 * What the lab knows of each socket it made, by its own number. Numbers are never used again, so
 * these are plain arrays that double: 14 bytes for every socket ever made in a run.
 */
export class SocketTable {
  /** SOCKET handles; INVALID_SOCKET where closed. */
  handles = new Float64Array(FIRST_ROOM).fill(INVALID_SOCKET);
  /** Local address; 0 while unbound or unknown. */
  addresses = new Uint16Array(FIRST_ROOM);
  /** Local port; 0 while unbound or unknown. */
  ports = new Uint16Array(FIRST_ROOM);
  /** FLAG bits. */
  flags = new Uint8Array(FIRST_ROOM);
  /** The newest number; 0 before the first socket. */
  last: SocketId = 0;
  /** Sockets open now. */
  open = 0;

  /** Numbers a new socket. */
  add(handle: number): SocketId {
    const id = ++this.last;
    if (id >= this.handles.length) this.#grow();
    this.handles[id] = handle;
    this.open++;
    return id;
  }

  /** The handle of a socket; INVALID_SOCKET for unknown and closed ones, which Winsock answers with 10038. */
  handle(id: SocketId): number {
    return this.handles[id] ?? INVALID_SOCKET;
  }

  isUdp(id: SocketId): boolean {
    return ((this.flags[id] ?? 0) & FLAG.udp) !== 0;
  }

  setLocal(id: SocketId, address: AddressId, port: number): void {
    this.addresses[id] = address;
    this.ports[id] = port;
  }

  /** Forgets a socket; its number stays used. */
  remove(id: SocketId): void {
    this.handles[id] = INVALID_SOCKET;
    this.setLocal(id, 0, 0);
    this.open--;
  }

  #grow(): void {
    const room = this.handles.length * 2;
    const handles = new Float64Array(room).fill(INVALID_SOCKET);
    handles.set(this.handles);
    this.handles = handles;
    const addresses = new Uint16Array(room);
    addresses.set(this.addresses);
    this.addresses = addresses;
    const ports = new Uint16Array(room);
    ports.set(this.ports);
    this.ports = ports;
    const flags = new Uint8Array(room);
    flags.set(this.flags);
    this.flags = flags;
  }
}

export const FLAG = { nonBlocking: 1, connecting: 2, udp: 4 } as const;
