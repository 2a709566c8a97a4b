import { createRequire } from 'node:module';
import { isMainThread } from 'node:worker_threads';
import { LabError } from '#engine/model/lab-error.ts';
import type { Bytes, Ffi, FfiLibrary, FfiType } from './ffi.ts';

/** A ref-napi type; opaque to us. */
type RefType = object;

/** The parts of ref-napi used here (it ships no types of its own). */
interface RefNapi {
  readonly types: Readonly<Record<'void' | 'int32' | 'uint32' | 'uint16' | 'int64', RefType>>;
  readonly NULL: Buffer;
  refType(type: RefType): RefType;
  coerceType(name: string): RefType;
  hexAddress(buffer: Buffer): string;
}

type NativeArgument = number | Buffer;

/** The parts of ffi-napi used here. */
interface FfiNapi {
  DynamicLibrary(path: string): { get(symbol: string): Buffer };
  ForeignFunction(
    pointer: Buffer,
    returns: RefType,
    args: readonly RefType[],
  ): (...args: NativeArgument[]) => number | string | null;
}

/**
 * FFI over ffi-napi and ref-napi: the cross-check. About 50 times slower a call than koffi.
 * It crashes the process when loaded in a worker thread, so there it is refused.
 * @throws LabError 'refused' in a worker, or where it has no binary for this platform
 */
export function openFfiNapi(): Ffi {
  const hint = 'Use --ffi koffi.';
  if (!isMainThread) {
    throw new LabError('refused', 'ffi-napi works on the main thread only', hint);
  }
  let ffi: FfiNapi;
  let ref: RefNapi;
  try {
    const require = createRequire(import.meta.url);
    ref = require('ref-napi') as RefNapi;
    ffi = require('ffi-napi') as FfiNapi;
  } catch (error) {
    const [reason = ''] = String(error instanceof Error ? error.message : error).split('\n', 1);
    throw new LabError('refused', `ffi-napi can't be loaded here: ${reason}`, hint);
  }
  const voidPointer = ref.refType(ref.types.void);
  const types: Readonly<Record<FfiType | 'void', RefType>> = {
    i32: ref.types.int32,
    u32: ref.types.uint32,
    u16: ref.types.uint16,
    i64: ref.types.int64,
    pointer: voidPointer,
    cstring: ref.coerceType('string'),
    void: ref.types.void,
  };
  return {
    name: 'ffi-napi',
    load: (file) => loadLibrary(ffi, ref, types, file),
    addressOf: (buffer) => BigInt(`0x${ref.hexAddress(asBuffer(buffer))}`),
  };
}

function loadLibrary(
  ffi: FfiNapi,
  ref: RefNapi,
  types: Readonly<Record<FfiType | 'void', RefType>>,
  file: string,
): FfiLibrary {
  let library: { get(symbol: string): Buffer };
  try {
    library = ffi.DynamicLibrary(file);
  } catch (error) {
    throw new LabError(
      'refused',
      `${file} can't be loaded: ${String(error instanceof Error ? error.message : error)}`,
      'Windows brings this library; elsewhere only the simulated stack is available.',
    );
  }
  return {
    func(name, returns, args) {
      let pointer: Buffer;
      try {
        pointer = library.get(name);
      } catch {
        return undefined;
      }
      const call = ffi.ForeignFunction(
        pointer,
        types[returns],
        args.map((type) => types[type]),
      );
      const proxy = (...values: readonly (number | Bytes | null)[]): unknown => {
        const native = values.map((value) =>
          typeof value === 'number' ? value : value === null ? ref.NULL : asBuffer(value),
        );
        const answer = call(...native);
        // ref-napi gives an int64 beyond 2^53 as text.
        return returns === 'i64' ? Number(answer) : answer;
      };
      return proxy as ReturnType<FfiLibrary['func']> as never;
    },
  };
}

/** ffi-napi takes Buffers only; this is one over the same bytes. */
function asBuffer(bytes: Bytes): Buffer {
  if (Buffer.isBuffer(bytes)) return bytes;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
