import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventBatch } from '#engine/event/event-batch.ts';
import { encodeEvents } from '#engine/event/event-codec.ts';
import { NULL_SINK, type EventSink } from '#engine/event/event-sink.ts';
import { resolveProfile } from '#engine/profile/resolve-profile.ts';
import { createSimulatedStack, type SimulatedStack } from '#engine/stack/simulated-stack.ts';
import { A, ANY, B, fillUp, OPTION, socketWith } from './stack-under-test.ts';

/** With what goes with them, few enough events for one batch. */
const CONNECTS = 60;

function recorder(): { sink: EventSink; bytes: () => string } {
  const batch = new EventBatch();
  const sink: EventSink = {
    emit(op, t, dur, socket, address, port, code, value) {
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
  return { sink, bytes: () => Buffer.from(encodeEvents(batch)).toString('hex') };
}

/** Ports of a busy host: other applications come and go, connections share an auto-reuse range. */
function busyRun(seed: number, pickOrder: string): { bytes: string; ports: number[] } {
  const profile = resolveProfile({
    dynamicRanges: { tcp4: { start: 50_000, count: 300 } },
    autoReuseRange: { start: 51_000, count: 20 },
    assumptions: { A19: pickOrder },
    holders: [{ protocol: 'tcp', address: A, start: 50_010, count: 5, kind: 'option' }],
    churn: [
      { protocol: 'tcp', address: ANY, perSecond: 20, holdSeconds: 2 },
      { protocol: 'tcp', address: B, perSecond: 5, holdSeconds: 10, kind: 'option' },
    ],
  });
  const { sink, bytes } = recorder();
  const stack = createSimulatedStack({ sink, profile, addresses: [A, B], seed });
  const ports: number[] = [];
  for (let i = 0; i < CONNECTS; i++) {
    const socket = i % 3 === 0 ? socketWith(stack) : socketWith(stack, ['SO_REUSE_UNICASTPORT']);
    if (i % 3 === 1) stack.bind(socket, stack.intern(A), 0);
    stack.connect(socket, stack.intern(`203.0.113.${1 + (i % 4)}`), 443);
    ports.push(stack.getsockname(socket));
    const local = socketWith(stack, i % 2 === 0 ? [OPTION] : []);
    stack.bind(local, stack.intern(B), 0);
    ports.push(stack.getsockname(local));
    if (i % 5 === 0) stack.close(socket);
    stack.advance(500_000_000);
  }
  fillUp(stack, [A, B], [OPTION]);
  stack.closeAll();
  return { bytes: bytes(), ports };
}

describe('a simulated host is repeatable', () => {
  for (const pickOrder of ['next-fit', 'random', 'pack', 'spread']) {
    it(`the same seed gives the same events byte for byte, with churn and auto-reuse, pick ${pickOrder}`, () => {
      fc.assert(
        fc.property(fc.nat(), (seed) => {
          const one = busyRun(seed, pickOrder);
          expect(busyRun(seed, pickOrder).bytes).toBe(one.bytes);
        }),
        { numRuns: 10 },
      );
    });
  }

  it('another seed gives other ports', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        expect(busyRun(seed + 1, 'random').ports).not.toEqual(busyRun(seed, 'random').ports);
      }),
      { numRuns: 10 },
    );
  });

  it('looking at it changes nothing: freeOnAll and open take no time and no randomness', () => {
    const host = (): SimulatedStack => {
      const profile = resolveProfile({
        dynamicRanges: { tcp4: { start: 50_000, count: 300 } },
        assumptions: { A19: 'random' },
        churn: [{ protocol: 'tcp', address: ANY, perSecond: 50, holdSeconds: 1 }],
      });
      return createSimulatedStack({ sink: NULL_SINK, profile, addresses: [A, B], seed: 4 });
    };
    const [watched, left] = [host(), host()];
    const ports = [watched, left].map((stack) =>
      Array.from({ length: 50 }, () => {
        if (stack === watched) stack.freeOnAll('tcp', 'ipv4');
        stack.advance(100_000_000);
        const socket = socketWith(stack);
        stack.bind(socket, stack.intern(A), 0);
        return stack.getsockname(socket);
      }),
    );
    expect(ports[0]).toEqual(ports[1]);
    expect(watched.now()).toBe(left.now());
  });
});

describe('other applications that come and go', () => {
  it('hold rate times time of the host’s ports, on average', () => {
    const profile = resolveProfile({
      dynamicRanges: { tcp4: { start: 50_000, count: 1_000 } },
      churn: [{ protocol: 'tcp', address: ANY, perSecond: 20, holdSeconds: 5 }],
    });
    const stack = createSimulatedStack({ sink: NULL_SINK, profile, addresses: [A, B], seed: 11 });
    stack.advance(60e9);
    let held = 0;
    const looks = 400;
    for (let i = 0; i < looks; i++) {
      stack.advance(5e9);
      held += 1_000 - stack.freeOnAll('tcp', 'ipv4');
    }
    // Little's law: 20/s times 5 s are 100. Looks 5 s apart are nearly independent: sd of the mean 0.8.
    expect(held / looks).toBeGreaterThan(95);
    expect(held / looks).toBeLessThan(105);
  });

  it('go without where nothing is free, and are no sockets of the lab', () => {
    const profile = resolveProfile({
      dynamicRanges: { tcp4: { start: 50_000, count: 10 } },
      churn: [{ protocol: 'tcp', address: ANY, perSecond: 100, holdSeconds: 1_000 }],
    });
    const stack = createSimulatedStack({ sink: NULL_SINK, profile, addresses: [A, B], seed: 2 });
    stack.advance(10e9);
    expect(stack.freeOnAll('tcp', 'ipv4')).toBe(0);
    expect(stack.open).toBe(0);
    expect(stack.closeAll()).toBe(0);
    expect(fillUp(stack, [A])).toMatchObject({ bound: 0, code: 10055 });
  });
});
