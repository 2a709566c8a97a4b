/** Windows Sockets error codes the lab meets or gives. Source: Microsoft "Windows Sockets Error Codes". */
export const WSA = {
  WSAEINTR: 10004,
  WSAEBADF: 10009,
  WSAEACCES: 10013,
  WSAEFAULT: 10014,
  WSAEINVAL: 10022,
  WSAEMFILE: 10024,
  WSAEWOULDBLOCK: 10035,
  WSAEINPROGRESS: 10036,
  WSAEALREADY: 10037,
  WSAENOTSOCK: 10038,
  WSAEDESTADDRREQ: 10039,
  WSAEMSGSIZE: 10040,
  WSAEPROTOTYPE: 10041,
  WSAENOPROTOOPT: 10042,
  WSAEPROTONOSUPPORT: 10043,
  WSAESOCKTNOSUPPORT: 10044,
  WSAEOPNOTSUPP: 10045,
  WSAEPFNOSUPPORT: 10046,
  WSAEAFNOSUPPORT: 10047,
  WSAEADDRINUSE: 10048,
  WSAEADDRNOTAVAIL: 10049,
  WSAENETDOWN: 10050,
  WSAENETUNREACH: 10051,
  WSAENETRESET: 10052,
  WSAECONNABORTED: 10053,
  WSAECONNRESET: 10054,
  WSAENOBUFS: 10055,
  WSAEISCONN: 10056,
  WSAENOTCONN: 10057,
  WSAESHUTDOWN: 10058,
  WSAETIMEDOUT: 10060,
  WSAECONNREFUSED: 10061,
  WSAEHOSTDOWN: 10064,
  WSAEHOSTUNREACH: 10065,
  WSASYSNOTREADY: 10091,
  WSAVERNOTSUPPORTED: 10092,
  WSANOTINITIALISED: 10093,
} as const;

export type WsaName = keyof typeof WSA;

/** Stands in a recording for a call that failed while its error code was already gone. No Winsock code has this value. */
export const ERROR_LOST = 65_535;

const NAMES = new Map<number, WsaName>(
  (Object.entries(WSA) as [WsaName, number][]).map(([name, code]) => [code, name]),
);

/** Symbolic name of a code, or null for 0 and codes the lab has no name for. */
export function wsaName(code: number): WsaName | null {
  return NAMES.get(code) ?? null;
}

/** `WSAENOBUFS (10055)`; an unknown code keeps its number: `error 10999`. */
export function describeCode(code: number): string {
  if (code === ERROR_LOST) return 'error code lost';
  const name = NAMES.get(code);
  return name === undefined ? `error ${code}` : `${name} (${code})`;
}
