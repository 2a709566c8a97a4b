import { describe, it } from 'node:test';
import { FFI_NAMES } from '#native/ffi/ffi.ts';
import { openFfi } from '#native/ffi/open-ffi.ts';
import { FFI_SUITE } from '#test/native/ffi.suite.ts';
import { forceGc } from './gc.ts';

for (const backend of FFI_NAMES) {
  describe(`FFI over ${backend}`, () => {
    for (const { name, check } of FFI_SUITE) it(name, () => check(openFfi(backend), forceGc));
  });
}
