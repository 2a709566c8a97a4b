import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { NULL_SINK } from '#engine/event/event-sink.ts';
import type { IpAddress } from '#engine/model/address.ts';
import { WSA } from '#engine/model/winsock-error.ts';
import type { SocketStack } from '#engine/stack/socket-stack.ts';
import { FFI_NAMES, type Ffi } from '#native/ffi/ffi.ts';
import { openFfi } from '#native/ffi/open-ffi.ts';
import { sockaddrOf, writePort } from '#native/layout/sockaddr.ts';
import {
  AF_INET,
  HANDLE_FLAG_INHERIT,
  IPPROTO_TCP,
  SOCK_STREAM,
} from '#native/winsock/constants.ts';
import { WinsockCalls } from '#native/winsock/winsock-calls.ts';
import { createWinsockStack } from '#native/winsock/winsock-stack.ts';
import { type Ws2, requireExport, startWinsock } from '#native/winsock/ws2.ts';

const HOST = '127.0.0.6';
const LOCAL: IpAddress = {
  text: HOST,
  family: 'ipv4',
  bytes: [127, 0, 0, 6],
  scope: 0,
  loopback: true,
  wildcard: false,
};

/** Does something while a child process that was started before it lives. */
async function withChild(inBetween: () => void): Promise<void> {
  const child = spawn(process.execPath, ['-e', "console.log('up'); setInterval(() => {}, 1000)"]);
  await once(child.stdout, 'data');
  try {
    inBetween();
  } finally {
    child.kill();
    await once(child, 'exit');
  }
}

/** Code of binding a fresh socket to that port. */
function bindAgain(stack: SocketStack, port: number): number {
  const socket = stack.socket('tcp', 'ipv4');
  const code = stack.bind(socket, stack.intern(HOST), port);
  stack.close(socket);
  return code;
}

/** A bound, inheritable socket, as plain `socket()` makes them. */
function inheritableSocket(ffi: Ffi, port: number): { close: () => void } {
  const ws2 = ffi.load('ws2_32.dll');
  const socket = requireExport(ws2, 'ws2_32.dll', 'socket', 'i64', ['i32', 'i32', 'i32']);
  const bind = requireExport(ws2, 'ws2_32.dll', 'bind', 'i32', ['i64', 'pointer', 'i32']);
  const closesocket = requireExport(ws2, 'ws2_32.dll', 'closesocket', 'i32', ['i64']);
  const handle = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
  const sockaddr = sockaddrOf(LOCAL);
  writePort(sockaddr, port);
  assert.equal(bind(handle, sockaddr, sockaddr.length), 0);
  return { close: () => assert.equal(closesocket(handle), 0) };
}

/** `accept` as anyone calls it: the control. */
function plainAccept(ws2: Ws2): (listener: number) => number {
  return (listener) => ws2.accept(listener, null, null);
}

/** Tells whether a handle may be inherited. */
function inheritanceOf(ffi: Ffi): (handle: number) => boolean {
  const kernel32 = ffi.load('kernel32.dll');
  const getHandleInformation = requireExport(kernel32, 'kernel32', 'GetHandleInformation', 'i32', [
    'i64',
    'pointer',
  ]);
  return (handle) => {
    const flags = new Uint32Array(1);
    assert.notEqual(getHandleInformation(handle, flags), 0);
    return ((flags[0] ?? 0) & HANDLE_FLAG_INHERIT) !== 0;
  };
}

for (const backend of FFI_NAMES) {
  describe(`a child process, over ${backend},`, () => {
    const ffi = openFfi(backend);

    it('does not inherit a socket of the stack: closed means free', async () => {
      const stack = createWinsockStack({ ffi, sink: NULL_SINK });
      const socket = stack.socket('tcp', 'ipv4');
      stack.bind(socket, stack.intern(HOST), 0);
      const port = stack.getsockname(socket);
      await withChild(() => {
        stack.close(socket);
        assert.equal(bindAgain(stack, port), 0);
      });
      // The control: a plain socket() closed here lives on in a child started meanwhile.
      const control = inheritableSocket(ffi, port);
      await withChild(() => {
        control.close();
        assert.equal(bindAgain(stack, port), WSA.WSAEADDRINUSE);
      });
      assert.equal(bindAgain(stack, port), 0, 'free when the child is gone');
      stack.dispose();
    });

    it('could not inherit an accepted socket either: its handle says so', () => {
      const ws2 = startWinsock(ffi);
      const calls = new WinsockCalls(ws2);
      const remote = sockaddrOf(LOCAL);
      const listener = calls.open('tcp', 'ipv4');
      assert.equal(calls.bind(listener, remote), 0);
      writePort(remote, calls.name(listener));
      assert.equal(calls.listen(listener, 5), 0);
      const accepted: number[] = [];
      for (const accept of [(socket: number) => calls.accept(socket), plainAccept(ws2)]) {
        const client = calls.open('tcp', 'ipv4');
        assert.equal(calls.connect(client, remote), 0);
        accepted.push(accept(listener));
        calls.close(client);
      }
      assert.deepEqual(accepted.map(inheritanceOf(ffi)), [false, true]);
      for (const handle of [...accepted, listener]) calls.close(handle);
      calls.cleanup();
    });
  });
}
