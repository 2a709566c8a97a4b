/** Constants of Winsock 2 headers (ws2def.h, winsock2.h, handleapi.h), by their C names. */

export const AF_INET = 2;
export const AF_INET6 = 23;
export const SOCK_STREAM = 1;
export const SOCK_DGRAM = 2;
export const IPPROTO_TCP = 6;
export const IPPROTO_UDP = 17;

/** Winsock 2.2, as WSAStartup takes it. */
export const WINSOCK_VERSION = 0x0202;

export const INVALID_SOCKET = -1;
export const SOCKET_ERROR = -1;

export const WSA_FLAG_OVERLAPPED = 0x01;
/** Windows 7 SP1 and later: child processes don't get the socket. A child that has it keeps its port. */
export const WSA_FLAG_NO_HANDLE_INHERIT = 0x80;
export const HANDLE_FLAG_INHERIT = 0x01;

export const SO_LINGER = 0x0080;
export const SO_ERROR = 0x1007;

/** ioctlsocket's FIONBIO, 0x8004667E, as the signed 32-bit `long` it is on Windows. */
export const FIONBIO = 0x8004667e | 0;

/** mstcpip.h; _WSAIOW(IOC_VENDOR, 100) and 102. What was acquired is released with its socket. */
export const SIO_ACQUIRE_PORT_RESERVATION = 0x98000064;
export const SIO_ASSOCIATE_PORT_RESERVATION = 0x98000066;
