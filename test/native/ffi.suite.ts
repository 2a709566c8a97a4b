import assert from 'node:assert/strict';
import { LabError } from '#engine/model/lab-error.ts';
import type { Ffi, FfiLibrary } from '#native/ffi/ffi.ts';

/**
 * What an FFI backend must do, over functions that both libc and Windows' C runtime have. Plain
 * functions on node:assert: vitest runs them here, node:test under Wine.
 */

const WINDOWS = process.platform === 'win32';
const C_LIBRARY = WINDOWS
  ? 'msvcrt.dll'
  : process.platform === 'darwin'
    ? 'libc.dylib'
    : 'libc.so.6';
const SOCKET_LIBRARY = WINDOWS ? 'ws2_32.dll' : C_LIBRARY;
const ATOI64 = WINDOWS ? '_atoi64' : 'atoll';
const ROUNDS = 40;

interface FfiCase {
  readonly name: string;
  /** @param gc forces a garbage collection */
  readonly check: (ffi: Ffi, gc: () => void) => void;
}

function must<T>(value: T | undefined): T {
  assert.ok(value !== undefined, 'the library has the function');
  return value;
}

function bytes(text: string): Buffer {
  return Buffer.from(`${text}\0`, 'latin1');
}

function strlenOf(library: FfiLibrary) {
  return must(library.func('strlen', 'i64', ['pointer']));
}

export const FFI_SUITE: readonly FfiCase[] = [
  {
    name: 'numbers go in and come back in their full range',
    check: (ffi, gc) => {
      const library = ffi.load(C_LIBRARY);
      const abs = must(library.func('abs', 'i32', ['i32']));
      const atoi64 = must(library.func(ATOI64, 'i64', ['pointer']));
      const sockets = ffi.load(SOCKET_LIBRARY);
      const htons = must(sockets.func('htons', 'u16', ['u16']));
      const htonl = must(sockets.func('htonl', 'u32', ['u32']));
      for (let i = 0; i < ROUNDS; i++) {
        gc();
        assert.equal(abs(-2_147_483_647), 2_147_483_647);
        assert.equal(htons(0x1234), 0x3412);
        assert.equal(htons(0xff00), 0x00ff);
        assert.equal(htonl(0x000000ff), 0xff000000, 'u32 is not signed');
        assert.equal(atoi64(bytes('-1')), -1, 'INVALID_SOCKET is -1');
        assert.equal(atoi64(bytes('9007199254740991')), Number.MAX_SAFE_INTEGER);
        assert.equal(atoi64(bytes('-9007199254740991')), Number.MIN_SAFE_INTEGER);
      }
    },
  },
  {
    name: 'native code reads and writes the very bytes of a typed array',
    check: (ffi, gc) => {
      const memcpy = must(ffi.load(C_LIBRARY).func('memcpy', 'i64', ['pointer', 'pointer', 'i64']));
      const memset = must(ffi.load(C_LIBRARY).func('memset', 'i64', ['pointer', 'i32', 'i64']));
      // Small arrays live in V8's heap until native code first sees them; the collector moves those.
      const from = new Int32Array([0x01020304]);
      const to = new Uint32Array(1);
      const part = Buffer.alloc(16).subarray(4, 8);
      for (let i = 0; i < ROUNDS; i++) {
        from[0] = i * 0x01010101;
        memcpy(to, from, 4);
        gc();
        assert.equal(to[0], (i * 0x01010101) >>> 0);
        memset(part, i, 4);
        gc();
        assert.deepEqual([...part], [i, i, i, i]);
        assert.equal(new Uint8Array(part.buffer)[part.byteOffset + 4], 0, 'and no byte more');
      }
    },
  },
  {
    name: 'buffers made for one call live through it',
    check: (ffi, gc) => {
      const strlen = strlenOf(ffi.load(C_LIBRARY));
      for (let i = 1; i < ROUNDS; i++) {
        gc();
        assert.equal(strlen(bytes('x'.repeat(i * 37))), i * 37);
      }
    },
  },
  {
    name: 'the address of a buffer stays true while the buffer is reachable',
    check: (ffi, gc) => {
      const buffer = Buffer.alloc(64);
      const address = ffi.addressOf(buffer);
      assert.ok(address > 0n);
      for (let i = 0; i < ROUNDS; i++) gc();
      assert.equal(ffi.addressOf(buffer), address);
      assert.equal(ffi.addressOf(buffer.subarray(24)), address + 24n);
    },
  },
  {
    name: 'null is the null pointer, and a null string comes back as null',
    check: (ffi) => {
      const library = ffi.load(C_LIBRARY);
      const getenv = must(library.func('getenv', 'cstring', ['pointer']));
      assert.equal(getenv(bytes('PORTLAB_NO_SUCH_VARIABLE')), null);
      assert.ok((getenv(bytes('PATH')) ?? '').length > 0);
      const memcmp = must(library.func('memcmp', 'i32', ['pointer', 'pointer', 'i64']));
      assert.equal(memcmp(null, null, 0), 0);
    },
  },
  {
    name: 'a function without arguments or result can be called',
    check: (ffi) => {
      const library = ffi.load(C_LIBRARY);
      const srand = must(library.func('srand', 'void', ['u32']));
      const rand = must(library.func('rand', 'i32', []));
      srand(7);
      const first = [rand(), rand(), rand()];
      srand(7);
      assert.deepEqual([rand(), rand(), rand()], first);
    },
  },
  {
    name: 'an export that is not there is undefined, a library that is not there says so',
    check: (ffi) => {
      assert.equal(ffi.load(C_LIBRARY).func('portlab_no_such_function', 'i32', []), undefined);
      assert.throws(
        () => ffi.load('portlab-no-such-library.dll'),
        (error) => error instanceof LabError && error.kind === 'refused',
      );
    },
  },
];
