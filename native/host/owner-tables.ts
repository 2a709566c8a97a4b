import type { HeldSocket } from '#engine/doctor/host-look.ts';
import { parseAddress } from '#engine/model/address.ts';
import type { Family, Protocol } from '#engine/model/protocol.ts';
import type { Ffi } from '../ffi/ffi.ts';
import {
  MIB_TCP6ROW_OWNER_PID,
  MIB_TCPROW_OWNER_PID,
  MIB_TCPSTATS,
  MIB_TCPTABLE_OWNER_PID,
  MIB_UDP6ROW_OWNER_PID,
  MIB_UDPROW_OWNER_PID,
} from '../layout/layouts.ts';
import { AF_INET, AF_INET6 } from '../winsock/constants.ts';
import { requireExport } from '../winsock/ws2.ts';

/** winerror.h */
const NO_ERROR = 0;
const ERROR_INSUFFICIENT_BUFFER = 122;
/** iprtrmib.h: TCP_TABLE_OWNER_PID_ALL, UDP_TABLE_OWNER_PID. */
const TCP_TABLE_OWNER_PID_ALL = 5;
const UDP_TABLE_OWNER_PID = 1;

/** tcpmib.h, MIB_TCP_STATE. Get-NetTCPConnection calls 100 Bound; these tables list none such. */
const STATE = { closed: 1, listen: 2, established: 5, closeWait: 8, timeWait: 12, bound: 100 };

const FIRST_ROOM = 64 * 1024;
/** 100,000 rows are 5.6 MB. */
const MOST_BYTES = 256 * 1024 * 1024;
const MAX_TRIES = 6;

export interface OwnerTable {
  readonly sockets: readonly HeldSocket[];
  /** Of these, how many are connections the system counts as established. */
  readonly established: number;
}

/**
 * The system's own table of one pool's sockets with their owners, by iphlpapi.dll: no child process. It
 * lists no TCP socket that is bound and neither listens nor connects; those only `heldPorts` tells.
 * @returns null where it can't be had
 */
export function readOwnerTable(ffi: Ffi, protocol: Protocol, family: Family): OwnerTable | null {
  const tcp = protocol === 'tcp';
  const file = 'iphlpapi.dll';
  const name = tcp ? 'GetExtendedTcpTable' : 'GetExtendedUdpTable';
  const getTable = requireExport(ffi.load(file), file, name, 'u32', [
    'pointer',
    'pointer',
    'i32',
    'u32',
    'i32',
    'u32',
  ]);
  const kind = tcp ? TCP_TABLE_OWNER_PID_ALL : UDP_TABLE_OWNER_PID;
  const size = new Uint32Array([FIRST_ROOM]);
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const room = size[0] ?? FIRST_ROOM;
    if (room > MOST_BYTES) return null;
    const buffer = Buffer.alloc(room);
    const status = getTable(buffer, size, 0, familyNumber(family), kind, 0);
    if (status === NO_ERROR) return parseOwnerTable(buffer, protocol, family);
    if (status !== ERROR_INSUFFICIENT_BUFFER) return null;
    // Sockets come while this is asked: some room more than was needed a moment ago.
    size[0] = Math.ceil((size[0] ?? room) * 1.25);
  }
  return null;
}

/** Reads such a table; rows the buffer has no room for are left out. */
export function parseOwnerTable(buffer: Buffer, protocol: Protocol, family: Family): OwnerTable {
  const rowBytes = ROW_BYTES[protocol][family];
  const listed = buffer.readUInt32LE(MIB_TCPTABLE_OWNER_PID.dwNumEntries);
  const room = Math.floor((buffer.length - MIB_TCPTABLE_OWNER_PID.table) / rowBytes);
  const sockets: HeldSocket[] = [];
  let established = 0;
  for (let row = 0; row < Math.min(listed, room); row++) {
    const at = MIB_TCPTABLE_OWNER_PID.table + row * rowBytes;
    const { state, ...socket } = readRow(buffer, at, protocol, family);
    if (socket.port === 0) continue;
    sockets.push({ ...socket, state: stateName(state) });
    if (state === STATE.established || state === STATE.closeWait) established++;
  }
  return { sockets, established };
}

/**
 * Connections the TCP statistics count as established (RFC 1213 tcpCurrEstab: CLOSE_WAIT too).
 * @returns null where they can't be had
 */
export function countEstablished(ffi: Ffi, family: Family): number | null {
  const file = 'iphlpapi.dll';
  const getStatistics = requireExport(ffi.load(file), file, 'GetTcpStatisticsEx', 'u32', [
    'pointer',
    'u32',
  ]);
  const statistics = Buffer.alloc(MIB_TCPSTATS.size);
  if (getStatistics(statistics, familyNumber(family)) !== NO_ERROR) return null;
  return statistics.readUInt32LE(MIB_TCPSTATS.dwCurrEstab);
}

const ROW_BYTES = {
  tcp: { ipv4: MIB_TCPROW_OWNER_PID.size, ipv6: MIB_TCP6ROW_OWNER_PID.size },
  udp: { ipv4: MIB_UDPROW_OWNER_PID.size, ipv6: MIB_UDP6ROW_OWNER_PID.size },
} as const;

type Row = Omit<HeldSocket, 'state'> & { readonly state: number };

function readRow(buffer: Buffer, at: number, protocol: Protocol, family: Family): Row {
  const four = family === 'ipv4';
  if (protocol === 'udp') {
    const row = four ? MIB_UDPROW_OWNER_PID : MIB_UDP6ROW_OWNER_PID;
    const port = buffer.readUInt16BE(at + row.dwLocalPort);
    return {
      port,
      pid: buffer.readUInt32LE(at + row.dwOwningPid),
      local: endpoint(localAddress(buffer, at, protocol, family), port),
      remote: null,
      state: STATE.bound,
    };
  }
  const row = four ? MIB_TCPROW_OWNER_PID : MIB_TCP6ROW_OWNER_PID;
  const state = buffer.readUInt32LE(at + row.dwState);
  const port = buffer.readUInt16BE(at + row.dwLocalPort);
  const remote = four
    ? addressOf(buffer, at + MIB_TCPROW_OWNER_PID.dwRemoteAddr, 4, 0)
    : addressOf(
        buffer,
        at + MIB_TCP6ROW_OWNER_PID.ucRemoteAddr,
        16,
        buffer.readUInt32LE(at + MIB_TCP6ROW_OWNER_PID.dwRemoteScopeId),
      );
  // A listener's remote port means nothing (Microsoft, MIB_TCPROW_OWNER_PID).
  const connected = state !== STATE.listen && state !== STATE.closed && state !== STATE.bound;
  return {
    port,
    pid: buffer.readUInt32LE(at + row.dwOwningPid),
    local: endpoint(localAddress(buffer, at, protocol, family), port),
    remote: connected ? endpoint(remote, buffer.readUInt16BE(at + row.dwRemotePort)) : null,
    state,
  };
}

function localAddress(buffer: Buffer, at: number, protocol: Protocol, family: Family): string {
  if (family === 'ipv4') {
    const { dwLocalAddr } = protocol === 'tcp' ? MIB_TCPROW_OWNER_PID : MIB_UDPROW_OWNER_PID;
    return addressOf(buffer, at + dwLocalAddr, 4, 0);
  }
  const row = protocol === 'tcp' ? MIB_TCP6ROW_OWNER_PID : MIB_UDP6ROW_OWNER_PID;
  const scope = buffer.readUInt32LE(at + row.dwLocalScopeId);
  return addressOf(buffer, at + row.ucLocalAddr, 16, scope);
}

/** An address from its bytes in network order. */
function addressOf(buffer: Buffer, at: number, length: 4 | 16, scope: number): string {
  if (length === 4) return buffer.subarray(at, at + 4).join('.');
  const groups: string[] = [];
  for (let group = 0; group < 16; group += 2) {
    groups.push(buffer.readUInt16BE(at + group).toString(16));
  }
  const text = scope === 0 ? groups.join(':') : `${groups.join(':')}%${scope}`;
  return parseAddress(text)?.text ?? text;
}

/** As netstat prints it. */
function endpoint(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

function stateName(state: number): HeldSocket['state'] {
  if (state === STATE.listen) return 'listening';
  if (state === STATE.timeWait) return 'time-wait';
  if (state === STATE.bound) return 'bound';
  return state === STATE.closed ? 'unknown' : 'connected';
}

function familyNumber(family: Family): number {
  return family === 'ipv4' ? AF_INET : AF_INET6;
}
