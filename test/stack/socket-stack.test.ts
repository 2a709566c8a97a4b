import { describe, it } from 'vitest';
import { resolveProfile } from '#engine/profile/resolve-profile.ts';
import { createSimulatedStack } from '#engine/stack/simulated-stack.ts';
import { SOCKET_STACK_SUITE } from './socket-stack.suite.ts';
import { runCase } from './suite-case.ts';
import { DOCUMENTED_ANSWERS, type SuiteHost } from './suite-host.ts';

const POOL = 256;
const ADDRESSES = ['10.0.0.1', '10.0.0.2', 'fd00::1'] as const;
const [a, b, v6] = ADDRESSES;

const profile = resolveProfile({
  base: 'documented',
  addresses: ADDRESSES,
  dynamicRanges: { tcp4: { start: 50_000, count: POOL } },
});

const host: SuiteHost = {
  ...DOCUMENTED_ANSWERS,
  create: (sink) => createSimulatedStack({ sink, profile, addresses: ADDRESSES, seed: 7 }),
  a,
  b,
  v6,
  foreign: '203.0.113.7',
  pool: POOL,
};

describe('SimulatedStack, profile documented', () => {
  for (const suiteCase of SOCKET_STACK_SUITE) it(suiteCase.name, () => runCase(suiteCase, host));
});
