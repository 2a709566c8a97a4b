import { describe, it } from 'vitest';
import { resolveProfile } from '#engine/profile/resolve-profile.ts';
import { createSimulatedStack } from '#engine/stack/simulated-stack.ts';
import { SOCKET_STACK_SUITE } from './socket-stack.suite.ts';
import { runCase } from './suite-case.ts';
import { DOCUMENTED_ANSWERS, type SuiteHost, WINE_ANSWERS } from './suite-host.ts';

const POOL = 256;
const ADDRESSES = ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4', 'fd00::1'] as const;
const [a, b, c, d, v6] = ADDRESSES;

/** A modelled host of that profile. */
function modelled(base: string): Omit<SuiteHost, keyof typeof DOCUMENTED_ANSWERS> {
  const profile = resolveProfile({
    base,
    addresses: ADDRESSES,
    dynamicRanges: { tcp4: { start: 50_000, count: POOL } },
  });
  return {
    create: (sink) => createSimulatedStack({ sink, profile, addresses: ADDRESSES, seed: 7 }),
    a,
    b,
    v6,
    spares: [c, d],
    foreign: '203.0.113.7',
    pool: POOL,
    hasProcesses: true,
  };
}

const HOSTS: readonly [profile: string, host: SuiteHost][] = [
  ['documented', { ...DOCUMENTED_ANSWERS, ...modelled('documented') }],
  // That Wine refuses to listen on a connected socket by another code has nothing to do with ports.
  ['wine-8', { ...WINE_ANSWERS, ...modelled('wine-8'), listenConnectedCode: 10_056 }],
];

describe.each(HOSTS)('SimulatedStack, profile %s', (_profile, host) => {
  for (const suiteCase of SOCKET_STACK_SUITE) it(suiteCase.name, () => runCase(suiteCase, host));
});
