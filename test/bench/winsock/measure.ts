/**
 * `measure.ts FFI COUNT [unrecorded|recorded]`, in Windows Node: binds COUNT sockets on eight
 * loopback addresses as the service does, in slices of at most 20 ms, and prints ns a socket.
 * `measure.ts FFI calls`: ns of one trivial call.
 * With the third argument given, this process's other threads may use every core, and only the
 * measuring one stays on the first: the recorder's writer must not take its time.
 */
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { createRecorder } from '#data/recorder.ts';
import { NULL_SINK } from '#engine/event/event-sink.ts';
import type { SocketStack } from '#engine/stack/socket-stack.ts';
import { FFI_NAMES, type Ffi } from '#native/ffi/ffi.ts';
import { openFfi } from '#native/ffi/open-ffi.ts';
import { readHostFacts } from '#native/host/read-host-facts.ts';
import { createWinsockStack } from '#native/winsock/winsock-stack.ts';
import { requireExport } from '#native/winsock/ws2.ts';
import { benchDocument } from './bench-document.ts';

const ADDRESSES = Array.from({ length: 8 }, (_, i) => `127.0.0.${2 + i}`);
const SLICE_NS = 20e6;
/** Sockets until V8 has compiled what it will; the C program warms up with as many. */
const WARM_UP = 5_000;
const CALLS = 100_000;
/** Pseudo-handles GetCurrentProcess() and GetCurrentThread(). */
const CURRENT_PROCESS = -1;
const CURRENT_THREAD = -2;

function freeOtherThreads(ffi: Ffi): void {
  const kernel32 = ffi.load('kernel32.dll');
  const args = ['i64', 'i64'] as const;
  const ofProcess = requireExport(kernel32, 'kernel32', 'SetProcessAffinityMask', 'i32', args);
  const ofThread = requireExport(kernel32, 'kernel32', 'SetThreadAffinityMask', 'i64', args);
  const cores = Number(process.env['PORTLAB_BENCH_CORES']);
  const core = Number(process.env['PORTLAB_BENCH_CORE']);
  if (ofProcess(CURRENT_PROCESS, cores) === 0 || ofThread(CURRENT_THREAD, core) === 0) {
    throw new Error('the cores of this process could not be set');
  }
}

/** Binds sockets in slices. @returns ns a socket */
async function bindMany(stack: SocketStack, count: number): Promise<number> {
  const addresses = ADDRESSES.map((address) => stack.intern(address));
  const begin = stack.now();
  let from = 0;
  while (from < count) {
    const { next, refused } = stack.fill({
      protocol: 'tcp',
      family: 'ipv4',
      addresses,
      from,
      options: ['SO_PORT_SCALABILITY'],
      count: count - from,
      budgetNs: SLICE_NS,
    });
    if (refused !== null) throw new Error(`refused with ${refused.code} after ${next}`);
    from = next;
    await turn();
  }
  return (stack.now() - begin) / count;
}

async function unrecorded(ffi: Ffi, count: number): Promise<number> {
  const stack = createWinsockStack({ ffi, sink: NULL_SINK });
  await bindMany(stack, WARM_UP);
  stack.closeAll();
  const each = await bindMany(stack, count);
  stack.dispose();
  return each;
}

async function recorded(ffi: Ffi, count: number): Promise<number> {
  const file = path.join(tmpdir(), `portlab-bench-${process.pid}.labdb`);
  const host = await readHostFacts({ ffi, quick: true });
  const document = benchDocument(host, ADDRESSES);
  const recorder = await createRecorder({ file, document });
  const stack = createWinsockStack({ ffi, sink: recorder.sink });
  recorder.useAddresses(stack.addresses);
  await bindMany(stack, WARM_UP);
  stack.closeAll();
  const each = await bindMany(stack, count);
  stack.dispose();
  const stored = await recorder.seal(document);
  // Five calls and a close for each socket.
  const events = 6 * (WARM_UP + count);
  if (stored.run.eventCount !== events) {
    throw new Error(`${stored.run.eventCount} events were recorded, not ${events}`);
  }
  for (const ending of ['', '-wal', '-shm']) rmSync(file + ending, { force: true });
  return each;
}

function trivialCall(ffi: Ffi): number {
  const library = ffi.load('ws2_32.dll');
  const call = requireExport(library, 'ws2_32.dll', 'WSAGetLastError', 'i32', []);
  for (let i = 0; i < CALLS / 10; i++) call();
  const begin = performance.now();
  for (let i = 0; i < CALLS; i++) call();
  return ((performance.now() - begin) * 1e6) / CALLS;
}

const [name, what = '', recording] = process.argv.slice(2);
const ffi = openFfi(FFI_NAMES.find((known) => known === name) ?? 'koffi');
if (recording !== undefined) freeOtherThreads(ffi);
const measure = recording === 'recorded' ? recorded : unrecorded;
const each = what === 'calls' ? trivialCall(ffi) : await measure(ffi, Number(what));
process.stdout.write(`${each.toFixed(1)}\n`);
