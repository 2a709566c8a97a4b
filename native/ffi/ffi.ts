/**
 * The little the lab needs of a foreign function interface. Two implementations over independent
 * libraries, koffi and ffi-napi: the same answers from both is a check on the measurement itself.
 */
export interface Ffi {
  readonly name: FfiName;
  /**
   * @param file a DLL or shared object, found the way the system finds it
   * @throws LabError 'refused' when the system doesn't find or accept it
   */
  load(file: string): FfiLibrary;
  /**
   * Where a buffer's bytes are. Stays true as long as the buffer is reachable: its backing store
   * doesn't move. Keep a reference while native code may use the address.
   */
  addressOf(buffer: Uint8Array): bigint;
}

export const FFI_NAMES = ['koffi', 'ffi-napi'] as const;
export type FfiName = (typeof FFI_NAMES)[number];

export interface FfiLibrary {
  /**
   * @returns a function that calls the export synchronously on this thread, or undefined where the
   * library has no such export
   */
  func<const A extends readonly FfiType[], R extends FfiType | 'void'>(
    name: string,
    returns: R,
    args: A,
  ): ((...args: FfiArguments<A>) => FfiValue<R>) | undefined;
}

/**
 * Types across the boundary:
 * - `i32`, `u32`, `u16`: numbers in their range
 * - `i64`: a number, exact up to 2^53. Carries a SOCKET, with -1 for INVALID_SOCKET
 * - `pointer`: the bytes of a typed array (kept alive for the call), or null. Argument only
 * - `cstring`: a NUL-terminated byte string, copied. Return value only
 */
export type FfiType = 'i32' | 'u32' | 'u16' | 'i64' | 'pointer' | 'cstring';

/** What may be passed as a `pointer`. */
export type Bytes = Uint8Array | Int32Array | Uint32Array;

type FfiArgument<T extends FfiType> = T extends 'pointer' ? Bytes | null : number;
type FfiArguments<A extends readonly FfiType[]> = { [K in keyof A]: FfiArgument<A[K]> };
export type FfiValue<R> = R extends 'void' ? void : R extends 'cstring' ? string | null : number;
