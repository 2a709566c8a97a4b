/**
 * Memory layouts of the Windows structures the lab reads and writes, as byte offsets by the name of
 * the C member. x64 and arm64 Windows share them (LLP64, natural alignment). Printed by a C program
 * with mingw-w64's headers; test/native/layouts.test.ts compares them with a C compiler where there
 * is one. Only members that are used are listed, and `size` is the whole structure's.
 */

/** `struct sockaddr_in`; family in host order, port and address in network order. */
export const SOCKADDR_IN = { size: 16, sin_family: 0, sin_port: 2, sin_addr: 4 } as const;

/** `struct sockaddr_in6`. The port is where sockaddr_in has it. */
export const SOCKADDR_IN6 = {
  size: 28,
  sin6_family: 0,
  sin6_port: 2,
  sin6_flowinfo: 4,
  sin6_addr: 8,
  sin6_scope_id: 24,
} as const;

/** `WSADATA` in its 64-bit order (vendor pointer before the strings). */
export const WSADATA = { size: 408, wVersion: 0, wHighVersion: 2, szDescription: 16 } as const;

/** `fd_set` with FD_SETSIZE 64: Winsock's is a count and an array of SOCKETs, no bit mask. */
export const FD_SET = { size: 520, fd_count: 0, fd_array: 8 } as const;

/** `struct timeval`: two `long`s, 32 bits each on Windows. */
export const TIMEVAL = { size: 8, tv_sec: 0, tv_usec: 4 } as const;

/** `struct linger`: two u_shorts, seconds in the second. */
export const LINGER = { size: 4, l_onoff: 0, l_linger: 2 } as const;

/** `INET_PORT_RANGE`: the port in network order, the number in host order. */
export const INET_PORT_RANGE = { size: 4, StartPort: 0, NumberOfPorts: 2 } as const;

/** `INET_PORT_RESERVATION_INSTANCE`: the range got (in C its members are its own), and the token. */
export const INET_PORT_RESERVATION_INSTANCE = {
  size: 16,
  StartPort: 0,
  NumberOfPorts: 2,
  Token: 8,
} as const;

/** `INET_PORT_RESERVATION_TOKEN`: a ULONG64; 0 is INVALID_PORT_RESERVATION_TOKEN. */
export const INET_PORT_RESERVATION_TOKEN = { size: 8 } as const;

export const RTL_OSVERSIONINFOEXW = {
  size: 284,
  dwOSVersionInfoSize: 0,
  dwMajorVersion: 4,
  dwMinorVersion: 8,
  dwBuildNumber: 12,
  wProductType: 282,
} as const;

export const IP_ADAPTER_ADDRESSES_LH = {
  size: 448,
  IfIndex: 4,
  Next: 8,
  FirstUnicastAddress: 24,
  Description: 64,
  FriendlyName: 72,
  IfType: 100,
  OperStatus: 104,
  Ipv6IfIndex: 108,
} as const;

/** `Address` is a SOCKET_ADDRESS: a pointer, then a 32-bit length. */
export const IP_ADAPTER_UNICAST_ADDRESS_LH = {
  size: 64,
  Next: 8,
  Address_lpSockaddr: 16,
  Address_iSockaddrLength: 24,
  SuffixOrigin: 36,
  DadState: 40,
  OnLinkPrefixLength: 56,
} as const;

/** `MEMORYSTATUSEX`; amounts are 64-bit counts of bytes. */
export const MEMORYSTATUSEX = { size: 64, dwLength: 0, ullAvailPhys: 16 } as const;

/** `PERFORMANCE_INFORMATION`; amounts are SIZE_T counts of pages. */
export const PERFORMANCE_INFORMATION = {
  size: 104,
  cb: 0,
  KernelNonpaged: 72,
  PageSize: 80,
} as const;

/** Rows of GetExtendedTcpTable and GetExtendedUdpTable; ports in network order, in the low 16 bits. */
export const MIB_TCPROW_OWNER_PID = {
  size: 24,
  dwState: 0,
  dwLocalAddr: 4,
  dwLocalPort: 8,
  dwRemoteAddr: 12,
  dwRemotePort: 16,
  dwOwningPid: 20,
} as const;

export const MIB_TCP6ROW_OWNER_PID = {
  size: 56,
  ucLocalAddr: 0,
  dwLocalScopeId: 16,
  dwLocalPort: 20,
  ucRemoteAddr: 24,
  dwRemoteScopeId: 40,
  dwRemotePort: 44,
  dwState: 48,
  dwOwningPid: 52,
} as const;

export const MIB_UDPROW_OWNER_PID = {
  size: 12,
  dwLocalAddr: 0,
  dwLocalPort: 4,
  dwOwningPid: 8,
} as const;

export const MIB_UDP6ROW_OWNER_PID = {
  size: 28,
  ucLocalAddr: 0,
  dwLocalScopeId: 16,
  dwLocalPort: 20,
  dwOwningPid: 24,
} as const;

/** Where the rows begin: all four tables are a count and an array of 4-aligned rows. */
export const MIB_TCPTABLE_OWNER_PID = { dwNumEntries: 0, table: 4 } as const;

export const MIB_TCPSTATS = { size: 60, dwCurrEstab: 32 } as const;

/** `UNICODE_STRING`: its length in bytes, and a pointer. */
export const UNICODE_STRING = { size: 16, Length: 0, Buffer: 8 } as const;

/** As far as Microsoft's page on NtQuerySystemInformation tells of it. */
export const SYSTEM_PROCESS_INFORMATION = {
  size: 256,
  NextEntryOffset: 0,
  ImageName: 56,
  UniqueProcessId: 80,
  HandleCount: 96,
} as const;
