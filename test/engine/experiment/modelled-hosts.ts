import type { ExperimentId } from '#engine/claim/evidence.ts';
import { oddHost, SEEDS } from './odd-hosts.ts';
import { runOnModel, type SimulatedCase, type SimulatedEnd } from './simulated-lab.ts';

/** Modelled hosts for the experiments that hold and sweep, and what may be expected of them. */

type Profile = SimulatedCase['profile'];
type Assumptions = Readonly<Record<string, string>>;

const A = { address: '10.0.0.1', adapter: 'a' };
const B = { address: '10.0.0.2', adapter: 'b' };
const BESIDE_A = { address: '10.0.0.3', adapter: 'a' };

/** Addresses of a profile: two of one adapter, and these with one of another. */
export const ONE_ADAPTER = { addresses: [A, BESIDE_A] };
export const THREE = { addresses: [A, B, BESIDE_A] };

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
  const twice = (id: string): boolean => claims.filter((claim) => claim.id === id).length > 1;
  return Object.fromEntries([
    ...answers.map(({ id, value }) => [`${id}=`, value] as const),
    ...claims.map(
      ({ id, outcome, addressClass }) =>
        [twice(id) ? `${id} ${addressClass}` : id, outcome] as const,
    ),
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

/**
 * Runs an experiment on hosts of many kinds, by seed, with switches and what these make true.
 * @returns what was wrong, with the host; and how many of the runs left the first claim open
 */
export async function wrongOverSeeds(
  experiment: ExperimentId,
  switches: readonly (readonly [Assumptions, Readonly<Record<string, string>>])[],
  more: object = {},
): Promise<{ wrong: string[]; open: number }> {
  const wrong: string[] = [];
  let open = 0;
  for (let seed = 0; seed < SEEDS; seed++) {
    const [assumptions, truth] = switches[Math.floor(seed / 8) % switches.length]!;
    const { profile, about } = oddHost(seed);
    const end = await runOnModel({
      experiment,
      seed,
      profile: {
        ...profile,
        ...more,
        assumptions: { ...profile.assumptions, ...assumptions },
      },
      reserve: { kind: 'percent', percent: 50 },
    });
    const said = saidOf(end);
    const found = wrongIn(said, truth);
    if (Object.keys(found).length > 0 || end.open > 0) {
      wrong.push(`${about}, ${JSON.stringify(assumptions)}: ${JSON.stringify(said)}`);
    }
    if (end.claims[0]?.outcome === 'inconclusive') open++;
  }
  return { wrong, open: open / SEEDS };
}
