import { LabError } from '#engine/model/lab-error.ts';
import { describeCode } from '#engine/model/winsock-error.ts';
import type { Ffi, FfiLibrary, FfiType } from '../ffi/ffi.ts';
import { WSADATA } from '../layout/layouts.ts';
import { WINSOCK_VERSION } from './constants.ts';

/**
 * An export that must be there.
 * @throws LabError 'refused' naming it where the library lacks it
 */
export function requireExport<const A extends readonly FfiType[], R extends FfiType | 'void'>(
  library: FfiLibrary,
  file: string,
  name: string,
  returns: R,
  args: A,
) {
  const call = library.func(name, returns, args);
  if (call === undefined) {
    throw new LabError(
      'refused',
      `${file} has no function ${name}`,
      'The lab needs Windows 7 SP1, Server 2008 R2 SP1 or later.',
    );
  }
  return call;
}

/**
 * Signatures of ws2_32.dll and kernel32.dll. SOCKET is UINT_PTR: an `i64`, -1 is INVALID_SOCKET;
 * `long` has 32 bits. Source: winsock2.h and Microsoft's page of each function.
 */
export function bindWs2(ffi: Ffi) {
  const file = 'ws2_32.dll';
  const ws2 = ffi.load(file);
  const kernel32 = ffi.load('kernel32.dll');
  return {
    WSAStartup: requireExport(ws2, file, 'WSAStartup', 'i32', ['u16', 'pointer']),
    WSACleanup: requireExport(ws2, file, 'WSACleanup', 'i32', []),
    WSAGetLastError: requireExport(ws2, file, 'WSAGetLastError', 'i32', []),
    WSASetLastError: requireExport(ws2, file, 'WSASetLastError', 'void', ['i32']),
    /** af, type, protocol, protocol info, group, flags */
    WSASocketW: requireExport(ws2, file, 'WSASocketW', 'i64', [
      'i32',
      'i32',
      'i32',
      'pointer',
      'u32',
      'u32',
    ]),
    bind: requireExport(ws2, file, 'bind', 'i32', ['i64', 'pointer', 'i32']),
    getsockname: requireExport(ws2, file, 'getsockname', 'i32', ['i64', 'pointer', 'pointer']),
    setsockopt: requireExport(ws2, file, 'setsockopt', 'i32', [
      'i64',
      'i32',
      'i32',
      'pointer',
      'i32',
    ]),
    getsockopt: requireExport(ws2, file, 'getsockopt', 'i32', [
      'i64',
      'i32',
      'i32',
      'pointer',
      'pointer',
    ]),
    listen: requireExport(ws2, file, 'listen', 'i32', ['i64', 'i32']),
    accept: requireExport(ws2, file, 'accept', 'i64', ['i64', 'pointer', 'pointer']),
    connect: requireExport(ws2, file, 'connect', 'i32', ['i64', 'pointer', 'i32']),
    /** nfds (ignored), readfds, writefds, exceptfds, timeout */
    select: requireExport(ws2, file, 'select', 'i32', [
      'i32',
      'pointer',
      'pointer',
      'pointer',
      'pointer',
    ]),
    /** SOCKET, code, in, its bytes, out, its bytes, bytes returned, overlapped, completion routine */
    WSAIoctl: requireExport(ws2, file, 'WSAIoctl', 'i32', [
      'i64',
      'u32',
      'pointer',
      'u32',
      'pointer',
      'u32',
      'pointer',
      'pointer',
      'pointer',
    ]),
    ioctlsocket: requireExport(ws2, file, 'ioctlsocket', 'i32', ['i64', 'i32', 'pointer']),
    closesocket: requireExport(ws2, file, 'closesocket', 'i32', ['i64']),
    /** HANDLE, mask, flags; a BOOL */
    SetHandleInformation: requireExport(kernel32, 'kernel32.dll', 'SetHandleInformation', 'i32', [
      'i64',
      'u32',
      'u32',
    ]),
  };
}

export type Ws2 = ReturnType<typeof bindWs2>;

/**
 * Loads Winsock 2.2 and starts it. Whoever calls this owes one `WSACleanup`.
 * @throws LabError 'refused' where there is no ws2_32.dll or it does not start
 */
export function startWinsock(ffi: Ffi): Ws2 {
  const ws2 = bindWs2(ffi);
  // WSAStartup gives its error itself; there is no last error before it succeeded.
  const code = ws2.WSAStartup(WINSOCK_VERSION, Buffer.alloc(WSADATA.size));
  if (code !== 0) {
    throw new LabError(
      'refused',
      `WSAStartup: ${describeCode(code)}`,
      'Check that the network of this Windows works: netsh winsock show catalog.',
    );
  }
  return ws2;
}
