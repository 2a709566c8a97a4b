import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, it } from 'vitest';
import { FFI_NAMES } from '#native/ffi/ffi.ts';
import { openFfi } from '#native/ffi/open-ffi.ts';
import { FFI_SUITE } from './ffi.suite.ts';

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as () => void;

for (const name of FFI_NAMES) {
  describe(`FFI over ${name}`, () => {
    for (const { name: title, check } of FFI_SUITE) it(title, () => check(openFfi(name), gc));
  });
}
