import { expect, test } from 'vitest';
import { runOnModel } from './simulated-lab.ts';

const RANGE = { start: 50_000, count: 255 };
const HOST = {
  addresses: [
    { address: '10.0.0.1', adapter: 'a' },
    { address: '10.0.0.2', adapter: 'b' },
  ],
  dynamicRanges: { tcp4: RANGE, tcp6: RANGE, udp4: RANGE, udp6: RANGE },
  // Both port options go together, so that option-conflict holds ports too.
  assumptions: { A16: 'accepted' },
};
const EXPERIMENTS = ['option-conflict', 'exclusivity', 'bind-matrix', 'walkthrough'] as const;

/** Stopped at one of the first so many turns it gives to others; all of them, for most. */
const MOST = 60;
/** Turns it may still take: one to end each connection, one to end the arm. */
const SOON = 4;

/** Runs it, stopped at a turn. @returns how many turns there were, and what is open */
async function runUntil(
  experiment: (typeof EXPERIMENTS)[number],
  at: number,
): Promise<{ readonly turns: number; readonly open: number }> {
  let turns = 0;
  const { open } = await runOnModel({
    experiment,
    profile: HOST,
    reserve: { kind: 'number', ports: 0 },
    atBreath(breath, { stop }) {
      turns = breath;
      if (breath >= at) stop.reason = 'cancelled';
    },
  });
  return { turns, open };
}

test.each(EXPERIMENTS)(
  '%s ends soon wherever it is stopped, and leaves nothing open',
  async (id) => {
    const { turns: all } = await runUntil(id, Infinity);
    expect(all).toBeGreaterThan(1);
    for (let at = 1; at <= Math.min(all, MOST); at++) {
      const { turns, open } = await runUntil(id, at);
      expect(open, `stopped at turn ${at}`).toBe(0);
      expect(turns, `stopped at turn ${at}`).toBeLessThanOrEqual(at + SOON);
    }
  },
);
