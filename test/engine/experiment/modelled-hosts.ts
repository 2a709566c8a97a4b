import type { SimulatedCase, SimulatedEnd } from './simulated-lab.ts';

/** Modelled hosts for the experiments that hold and sweep, and what may be expected of them. */

type Profile = SimulatedCase['profile'];
type Assumptions = Readonly<Record<string, string>>;

/** Two addresses on two adapters; a third on the first one's. */
export const A = { address: '10.0.0.1', adapter: 'a' };
export const B = { address: '10.0.0.2', adapter: 'b' };
export const A2 = { address: '10.0.0.3', adapter: 'a' };

/** A host with a small range, so that a sweep takes no time. */
export function smallHost(assumptions: Assumptions = {}, more: object = {}, count = 400): Profile {
  const range = { start: 50_000, count };
  return {
    addresses: [A, B],
    dynamicRanges: { tcp4: range, tcp6: range, udp4: range, udp6: range },
    assumptions,
    ...more,
  };
}

/** By id: how claims came out, and what was answered. */
export function saidOf({ claims, answers }: SimulatedEnd): Record<string, string> {
  return Object.fromEntries([
    ...answers.map(({ id, value }) => [`${id}=`, value] as const),
    ...claims.map(({ id, outcome }) => [id, outcome] as const),
  ]);
}

/** What was said that differs from what is true: outcomes that settle, and answers. */
export function wrongIn(
  said: Readonly<Record<string, string>>,
  truth: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(said).filter(
      ([id, value]) => value !== 'inconclusive' && truth[id] !== undefined && truth[id] !== value,
    ),
  );
}
