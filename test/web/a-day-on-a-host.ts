import type { EventSink } from '#engine/event/event-sink.ts';
import { resolveProfile } from '#engine/profile/resolve-profile.ts';
import { createSimulatedStack } from '#engine/stack/simulated-stack.ts';

export interface Tally {
  /** Event rows. */
  readonly rows: number;
  /** A number that every column of every row goes into, in order. */
  readonly digest: number;
  /** Ports bound at the end of the large fill. */
  readonly filled: number;
}

/**
 * Something of everything the engine does, large and small, told as a tally of its events: fills on
 * many addresses, churn, connects, TIME_WAIT, several processes. The same wherever it runs.
 */
export function aDayOnAHost(seed: number): Tally {
  let rows = 0;
  let digest = 0;
  const sink: EventSink = {
    emit(...columns) {
      rows++;
      for (const column of columns) digest = (Math.imul(digest, 31) + (column % 0x7fffffff)) | 0;
    },
  };
  const addresses = Array.from({ length: 50 }, (_, i) => `10.0.0.${i + 1}`);
  const profile = resolveProfile({
    base: 'windows-server-2022',
    autoReuseRange: { start: 20_000, count: 100 },
    churn: [{ protocol: 'tcp', address: '0.0.0.0', perSecond: 100, holdSeconds: 1 }],
  });
  const stack = createSimulatedStack({ sink, profile, addresses, seed });
  const remote = stack.intern('203.0.113.9');
  for (let i = 0; i < 200; i++) {
    const socket = stack.socket('tcp', 'ipv4', i % 3);
    if (i % 2 === 0) stack.bind(socket, stack.intern(addresses[i % 50]!), 0);
    stack.connect(socket, remote, 443 + (i % 2));
    stack.getsockname(socket);
    if (i % 4 === 3) stack.close(socket);
    stack.advance(0.05e9);
  }
  stack.exit(2);
  stack.advance(121e9);
  let filled = 0;
  for (const address of addresses) {
    filled += stack.fill({
      protocol: 'tcp',
      family: 'ipv4',
      addresses: [stack.intern(address)],
      from: 0,
      options: ['SO_PORT_SCALABILITY'],
      count: 20_000,
      budgetNs: 1e15,
    }).bound;
  }
  stack.closeAll();
  return { rows, digest, filled };
}
