import { expect, test } from 'vitest';
import { runOnModel, type SimulatedCase } from './simulated-lab.ts';

const RANGE = { start: 50_000, count: 300 };
const HOSTS: Readonly<Record<string, object>> = {
  documented: {},
  'with an auto-reuse range': { autoReuseRange: { start: 50_200, count: 40 } },
  'wine-8': { base: 'wine-8' },
};

const RUNS: readonly Pick<SimulatedCase, 'experiment' | 'parameters'>[] = [
  { experiment: 'connect-reuse', parameters: { connections: '4' } },
  { experiment: 'time-wait', parameters: { pairs: '4' } },
  { experiment: 'capacity', parameters: { arms: 'all' } },
  {
    experiment: 'verify-plan',
    parameters: { strategy: 'reuse-unicast', connections: '90', remotes: '3' },
  },
  { experiment: 'verify-plan', parameters: { strategy: 'port-scalability', connections: '500' } },
  {
    experiment: 'verify-plan',
    parameters: { strategy: 'port-pool', connections: '500', poolStart: '20000', poolPorts: '300' },
  },
];

test.each(RUNS)('$experiment, stopped anywhere, leaves nothing open', async (run) => {
  for (const [name, host] of Object.entries(HOSTS)) {
    // Dense at first, where every step opens something, then further and further apart.
    for (let at = 1; at < 1_500; at = Math.ceil(at * 1.3)) {
      const end = await runOnModel({
        ...run,
        exhaustive: true,
        reserve: { kind: 'number', ports: 0 },
        profile: {
          addresses: ['10.0.0.1', '10.0.0.2'],
          dynamicRanges: { tcp4: RANGE },
          ...host,
        },
        atBreath: (breaths, { stop }) => {
          if (breaths >= at) stop.reason = 'cancelled';
        },
      });
      expect(end.open, `${name}, stopped at ${at}`).toBe(0);
    }
  }
});
