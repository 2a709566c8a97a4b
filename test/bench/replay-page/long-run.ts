import { createRecorder } from '#data/recorder.ts';
import { MARK } from '#engine/event/mark.ts';
import { OP } from '#engine/event/op.ts';
import { optionTag } from '#engine/model/socket-option.ts';
import { WSA } from '#engine/model/winsock-error.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import { sampleDocument } from '#test/data/sample-run.ts';

const ADDRESSES = ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4'];
const RANGE = { start: 1_025, count: 64_511 };
/** Sockets open at once, at most. */
const OPEN = 40_000;
const SOCKET_NS = 75_000;
/** The recorder's writer is waited for so often, in sockets: it must not fill the memory. */
const DRAIN_EVERY = 50_000;

/**
 * Records a run of so many events or a few more, quickly: sockets with the option that come and go on four addresses,
 * some of them refused.
 * @returns its id
 */
export async function recordLongRun(file: string, rows: number): Promise<string> {
  const id = `bench-${rows}`;
  const document = documentOf(id);
  const recorder = await createRecorder({ file, document });
  const { sink } = recorder;
  recorder.useAddresses(['', ...ADDRESSES]);
  sink.arm = 1;
  sink.emit(OP.mark, 0, 0, 0, 0, 0, 0, MARK.armBegin);
  let t = 0;
  let made = 2;
  for (let n = 0; made < rows; n++) {
    t = n * SOCKET_NS;
    const socket = n + 1;
    const address = 1 + (n % 4);
    const port = RANGE.start + (Math.floor(n / 4) % RANGE.count);
    const refused = isRefused(n);
    sink.emit(OP.socket, t, 9_000, socket, 0, 0, 0, 0);
    sink.emit(OP.setsockopt, t + 12_000, 3_000, socket, 0, optionTag('SO_PORT_SCALABILITY'), 0, 1);
    const took = 11_000 + (n % 128) * 100;
    sink.emit(OP.bind, t + 20_000, took, socket, address, 0, refused ? WSA.WSAENOBUFS : 0, 0);
    made += 3;
    if (!refused) {
      sink.emit(OP.getsockname, t + 50_000, 8_000, socket, address, port, 0, 0);
      made++;
    }
    const gone = n - OPEN;
    if (gone >= 0 && !isRefused(gone)) {
      made++;
      const freed = RANGE.start + (Math.floor(gone / 4) % RANGE.count);
      sink.emit(OP.close, t + 60_000, 9_000, gone + 1, 1 + (gone % 4), freed, 0, 0);
    }
    if (n % DRAIN_EVERY === DRAIN_EVERY - 1) await recorder.drain();
  }
  sink.emit(OP.mark, t + SOCKET_NS, 0, 0, 0, 0, 0, MARK.armEnd);
  const durationNs = t + 2 * SOCKET_NS;
  await recorder.seal({ ...document, run: { ...document.run, status: 'complete', durationNs } });
  return id;
}

function isRefused(socket: number): boolean {
  return socket % 10_007 === 10_006;
}

/** Records a run of no event at all, for comparison. */
export async function recordEmptyRun(file: string): Promise<string> {
  const document = documentOf('bench-empty');
  const recorder = await createRecorder({ file, document });
  await recorder.seal({ ...document, run: { ...document.run, status: 'complete' } });
  return document.run.id;
}

/** As a Windows host would leave it. */
function documentOf(id: string): RunDocument {
  const sample = sampleDocument(id);
  const ranges = { tcp4: RANGE, tcp6: RANGE, udp4: RANGE, udp6: RANGE };
  return {
    ...sample,
    arms: sample.arms.slice(1).map((arm) => ({ ...arm, index: 1 })),
    run: {
      ...sample.run,
      id,
      title: id,
      stack: 'winsock',
      ffi: 'koffi',
      profile: null,
      addresses: ADDRESSES,
      durationNs: 0,
      host: {
        ...sample.run.host,
        platform: 'win32',
        os: { name: 'Windows Server 2022', build: '20348', productType: 'server' },
        stack: 'winsock',
        dynamicRanges: ranges,
        addresses: ADDRESSES.map((address) => ({
          address,
          prefix: 24,
          family: 'ipv4',
          interface: 'Ethernet',
          ifIndex: 2,
          loopback: false,
          state: 'preferred',
          class: 'nic',
        })),
      },
    },
  };
}
