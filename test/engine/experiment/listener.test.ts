import { expect, test } from 'vitest';
import { NULL_SINK } from '#engine/event/event-sink.ts';
import { closeConnection, connectTo, openListener } from '#engine/experiment/listener.ts';
import type { ClosesFirst, Listener, ListenerPlace } from '#engine/experiment/listener.ts';
import { portsOutside } from '#engine/experiment/port-or-memory.ts';
import { openBound } from '#engine/experiment/sockets.ts';
import type { PortRange } from '#engine/model/port-range.ts';
import { resolveProfile } from '#engine/profile/resolve-profile.ts';
import { createSimulatedStack, type SimulatedStack } from '#engine/stack/simulated-stack.ts';

const RANGE: PortRange = { start: 50_000, count: 12 };
const A = '10.0.0.1';

function place(protocol: 'tcp' | 'udp' = 'tcp'): ListenerPlace & { stack: SimulatedStack } {
  const profile = resolveProfile({ dynamicRanges: { tcp4: RANGE, udp4: RANGE } }, 'small.json');
  const stack = createSimulatedStack({ sink: NULL_SINK, profile, addresses: [A], seed: 1 });
  stack.intern(A);
  return {
    stack,
    protocol,
    family: 'ipv4',
    range: RANGE,
    breathe: async () => {},
    stop: { reason: null },
  };
}

function listening(at: ListenerPlace): Listener {
  const listener = openListener(at, at.stack.intern(A));
  if (!('port' in listener)) throw new Error(`no listener: ${listener.code}`);
  return listener;
}

test('a listener takes no number of the dynamic range, and gives its number back', () => {
  const at = place();
  const listener = listening(at);
  expect(listener).toMatchObject({ port: 49_999, inRange: false });
  expect(at.stack.freeOnAll('tcp', 'ipv4')).toBe(RANGE.count);
  at.stack.close(listener.socket);
  expect(listening(at).port).toBe(49_999);
});

test('a listener takes the next number where others have the first ones, and one of the range where they have all', () => {
  const at = place();
  const [first, ...rest] = portsOutside(RANGE);
  const take = (port: number | undefined): void => {
    at.stack.occupy({ protocol: 'tcp', address: A, port: port ?? 0, kind: 'explicit' });
  };
  take(first);
  const second = listening(at);
  expect(second).toMatchObject({ port: rest[0], inRange: false });
  at.stack.close(second.socket);
  rest.forEach(take);
  expect(listening(at).inRange).toBe(true);
});

test('no listener leaves nothing open', () => {
  const at = place();
  const open = at.stack.open;
  const gone = openListener(at, at.stack.intern('10.9.9.9'));
  expect(gone).toMatchObject({ code: 10_049 });
  expect(at.stack.open).toBe(open);
});

test.each([
  // A socket the listener accepted holds nothing of the range, whoever is in TIME_WAIT.
  ['client', RANGE.count - 1],
  ['listener', RANGE.count],
  ['reset', RANGE.count],
] as const)(
  'of a connection the %s ends, the client’s port is free or lingers accordingly',
  async (first: ClosesFirst, freeAfter) => {
    const at = place();
    const listener = listening(at);
    const bound = openBound(at.stack, 'tcp', 'ipv4', [], at.stack.intern(A));
    if (!bound.ok) throw new Error('not bound');
    const connection = await connectTo(at, bound.socket, listener);
    if (!connection.ok) throw new Error(`not connected: ${connection.code}`);
    expect(connection.accepted).toBeGreaterThan(0);
    await closeConnection(at, connection, first);
    at.stack.close(listener.socket);
    expect(at.stack.open).toBe(0);
    expect(at.stack.freeOnAll('tcp', 'ipv4')).toBe(freeAfter);
  },
);

test('nobody listens for UDP: the bound socket is enough', async () => {
  const at = place('udp');
  const listener = listening(at);
  const bound = openBound(at.stack, 'udp', 'ipv4', [], at.stack.intern(A));
  if (!bound.ok) throw new Error('not bound');
  const connection = await connectTo(at, bound.socket, listener);
  expect(connection).toEqual({ ok: true, client: bound.socket, accepted: null });
  if (connection.ok) await closeConnection(at, connection, 'listener');
  at.stack.close(listener.socket);
  expect(at.stack.open).toBe(0);
});

test('a connect that fails leaves the client to its owner', async () => {
  const at = place();
  const listener = listening(at);
  const client = at.stack.socket('tcp', 'ipv6');
  expect(await connectTo(at, client, listener)).toMatchObject({ ok: false, code: 10_014 });
  expect(at.stack.close(client)).toBe(0);
});

test('an accepted socket whose number is that of "would block" is taken for what it is', async () => {
  const at = place();
  const listener = listening(at);
  const dummies: number[] = [];
  while ((dummies.at(-1) ?? 0) < 10_033) dummies.push(at.stack.socket('tcp', 'ipv4'));
  for (const dummy of dummies) at.stack.close(dummy);
  const got = openBound(at.stack, 'tcp', 'ipv4', [], listener.address);
  if (!got.ok) throw new Error(`no client: ${got.code}`);
  expect(await connectTo(at, got.socket, listener)).toEqual({
    ok: true,
    client: 10_034,
    accepted: 10_035,
  });
});
