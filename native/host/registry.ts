import type { Ffi } from '../ffi/ffi.ts';
import { requireExport } from '../winsock/ws2.ts';

/**
 * HKEY_LOCAL_MACHINE of winreg.h: a 32-bit `LONG`, widened with its sign to the size of a handle.
 */
const HKEY_LOCAL_MACHINE = 0x80000002 | 0;
/** winnt.h. Nothing here ever asks for more than reading. */
const KEY_READ = 0x20019;
/** winnt.h: the 64-bit view, whatever the program is. */
const KEY_WOW64_64KEY = 0x0100;
/** winnt.h. */
const REG_DWORD = 4;

/** winerror.h. */
const ERROR_SUCCESS = 0;
const ERROR_FILE_NOT_FOUND = 2;
const ERROR_PATH_NOT_FOUND = 3;
const ERROR_ACCESS_DENIED = 5;

/**
 * A value of the registry: `missing` where its key isn't there; `present` where the key is, with the
 * value, or null where the key has none of that name and type or may not be read; `unknown` where
 * Windows gave an answer that says neither.
 */
export type RegistryAnswer =
  | { readonly key: 'missing' }
  | { readonly key: 'present'; readonly value: number | null }
  | { readonly key: 'unknown'; readonly code: number };

/** Reads values of HKEY_LOCAL_MACHINE, and writes nothing. */
export interface Registry {
  /** @param path of the key, below HKEY_LOCAL_MACHINE. @param name of a REG_DWORD value */
  dword(path: string, name: string): RegistryAnswer;
}

/**
 * Opens the registry of this Windows for reading: RegOpenKeyExW, RegQueryValueExW and RegCloseKey of
 * advapi32.dll, each called and answered at once. Source: winreg.h and Microsoft's page of each.
 * @throws LabError 'refused' where there is no advapi32.dll
 */
export function openRegistry(ffi: Ffi): Registry {
  const file = 'advapi32.dll';
  const library = ffi.load(file);
  /** key, subkey, options, access wanted, the opened key */
  const open = requireExport(library, file, 'RegOpenKeyExW', 'i32', [
    'i64',
    'pointer',
    'u32',
    'u32',
    'pointer',
  ]);
  /** key, value's name, reserved, its type, its data, bytes of data */
  const query = requireExport(library, file, 'RegQueryValueExW', 'i32', [
    'i64',
    'pointer',
    'pointer',
    'pointer',
    'pointer',
    'pointer',
  ]);
  const close = requireExport(library, file, 'RegCloseKey', 'i32', ['i64']);

  const valueOf = (key: number, name: string): number | null => {
    const type = new Uint32Array(1);
    const data = new Uint32Array(1);
    const bytes = Uint32Array.of(data.byteLength);
    const code = query(key, wide(name), null, type, data, bytes);
    const right = code === ERROR_SUCCESS && type[0] === REG_DWORD;
    return right ? (data[0] ?? null) : null;
  };

  return {
    dword(path, name) {
      const opened = Buffer.alloc(8);
      const access = KEY_READ | KEY_WOW64_64KEY;
      const code = open(HKEY_LOCAL_MACHINE, wide(path), 0, access, opened);
      if (code === ERROR_FILE_NOT_FOUND || code === ERROR_PATH_NOT_FOUND) return { key: 'missing' };
      if (code === ERROR_ACCESS_DENIED) return { key: 'present', value: null };
      if (code !== ERROR_SUCCESS) return { key: 'unknown', code };
      const key = Number(opened.readBigInt64LE());
      try {
        return { key: 'present', value: valueOf(key, name) };
      } finally {
        close(key);
      }
    },
  };
}

/** A string as the W functions take it: UTF-16, ended by a NUL. */
function wide(text: string): Buffer {
  return Buffer.from(`${text}\0`, 'utf16le');
}
