import { describe, it } from 'node:test';
import { FFI_NAMES } from '#native/ffi/ffi.ts';
import { openFfi } from '#native/ffi/open-ffi.ts';
import { createWinsockStack } from '#native/winsock/winsock-stack.ts';
import { SOCKET_STACK_SUITE, runCase } from '#test/stack/socket-stack.suite.ts';
import { WINE_ANSWERS } from '#test/stack/suite-host.ts';
import { forceGc, withGc } from './gc.ts';

/** Ports of the namespace this runs in. */
const POOL = 256;
/** A full collection takes ms: of the thousands of events of a fill only some get one. */
const GC_EVERY = 64;

for (const backend of FFI_NAMES) {
  describe(`WinsockStack over ${backend}`, () => {
    for (const suiteCase of SOCKET_STACK_SUITE) {
      it(suiteCase.name, () => {
        let events = 0;
        runCase(suiteCase, {
          ...WINE_ANSWERS,
          create: (sink) => withGc(createWinsockStack({ sink, ffi: withGcLibraries(backend) })),
          a: '127.0.0.2',
          b: '127.0.0.3',
          v6: '::1',
          foreign: '203.0.113.7',
          pool: POOL,
          onEmit: () => {
            if (events++ % GC_EVERY === 0) forceGc();
          },
        });
      });
    }
  });
}

/**
 * An FFI that collects garbage between a call and the next, also between a call that failed and
 * WSAGetLastError. Every so many calls only, for time's sake; failing calls are followed by one
 * always, as their number is small.
 */
function withGcLibraries(backend: (typeof FFI_NAMES)[number]) {
  const ffi = openFfi(backend);
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
            if (answer === -1) forceGc();
            return answer;
          };
        }) as typeof library.func,
      };
    },
  };
}
