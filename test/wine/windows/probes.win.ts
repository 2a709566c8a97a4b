import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { NULL_SINK } from '#engine/event/event-sink.ts';
import { OP } from '#engine/event/op.ts';
import { WSA } from '#engine/model/winsock-error.ts';
import { ProbeDied } from '#engine/stack/socket-owner.ts';
import type { SocketOwner } from '#engine/stack/socket-owner.ts';
import { FFI_NAMES, type FfiName } from '#native/ffi/ffi.ts';
import { openFfi } from '#native/ffi/open-ffi.ts';
import { createWinsockStack } from '#native/winsock/winsock-stack.ts';
import { startProbes } from '#main/probe/start-probes.ts';
import { EventLog } from '../../stack/event-log.ts';
import type { ParentReport } from './probe-parent-child.ts';
import { isFree, isRunning, until } from './process-watch.ts';

const HOST = '127.0.0.6';
const READY_MS = 60_000;
/** The system releases what a dead process held. */
const GONE_MS = 5_000;

async function withProbes(
  count: number,
  ffi: FfiName,
  check: (bench: Awaited<ReturnType<typeof start>>) => Promise<void>,
): Promise<void> {
  const bench = await start(count, ffi);
  try {
    await check(bench);
  } finally {
    await bench.probes.stopAll();
    bench.stack.dispose();
  }
  assert.deepEqual(bench.pids.map(isRunning), Array<boolean>(count).fill(false));
}

async function start(count: number, ffi: FfiName) {
  const log = new EventLog();
  const stack = createWinsockStack({ ffi: openFfi(ffi), sink: log });
  const address = stack.intern(HOST);
  const probes = await startProbes(count, { ffi, sink: log, stack, readyMs: READY_MS });
  return { log, stack, address, probes, owners: probes.owners, pids: probes.pids };
}

function wish(address: number, count: number) {
  return { protocol: 'tcp', family: 'ipv4', options: [], address, count, keep: true } as const;
}

/** The owner of that number, known to be there. */
function ownerAt(owners: readonly SocketOwner[], index: number): SocketOwner {
  const owner = owners[index];
  assert.ok(owner !== undefined);
  return owner;
}

for (const ffi of FFI_NAMES) {
  describe(`probes over ${ffi}`, () => {
    it('hold ports nobody else gets, timed on the lab’s clock', async () => {
      await withProbes(2, ffi, async ({ log, stack, address, owners }) => {
        const [one, two] = [ownerAt(owners, 0), ownerAt(owners, 1)];
        log.take();
        const before = stack.now();
        const { bound } = await one.open(wish(address, 30));
        const after = stack.now();
        const rows = log.take();
        assert.equal(bound.length, 30);
        const times = rows.map(({ t, dur }) => [t, t + dur]).flat();
        // Both read the same clock; a tick of it is 100 ns.
        assert.ok(Math.min(...times) > before - 1_000, `${Math.min(...times)} before ${before}`);
        assert.ok(Math.max(...times) < after + 1_000, `${Math.max(...times)} after ${after}`);
        assert.deepEqual(
          times,
          times.toSorted((a, b) => a - b),
        );
        const port = bound[0]?.port ?? 0;
        const refused = { op: OP.bind, code: WSA.WSAEADDRINUSE };
        const again = await two.open({ ...wish(address, 1), port });
        assert.deepEqual(again.refused, refused);
        assert.equal(isFree(stack, HOST, port), false);
        await one.close(bound.map(({ socket }) => socket));
        assert.equal(isFree(stack, HOST, port), true);
      });
    });

    it('free their ports when killed', async () => {
      await withProbes(1, ffi, async ({ log, stack, address, owners, pids }) => {
        const owner = ownerAt(owners, 0);
        const { bound } = await owner.open(wish(address, 100));
        const free = () => bound.every(({ port }) => isFree(stack, HOST, port));
        assert.equal(free(), false);
        await owner.kill();
        assert.equal(isRunning(pids[0] ?? 0), false);
        const ms = await until(free, GONE_MS);
        process.stdout.write(`# ports free ${ms.toFixed(1)} ms after the kill\n`);
        const end = log.rows.findIndex(({ op }) => op === OP.exit);
        const closed = log.rows.slice(end + 1, end + 101);
        assert.deepEqual(
          closed.map(({ op, port }) => [op, port]),
          bound.map(({ port }) => [OP.close, port]),
        );
        await assert.rejects(owner.names([]), ProbeDied);
      });
    });
  });
}

describe('a probe', () => {
  it('connects to a listener of the lab, from a socket it has and from a fresh one', async () => {
    await withProbes(1, 'koffi', async ({ stack, address, owners }) => {
      const owner = ownerAt(owners, 0);
      const listener = stack.socket('tcp', 'ipv4');
      assert.equal(stack.bind(listener, address, 0), 0);
      assert.equal(stack.listen(listener, 5), 0);
      const to = { protocol: 'tcp', family: 'ipv4', remote: address } as const;
      const port = stack.getsockname(listener);
      const { bound } = await owner.open(wish(address, 1));
      const socket = bound[0]?.socket ?? 0;
      assert.deepEqual(await owner.connect({ ...to, port, socket }), { ...bound[0], code: 0 });
      const fresh = await owner.connect({ ...to, port, socket: null });
      assert.ok(fresh.code === 0 && fresh.port > 0 && fresh.socket > 0);
      stack.close(listener);
      const refused = await owner.connect({ ...to, port, socket: null });
      assert.deepEqual(refused, { socket: 0, port: 0, code: WSA.WSAECONNREFUSED });
      await owner.close([socket, fresh.socket], 'abort');
    });
  });

  it('ends when the lab is killed, and so do its sockets', async () => {
    const lab = fork(join(import.meta.dirname, 'probe-parent-child.ts'), {
      execArgv: ['--no-warnings'],
    });
    const [report] = (await once(lab, 'message')) as [ParentReport];
    const stack = createWinsockStack({ ffi: openFfi('koffi'), sink: NULL_SINK });
    const free = () => report.ports.every((port) => isFree(stack, '127.0.0.7', port));
    assert.deepEqual([report.ports.length, free()], [40, false]);
    lab.kill('SIGKILL');
    await once(lab, 'exit');
    const gone = await until(() => !report.pids.some(isRunning), GONE_MS);
    const released = await until(free, GONE_MS);
    process.stdout.write(
      `# probes gone after ${gone.toFixed(1)} ms, ports free ${released.toFixed(1)} ms later\n`,
    );
    stack.dispose();
  });
});
