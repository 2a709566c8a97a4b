/** A probe's process: started by start-probes.ts, with the name of an FFI library as its argument. */
import { FFI_NAMES } from '#native/ffi/ffi.ts';
import { openFfi } from '#native/ffi/open-ffi.ts';
import { createWinsockStack } from '#native/winsock/winsock-stack.ts';
import { labChannel } from './lab-channel.ts';
import { serveProbe } from './probe-server.ts';

const ffi = FFI_NAMES.find((name) => name === process.argv[2]);

if (process.send === undefined || ffi === undefined) {
  process.stderr.write('probe: this is a child of the lab’s own; use portlab run\n');
  process.exitCode = 2;
} else {
  serveProbe(
    labChannel(),
    (sink) => createWinsockStack({ sink, ffi: openFfi(ffi) }),
    () => process.exit(0),
  );
}
