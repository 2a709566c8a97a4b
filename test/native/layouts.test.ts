import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import * as layouts from '#native/layout/layouts.ts';

type TableName = keyof typeof layouts;

/** A plain copy of the module's exports. */
const TABLES: Readonly<Record<TableName, Readonly<Record<string, number>>>> = { ...layouts };

/** C type of each table, its header's members being the table's keys (`_` for a nested member). */
const C_TYPES: Readonly<Record<TableName, string>> = {
  SOCKADDR_IN: 'struct sockaddr_in',
  SOCKADDR_IN6: 'struct sockaddr_in6',
  WSADATA: 'WSADATA',
  FD_SET: 'fd_set',
  TIMEVAL: 'struct timeval',
  LINGER: 'struct linger',
  INET_PORT_RANGE: 'INET_PORT_RANGE',
  INET_PORT_RESERVATION_INSTANCE: 'INET_PORT_RESERVATION_INSTANCE',
  INET_PORT_RESERVATION_TOKEN: 'INET_PORT_RESERVATION_TOKEN',
  RTL_OSVERSIONINFOEXW: 'RTL_OSVERSIONINFOEXW',
  IP_ADAPTER_ADDRESSES_LH: 'IP_ADAPTER_ADDRESSES_LH',
  IP_ADAPTER_UNICAST_ADDRESS_LH: 'IP_ADAPTER_UNICAST_ADDRESS_LH',
  MEMORYSTATUSEX: 'MEMORYSTATUSEX',
  PERFORMANCE_INFORMATION: 'PERFORMANCE_INFORMATION',
  MIB_TCPROW_OWNER_PID: 'MIB_TCPROW_OWNER_PID',
  MIB_TCP6ROW_OWNER_PID: 'MIB_TCP6ROW_OWNER_PID',
  MIB_UDPROW_OWNER_PID: 'MIB_UDPROW_OWNER_PID',
  MIB_UDP6ROW_OWNER_PID: 'MIB_UDP6ROW_OWNER_PID',
  MIB_TCPTABLE_OWNER_PID: 'MIB_TCPTABLE_OWNER_PID',
  MIB_TCPSTATS: 'MIB_TCPSTATS',
  UNICODE_STRING: 'UNICODE_STRING',
  SYSTEM_PROCESS_INFORMATION: 'SYSTEM_PROCESS_INFORMATION',
};

/** What mingw-w64's compiler printed for x86_64 (Debian's gcc 12 cross compiler). */
const RECORDED: Readonly<Record<TableName, Readonly<Record<string, number>>>> = {
  SOCKADDR_IN: { size: 16, sin_family: 0, sin_port: 2, sin_addr: 4 },
  SOCKADDR_IN6: {
    size: 28,
    sin6_family: 0,
    sin6_port: 2,
    sin6_flowinfo: 4,
    sin6_addr: 8,
    sin6_scope_id: 24,
  },
  WSADATA: { size: 408, wVersion: 0, wHighVersion: 2, szDescription: 16 },
  FD_SET: { size: 520, fd_count: 0, fd_array: 8 },
  TIMEVAL: { size: 8, tv_sec: 0, tv_usec: 4 },
  LINGER: { size: 4, l_onoff: 0, l_linger: 2 },
  INET_PORT_RANGE: { size: 4, StartPort: 0, NumberOfPorts: 2 },
  INET_PORT_RESERVATION_INSTANCE: {
    size: 16,
    StartPort: 0,
    NumberOfPorts: 2,
    Token: 8,
  },
  INET_PORT_RESERVATION_TOKEN: { size: 8 },
  RTL_OSVERSIONINFOEXW: {
    size: 284,
    dwOSVersionInfoSize: 0,
    dwMajorVersion: 4,
    dwMinorVersion: 8,
    dwBuildNumber: 12,
    wProductType: 282,
  },
  IP_ADAPTER_ADDRESSES_LH: {
    size: 448,
    IfIndex: 4,
    Next: 8,
    FirstUnicastAddress: 24,
    Description: 64,
    FriendlyName: 72,
    IfType: 100,
    OperStatus: 104,
    Ipv6IfIndex: 108,
  },
  IP_ADAPTER_UNICAST_ADDRESS_LH: {
    size: 64,
    Next: 8,
    Address_lpSockaddr: 16,
    Address_iSockaddrLength: 24,
    SuffixOrigin: 36,
    DadState: 40,
    OnLinkPrefixLength: 56,
  },
  MEMORYSTATUSEX: { size: 64, dwLength: 0, ullAvailPhys: 16 },
  PERFORMANCE_INFORMATION: { size: 104, cb: 0, KernelNonpaged: 72, PageSize: 80 },
  MIB_TCPROW_OWNER_PID: {
    size: 24,
    dwState: 0,
    dwLocalAddr: 4,
    dwLocalPort: 8,
    dwRemoteAddr: 12,
    dwRemotePort: 16,
    dwOwningPid: 20,
  },
  MIB_TCP6ROW_OWNER_PID: {
    size: 56,
    ucLocalAddr: 0,
    dwLocalScopeId: 16,
    dwLocalPort: 20,
    ucRemoteAddr: 24,
    dwRemoteScopeId: 40,
    dwRemotePort: 44,
    dwState: 48,
    dwOwningPid: 52,
  },
  MIB_UDPROW_OWNER_PID: { size: 12, dwLocalAddr: 0, dwLocalPort: 4, dwOwningPid: 8 },
  MIB_UDP6ROW_OWNER_PID: {
    size: 28,
    ucLocalAddr: 0,
    dwLocalScopeId: 16,
    dwLocalPort: 20,
    dwOwningPid: 24,
  },
  MIB_TCPTABLE_OWNER_PID: { dwNumEntries: 0, table: 4 },
  MIB_TCPSTATS: { size: 60, dwCurrEstab: 32 },
  UNICODE_STRING: { size: 16, Length: 0, Buffer: 8 },
  SYSTEM_PROCESS_INFORMATION: {
    size: 256,
    NextEntryOffset: 0,
    ImageName: 56,
    UniqueProcessId: 80,
    HandleCount: 96,
  },
};

const COMPILER = 'x86_64-w64-mingw32-gcc';
const hasCompiler = spawnSync(COMPILER, ['--version']).status === 0;

/**
 * A C program whose compilation proves the tables: one `_Static_assert` an entry. Nothing has to be
 * run, so no Windows and no Wine is needed.
 */
function proof(): string {
  const checks = Object.entries(C_TYPES).flatMap(([name, type]) =>
    Object.entries(TABLES[name as TableName]).map(([key, value]) => {
      const member = key.replace('Address_', 'Address.');
      const actual = key === 'size' ? `sizeof(${type})` : `offsetof(${type}, ${member})`;
      return `_Static_assert(${actual} == ${value}, "${name}.${key}");`;
    }),
  );
  const headers = [
    'winsock2.h',
    'ws2tcpip.h',
    'mstcpip.h',
    'iphlpapi.h',
    'psapi.h',
    'winternl.h',
    'stddef.h',
  ];
  return [
    '#define _WIN32_WINNT 0x0A00',
    ...headers.map((header) => `#include <${header}>`),
    ...checks,
  ].join('\n');
}

describe('memory layouts', () => {
  it('are the recorded ones, byte by byte', () => {
    expect(TABLES).toEqual(RECORDED);
  });

  it.skipIf(!hasCompiler)('are what a C compiler for Windows says', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'portlab-layouts-'));
    try {
      const source = path.join(folder, 'layouts.c');
      writeFileSync(source, proof());
      execFileSync(COMPILER, ['-fsyntax-only', source], { stdio: 'pipe' });
      writeFileSync(source, proof().replace('sizeof(WSADATA) == 408', 'sizeof(WSADATA) == 400'));
      expect(spawnSync(COMPILER, ['-fsyntax-only', source]).status).not.toBe(0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
