import { createRequire } from 'node:module';
import { LabError } from '#engine/model/lab-error.ts';
import type { Ffi, FfiLibrary, FfiType } from './ffi.ts';

type Koffi = typeof import('koffi');

const KOFFI_TYPE: Readonly<Record<FfiType | 'void', string>> = {
  i32: 'int32',
  u32: 'uint32',
  u16: 'uint16',
  i64: 'int64',
  pointer: 'void *',
  cstring: 'const char *',
  void: 'void',
};

/**
 * FFI over koffi 3: the one that measures (35 to 100 ns a call).
 * @throws LabError 'refused' where koffi has no binary for this platform
 */
export function openKoffi(): Ffi {
  let koffi: Koffi;
  try {
    koffi = createRequire(import.meta.url)('koffi') as Koffi;
  } catch (error) {
    throw new LabError(
      'refused',
      `koffi can't be loaded here: ${firstLine(error)}`,
      'Install the dependencies again for this platform (npm ci), or use --ffi ffi-napi.',
    );
  }
  return {
    name: 'koffi',
    load: (file) => loadLibrary(koffi, file),
    addressOf: (buffer) => koffi.address(buffer),
  };
}

function loadLibrary(koffi: Koffi, file: string): FfiLibrary {
  let library: ReturnType<Koffi['load']>;
  try {
    library = koffi.load(file);
  } catch (error) {
    throw new LabError(
      'refused',
      `${file} can't be loaded: ${firstLine(error)}`,
      'Windows brings this library; elsewhere only the simulated stack is available.',
    );
  }
  return {
    func(name, returns, args) {
      try {
        return library.func(
          name,
          KOFFI_TYPE[returns],
          args.map((type) => KOFFI_TYPE[type]),
        );
      } catch {
        // The types are our own and known to koffi, so what it can throw is "no such export".
        return undefined;
      }
    },
  };
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split('\n', 1)[0] ?? '';
}
