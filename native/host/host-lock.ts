import { LabError } from '#engine/model/lab-error.ts';
import type { Ffi } from '../ffi/ffi.ts';
import { requireExport } from '../winsock/ws2.ts';

/**
 * One name for every session and user of the host. Microsoft, "CreateMutexW": a mutex in `Global\`
 * needs no privilege, and goes when the last handle to it is closed, at a process's end at the latest.
 */
const NAME = String.raw`Global\PortScalabilityLab.Run`;

/** winerror.h: the mutex existed; ERROR_ACCESS_DENIED: it exists and is another user's. */
const ERROR_ALREADY_EXISTS = 183;
const ERROR_ACCESS_DENIED = 5;

export interface HostLock {
  release(): void;
}

/**
 * Makes sure that one real run has the host to itself. The lock is the existence of a named mutex, so
 * it can't outlive its process, and needs no port and no file.
 * @throws LabError (refused) while another run has it
 */
export function lockHost(ffi: Ffi): HostLock {
  const file = 'kernel32.dll';
  const kernel32 = ffi.load(file);
  const createMutex = requireExport(kernel32, file, 'CreateMutexW', 'i64', [
    'pointer',
    'i32',
    'pointer',
  ]);
  const getLastError = requireExport(kernel32, file, 'GetLastError', 'u32', []);
  const closeHandle = requireExport(kernel32, file, 'CloseHandle', 'i32', ['i64']);

  // No security attributes: no child inherits the handle.
  const handle = createMutex(null, 0, Buffer.from(`${NAME}\0`, 'utf16le'));
  const error = getLastError();
  if (handle !== 0 && error !== ERROR_ALREADY_EXISTS) {
    return { release: () => void closeHandle(handle) };
  }
  if (handle !== 0) closeHandle(handle);
  if (error === ERROR_ALREADY_EXISTS || error === ERROR_ACCESS_DENIED) {
    throw new LabError(
      'refused',
      'another experiment is running on this host',
      'wait for it to end: two at once would starve each other and neither could be trusted',
    );
  }
  throw new LabError('failed', `CreateMutexW: error ${error}`, 'try again; nothing was taken');
}
