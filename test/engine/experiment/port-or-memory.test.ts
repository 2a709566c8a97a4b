import { describe, expect, test } from 'vitest';
import { NULL_SINK } from '#engine/event/event-sink.ts';
import { openBound } from '#engine/experiment/sockets.ts';
import { portsOutside, tellApart } from '#engine/experiment/port-or-memory.ts';
import type { PortRange } from '#engine/model/port-range.ts';
import { resolveProfile } from '#engine/profile/resolve-profile.ts';
import { createSimulatedStack, type SimulatedStack } from '#engine/stack/simulated-stack.ts';
import type { SocketStack } from '#engine/stack/socket-stack.ts';

const RANGE: PortRange = { start: 50_000, count: 12 };
const A = '10.0.0.1';

/** A host whose pool is full. */
function full(): { stack: SimulatedStack; address: number } {
  const profile = resolveProfile({ dynamicRanges: { tcp4: RANGE } }, 'small.json');
  const stack = createSimulatedStack({ sink: NULL_SINK, profile, addresses: [A], seed: 1 });
  const address = stack.intern(A);
  for (let i = 0; i < RANGE.count; i++) openBound(stack, 'tcp', 'ipv4', [], address);
  expect(openBound(stack, 'tcp', 'ipv4', [], address)).toMatchObject({ ok: false, code: 10_055 });
  return { stack, address };
}

/** The same stack, where binds to a number of one's own are answered otherwise. */
function answering(stack: SimulatedStack, code: number): SocketStack {
  return new Proxy(stack, {
    get(target, key) {
      if (key === 'bind') {
        return (socket: number, address: number, port: number) =>
          port === 0 ? target.bind(socket, address, port) : code;
      }
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

describe('a refused wildcard port', () => {
  test('is for ports where a number of one’s own can still be bound; nothing stays open', () => {
    const { stack, address } = full();
    expect(tellApart(stack, 'tcp', 'ipv4', address, RANGE)).toBe('ports');
    expect(stack.open).toBe(RANGE.count);
  });

  test('is for ports too where others hold the first numbers outside the range', () => {
    const { stack, address } = full();
    for (const port of portsOutside(RANGE).slice(0, -1)) {
      expect(stack.occupy({ protocol: 'tcp', address: A, port, kind: 'explicit' })).toBe(0);
    }
    expect(tellApart(stack, 'tcp', 'ipv4', address, RANGE)).toBe('ports');
  });

  test('is unknown where others hold all of them', () => {
    const { stack, address } = full();
    for (const port of portsOutside(RANGE)) {
      stack.occupy({ protocol: 'tcp', address: A, port, kind: 'explicit' });
    }
    expect(tellApart(stack, 'tcp', 'ipv4', address, RANGE)).toBe('unknown');
    expect(stack.open).toBe(RANGE.count);
  });

  test('is for memory where even a number of one’s own answers 10055', () => {
    const { stack, address } = full();
    const starved = answering(stack, 10_055);
    expect(tellApart(starved, 'tcp', 'ipv4', address, RANGE)).toBe('memory');
    expect(stack.open).toBe(RANGE.count);
    expect(tellApart(answering(stack, 10_013), 'tcp', 'ipv4', address, RANGE)).toBe('unknown');
  });

  test('can be told where the range is unknown', () => {
    const { stack, address } = full();
    expect(tellApart(stack, 'tcp', 'ipv4', address, null)).toBe('ports');
  });
});

describe('numbers to try', () => {
  test.each([
    ['the default range', { start: 49_152, count: 16_384 }],
    ['a range moved to 1025', { start: 1_025, count: 60_000 }],
    ['a small range', { start: 50_000, count: 255 }],
  ])('lie outside %s', (_name, range) => {
    const ports = portsOutside(range);
    expect(ports.length).toBeGreaterThan(0);
    for (const port of ports) {
      expect(port >= range.start && port < range.start + range.count, String(port)).toBe(false);
      expect(port).toBeGreaterThanOrEqual(1_024);
      expect(port).toBeLessThanOrEqual(65_535);
    }
  });

  test('are all ordinary ones where the range is unknown', () => {
    for (const port of portsOutside(null)) {
      expect(port).toBeLessThan(32_768);
      expect(port).toBeGreaterThan(5_000);
    }
  });
});
