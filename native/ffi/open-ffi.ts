import type { Ffi, FfiName } from './ffi.ts';
import { openKoffi } from './koffi-ffi.ts';
import { openFfiNapi } from './napi-ffi.ts';

/**
 * Opens an FFI library by name.
 * @throws LabError 'refused' saying why, where it can't be had; callers state it and fall back
 */
export function openFfi(name: FfiName): Ffi {
  return name === 'koffi' ? openKoffi() : openFfiNapi();
}
