/** The guard's process: started by guard-client.ts, with the name of an FFI library as its argument. */
import { NULL_SINK } from '#engine/event/event-sink.ts';
import { FFI_NAMES } from '#native/ffi/ffi.ts';
import { openFfi } from '#native/ffi/open-ffi.ts';
import { createWinsockStack } from '#native/winsock/winsock-stack.ts';
import { runGuard } from './run-guard.ts';

const ffi = FFI_NAMES.find((name) => name === process.argv[2]);

if (process.send === undefined || ffi === undefined) {
  process.stderr.write('guard: this is a child of the lab’s own; use portlab run\n');
  process.exitCode = 2;
} else {
  runGuard(() => createWinsockStack({ sink: NULL_SINK, ffi: openFfi(ffi) }));
}
