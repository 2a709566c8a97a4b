import { describe, it } from 'node:test';
import { FFI_NAMES, type Ffi, type FfiName } from '#native/ffi/ffi.ts';
import { openFfi } from '#native/ffi/open-ffi.ts';
import { createWinsockStack } from '#native/winsock/winsock-stack.ts';
import { SOCKET_STACK_SUITE } from '#test/stack/socket-stack.suite.ts';
import { runCase } from '#test/stack/suite-case.ts';
import { WINE_ANSWERS } from '#test/stack/suite-host.ts';
import { forceGc, withGc } from './gc.ts';

/** Ports of the namespace this runs in. */
const POOL = 256;
/** A full collection takes ms: of the thousands of events of a fill only some get one. */
const GC_EVERY = 64;
const FAILURE_GC_EVERY = 8;

/** A TIME_WAIT outlives a backend's cases. */
const SPARES: Readonly<Record<FfiName, readonly [string, string]>> = {
  koffi: ['127.0.0.4', '127.0.0.5'],
  'ffi-napi': ['127.0.0.6', '127.0.0.7'],
};

for (const backend of FFI_NAMES) {
  describe(`WinsockStack over ${backend}`, () => {
    for (const suiteCase of SOCKET_STACK_SUITE) {
      it(suiteCase.name, () => {
        let events = 0;
        runCase(suiteCase, {
          ...WINE_ANSWERS,
          create: (sink) => withGc(createWinsockStack({ sink, ffi: withGcAfterFailure(backend) })),
          a: '127.0.0.2',
          b: '127.0.0.3',
          v6: '::1',
          spares: SPARES[backend],
          foreign: '203.0.113.7',
          pool: POOL,
          hasProcesses: false,
          onEmit: () => {
            if (events++ % GC_EVERY === 0) forceGc();
          },
        });
      });
    }
  });
}

/** An FFI that collects garbage between a failed call and the WSAGetLastError after it. */
function withGcAfterFailure(backend: FfiName): Ffi {
  const ffi = openFfi(backend);
  let failures = 0;
  return {
    ...ffi,
    load: (file: string) => {
      const library = ffi.load(file);
      return {
        func: ((name: string, returns: 'i32', args: []) => {
          const call = library.func(name, returns, args);
          if (call === undefined) return undefined;
          return (...values: []): unknown => {
            const answer: unknown = call(...values);
            if (answer === -1 && failures++ % FAILURE_GC_EVERY === 0) forceGc();
            return answer;
          };
        }) as typeof library.func,
      };
    },
  };
}
