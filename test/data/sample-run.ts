import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventBatch } from '#engine/event/event-batch.ts';
import { FORMAT_VERSION } from '#engine/event/event-codec.ts';
import type { EventSink } from '#engine/event/event-sink.ts';
import { MARK } from '#engine/event/mark.ts';
import { OP } from '#engine/event/op.ts';
import { optionTag } from '#engine/model/socket-option.ts';
import { WSA } from '#engine/model/winsock-error.ts';
import type { RunDocument, RunStatus } from '#engine/run/run-document.ts';

/** Addresses the sample events speak of, as a stack's table. */
export const ADDRESSES = ['', '10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4'] as const;

/** A run document with something in every field. */
export function sampleDocument(id: string, status: RunStatus = 'running'): RunDocument {
  return {
    run: {
      id,
      experiment: 'capacity',
      title: 'Größe “quoted” \u0000 and an emoji 🚢',
      tags: ['night', 'night', 'a,b'],
      stack: 'simulated',
      ffi: null,
      host: {
        platform: 'linux',
        hostname: 'sample',
        os: { name: 'Linux', build: '6.1', productType: null },
        wine: null,
        addresses: [
          {
            address: 'fe80::1%2',
            prefix: 64,
            family: 'ipv6',
            interface: 'Ethernet 2',
            ifIndex: 2,
            loopback: false,
            state: 'preferred',
            class: 'nic',
            notDefaultBecause: 'link-local',
          },
        ],
        dynamicRanges: {
          tcp4: { start: 49_152, count: 16_384 },
          tcp6: null,
          udp4: null,
          udp6: null,
        },
        excludedRanges: null,
        autoReuseRange: null,
        options: {
          SO_PORT_SCALABILITY: {
            documented: false,
            settable: null,
            readable: null,
            honoured: 'unknown',
            evidence: null,
          },
          SO_REUSE_UNICASTPORT: {
            documented: false,
            settable: null,
            readable: null,
            honoured: 'unknown',
            evidence: null,
          },
        },
        stack: 'simulated',
        why: 'no ws2_32.dll here',
      },
      profile: { name: 'documented', resolved: { A4: 'same-process-only', list: [1, 2.5, null] } },
      seed: 9_007_199_254_740_991,
      startedAt: '2026-11-22T10:11:12.345Z',
      durationNs: 123_456_789_012_345,
      status,
      eventCount: 0,
      version: FORMAT_VERSION,
      labVersion: '0.1.0',
      addresses: ['10.0.0.1', '10.0.0.2'],
    },
    parameters: { ports: 1, nested: { deep: [true, null] } },
    measures: { bindsPerSecond: 12_345.678_9, 'bound.legacy': 3 },
    arms: [
      {
        strategy: 'legacy',
        bound: 3,
        perAddress: { '10.0.0.2': 2, '10.0.0.1': 1 },
        firstError: { call: 'bind', code: WSA.WSAENOBUFS, name: 'WSAENOBUFS' },
        overlap: 0,
        ports: [['10.0.0.1', [[50_000, 50_002]]]],
        ended: 'exhausted',
        index: 1,
      },
      {
        strategy: 'port-scalability',
        bound: 4,
        perAddress: {},
        firstError: null,
        overlap: 2,
        ended: 'reserve',
        index: 2,
      },
    ],
    claims: [
      {
        id: 'PS-1',
        outcome: 'confirmed',
        basis: 'modelled',
        addressClass: 'same-nic',
        because: 'the legacy arm ended at 3',
      },
    ],
    findings: [{ id: 'F-1', severity: 'info', text: 'nothing to add' }],
    verdict: 'The option multiplies the ports by 1.33.',
    safety: {
      exhaustive: true,
      reserve: null,
      maxSockets: 100,
      maxSeconds: 0.5,
      peakHeld: 4,
      openAfter: 0,
    },
    command: 'portlab run capacity --exhaust',
  };
}

/**
 * Events as a bind experiment makes them: four calls a socket, addresses in rotation, durations with
 * the spread of a real host.
 * @param sockets how many sockets; each gives four rows
 * @param from the first socket's index, to go on where another call ended
 */
export function emitBinds(sink: EventSink, sockets: number, from = 0): void {
  for (let index = from; index < from + sockets; index++) {
    const socket = index + 1;
    const address = 1 + (index % 4);
    const port = 1_025 + (index % 64_511);
    let t = index * 75_000;
    for (const [op, of, at, carried, value] of [
      [OP.socket, socket, 0, 0, 0],
      [OP.setsockopt, socket, 0, optionTag('SO_PORT_SCALABILITY'), 1],
      [OP.bind, socket, address, 0, 0],
      [OP.getsockname, socket, address, port, 0],
    ] as const) {
      const dur = 8_000 + noise(socket * 8 + op) * 100;
      sink.emit(op, t, dur, of, at, carried, 0, value);
      t += dur + 300 + (noise(t) % 4) * 100;
    }
  }
}

/** Rows `emitBinds` gives. */
export function bindRows(sockets: number): number {
  return sockets * 4;
}

/** A fixed scatter over 0 to 127: no Math.random, so that failures repeat. */
function noise(seed: number): number {
  return (Math.imul(seed ^ (seed >>> 7), 0x9e3779b1) >>> 25) & 127;
}

/** A small run with two arms, marks, a fill, a refusal and everything released again. */
export function emitTwoArms(sink: EventSink & { arm: number }): void {
  let t = 0;
  const emit = (
    op: (typeof OP)[keyof typeof OP],
    ...rest: [number, number, number, number, number]
  ): void => {
    sink.emit(op, t, 1_000, ...rest);
    t += 2_000;
  };
  sink.arm = 1;
  emit(OP.mark, 0, 0, 0, 0, MARK.armBegin);
  for (const socket of [1, 2, 3]) {
    emit(OP.socket, socket, 0, 0, 0, 0);
    emit(OP.bind, socket, 1 + (socket % 2), 0, 0, 0);
    emit(OP.getsockname, socket, 1 + (socket % 2), 50_000 + socket, 0, 0);
  }
  // Asked again, as a check at the end does: held once all the same.
  emit(OP.getsockname, 3, 2, 50_003, 0, 0);
  emit(OP.socket, 4, 0, 0, 0, 0);
  emit(OP.bind, 4, 1, 0, WSA.WSAENOBUFS, 0);
  emit(OP.close, 4, 0, 0, 0, 0);
  for (const socket of [1, 2, 3]) emit(OP.close, socket, 1 + (socket % 2), 50_000 + socket, 0, 0);
  emit(OP.mark, 0, 0, 0, 0, MARK.armEnd);
  sink.arm = 2;
  emit(OP.mark, 0, 0, 0, 0, MARK.armBegin);
  emit(OP.setsockopt, 5, 0, optionTag('SO_PORT_SCALABILITY'), 0, 1);
  emit(OP.fill, 5, 1, 50_000, 0, 100);
  emit(OP.fill, 105, 2, 50_000, 0, 50);
  emit(OP.release, 5, 1, 50_000, 0, 100);
  emit(OP.release, 105, 2, 50_000, 0, 50);
  emit(OP.mark, 0, 0, 0, 0, MARK.armEnd);
}

/** Rows `emitTwoArms` gives, and the calls they stand for. */
export const TWO_ARMS = { rows: 25, calls: 21 + 300 } as const;

/** A sink that keeps batches of a given size, for what takes batches instead of a sink. */
export function collectBatches(rowsPerBatch: number): { sink: EventSink; batches: EventBatch[] } {
  const batches: EventBatch[] = [];
  const sink: EventSink = {
    emit(op, t, dur, socket, address, port, code, value) {
      let batch = batches.at(-1);
      if (batch === undefined || batch.length === rowsPerBatch)
        batches.push((batch = new EventBatch(rowsPerBatch)));
      const row = batch.length++;
      batch.op[row] = op;
      batch.t[row] = t;
      batch.dur[row] = dur;
      batch.socket[row] = socket;
      batch.address[row] = address;
      batch.port[row] = port;
      batch.code[row] = code;
      batch.value[row] = value;
    },
  };
  return { sink, batches };
}

/** A folder of its own for a test, and how to be rid of it. */
export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'portlab-data-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
