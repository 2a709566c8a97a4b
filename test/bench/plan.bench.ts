/**
 * What a change on the Planner screen costs: the answer alone, and the answer carried out on the model.
 * The yardstick is the budget of a change, 100 ms, so the ratio is the share of it that is used.
 */
import { checkPlan } from '#engine/planner/check-plan.ts';
import type { PlanHost, PlanWish } from '#engine/planner/plan-document.ts';
import { planHostOfProfile } from '#engine/planner/plan-host.ts';
import { planFor } from '#engine/planner/plan.ts';
import { resolveProfile } from '#engine/profile/resolve-profile.ts';
import { compare, type BenchResult } from './result.ts';

const BUDGET_MS = 100;
const ROUNDS = 9;
/** Changes a round: one takes too little to be timed by itself. */
const CHANGES = 200;

/** A busy server with WinNAT's blocks, other applications, and as many addresses as are asked for. */
function host(addresses: number, assumptions: object = {}) {
  const start = planHostOfProfile(
    resolveProfile({
      addresses: Array.from({ length: addresses }, (_, n) => ({
        address: `10.0.${n >>> 8}.${n & 255}`,
        adapter: `adapter ${n % 16}`,
      })),
      excludedRanges: Array.from({ length: 20 }, (_, n) => ({
        protocol: 'tcp',
        start: 49_200 + 700 * n,
        count: 100,
      })),
      assumptions,
    }),
  );
  return { ...start, host: { ...start.host, usedByOthers: 2_024 } };
}

const TYPICAL: PlanWish = { connections: 45_000, remotes: 12, perSecond: 150, headroomPercent: 20 };

interface Case {
  readonly name: string;
  readonly wish: PlanWish;
  readonly start: ReturnType<typeof host>;
}

const CASES: readonly Case[] = [
  { name: '45,000 connections, 4 addresses', wish: TYPICAL, start: host(4) },
  {
    name: '1,000,000 connections, 1,000 addresses',
    wish: { ...TYPICAL, connections: 1_000_000 },
    start: host(1_000),
  },
  {
    name: '1,000,000 connections, 1,000 addresses, numbers not shared on an adapter',
    wish: { ...TYPICAL, connections: 1_000_000 },
    start: host(1_000, { A28: 'not-shared' }),
  },
];

export async function bench(): Promise<BenchResult[]> {
  return [...CASES.map(answered), ...CASES.slice(0, 1).flatMap(carriedOut)];
}

function answered({ name, wish, start: { host: of, profile } }: Case): BenchResult {
  const rounds = Array.from({ length: ROUNDS + 1 }, () => {
    const began = performance.now();
    for (let n = 0; n < CHANGES; n++) planFor(changed(wish, n), of, profile);
    return { ours: (performance.now() - began) / CHANGES, yardstick: BUDGET_MS };
  });
  return compare(`plan: ${name}`, 'ms/change', rounds.slice(1));
}

/** As the screen does it: the answer, then what is recommended with what it needs, and with one address fewer. */
function carriedOut({ name, wish, start: { host: of, profile } }: Case): BenchResult[] {
  return (['reuse-unicast', 'port-scalability'] as const).map((strategy) => {
    const rounds = Array.from({ length: ROUNDS + 1 }, (_, n) => {
      const began = performance.now();
      once(changed(wish, n), of, profile, strategy);
      return { ours: performance.now() - began, yardstick: BUDGET_MS };
    });
    return compare(`plan and check by ${strategy}: ${name}`, 'ms/change', rounds.slice(1));
  });
}

function once(
  wish: PlanWish,
  of: PlanHost,
  profile: Parameters<typeof planFor>[2],
  strategy: 'reuse-unicast' | 'port-scalability',
): void {
  const plan = planFor(wish, of, profile);
  const needed = plan.strategies.find((one) => one.strategy === strategy)?.addressesNeeded ?? 1;
  const met = [needed, needed - 1].map(
    (addresses) => checkPlan(wish, of, profile, strategy, addresses).met,
  );
  if (met[0] !== true || met[1] !== false) throw new Error(`${strategy}: ${met.join(', ')}`);
}

/** Never the same question twice in a row. */
function changed(wish: PlanWish, n: number): PlanWish {
  return { ...wish, connections: wish.connections + n };
}
