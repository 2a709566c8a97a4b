import { describe, expect, it } from 'vitest';
import { encodeEvents } from '#engine/event/event-codec.ts';
import { EventBatch } from '#engine/event/event-batch.ts';
import { OP } from '#engine/event/op.ts';
import { A, ANY, B, boundTo, connectTo, made, modelled, SECOND, START } from './modelled.ts';

const CHURN = [{ protocol: 'tcp', address: ANY, perSecond: 50, holdSeconds: 0.1 }] as const;

describe('what a modelled host does by itself', () => {
  it('has the ports of other applications its profile names, from the start', () => {
    const { stack } = modelled({
      holders: [
        { protocol: 'tcp', address: ANY, start: START, count: 3 },
        { protocol: 'tcp', address: A, start: START + 3, kind: 'legacy' },
        { protocol: 'tcp', address: '10.5.5.5', start: START + 4 },
      ],
    });
    expect(stack.freeOnAll('tcp', 'ipv4'), 'an address it lacks is skipped').toBe(6);
    expect(stack.open).toBe(0);
  });

  it('lets other applications come and go at their rate, on its clock alone', () => {
    const { stack } = modelled({
      dynamicRanges: { tcp4: { start: START, count: 1_000 } },
      churn: [{ ...CHURN[0], perSecond: 1_000 }],
    });
    expect(stack.freeOnAll('tcp', 'ipv4')).toBe(1_000);
    const taken: number[] = [];
    for (let i = 0; i < 200; i++) {
      stack.advance(0.1 * SECOND);
      taken.push(1_000 - stack.freeOnAll('tcp', 'ipv4'));
    }
    const mean = taken.slice(10).reduce((sum, n) => sum + n, 0) / 190;
    // Arrivals times holding time: 100 at once. Its spread is a Poisson's, 10; of 190 means below 1.
    expect(mean).toBeGreaterThan(95);
    expect(mean).toBeLessThan(105);
  });

  it('goes without where a churning application finds no port, and recovers', () => {
    const { stack } = modelled({ churn: [{ ...CHURN[0], perSecond: 10_000, holdSeconds: 1 }] });
    stack.advance(5 * SECOND);
    expect(stack.freeOnAll('tcp', 'ipv4')).toBe(0);
    const socket = made(stack);
    expect(stack.bind(socket, stack.intern(A), 0)).toBe(10055);
  });

  it('gives the same events for the same seed, byte for byte, with everything going on', () => {
    const events = (seed: number): Uint8Array => {
      const { stack, log } = modelled(
        {
          churn: CHURN,
          autoReuseRange: { start: 40_000, count: 20 },
          assumptions: { A19: 'random' },
        },
        seed,
      );
      for (let i = 0; i < 60; i++) {
        const socket = i % 2 === 0 ? made(stack) : boundTo(stack, A, 0, ['SO_REUSE_UNICASTPORT']);
        connectTo(stack, socket, 443 + (i % 3));
        stack.getsockname(socket);
        stack.bind(made(stack), stack.intern(B), 0);
        stack.advance(0.05 * SECOND);
        if (i % 5 === 4) stack.close(socket);
      }
      const batch = new EventBatch(log.rows.length, log.rows.length);
      for (const [row, event] of log.rows.entries()) {
        for (const key of [
          'op',
          't',
          'dur',
          'socket',
          'address',
          'port',
          'code',
          'value',
        ] as const) {
          batch[key][row] = event[key];
        }
      }
      return encodeEvents(batch);
    };
    expect(events(5)).toEqual(events(5));
    expect(events(5)).not.toEqual(events(6));
  });

  it('gets and loses addresses; what is bound there stays, and counts when it is back', () => {
    const { stack, log } = modelled();
    const late = made(stack);
    const [c, a] = ['10.0.0.3', A].map((address) => stack.intern(address));
    expect(stack.bind(late, c!, 0)).toBe(10049);
    stack.addAddress('10.0.0.3');
    expect(stack.bind(late, c!, 0)).toBe(0);
    const port = stack.getsockname(boundTo(stack, A, 0, ['SO_PORT_SCALABILITY']));
    stack.removeAddress(A);
    expect(stack.bind(made(stack), a!, 0)).toBe(10049);
    stack.addAddress(A);
    expect(stack.bind(made(stack), a!, port)).toBe(10048);
    expect(() => stack.removeAddress('127.0.0.1')).toThrow(RangeError);
    expect(() => stack.removeAddress('10.0.0.9')).toThrow(RangeError);
    expect(() => stack.addAddress('0.0.0.0')).toThrow(RangeError);
    const changes = log.rows.filter(({ op }) => op === OP.addressAdd || op === OP.addressRemove);
    expect(changes.map(({ op, address }) => [op, stack.addresses[address]])).toEqual([
      [OP.addressAdd, '10.0.0.3'],
      [OP.addressRemove, A],
      [OP.addressAdd, A],
    ]);
  });

  it('takes back a port another application had', () => {
    const { stack } = modelled();
    const holder = { protocol: 'tcp', address: A, port: START, kind: 'legacy' } as const;
    expect(stack.occupy(holder)).toBe(0);
    expect(stack.freeOnAll('tcp', 'ipv4')).toBe(9);
    stack.vacate(holder);
    expect(stack.freeOnAll('tcp', 'ipv4')).toBe(10);
    expect(() => stack.vacate(holder)).toThrow(RangeError);
  });

  it('says which process makes the calls, once it is another', () => {
    const { stack, log } = modelled();
    made(stack);
    made(stack, [], 3);
    made(stack, [], 3);
    made(stack);
    const told = log.rows.filter(({ op }) => op === OP.process).map(({ value }) => value);
    expect(told).toEqual([3, 0]);
    expect(() => stack.socket('tcp', 'ipv4', 1_024)).toThrow(RangeError);
  });
});
