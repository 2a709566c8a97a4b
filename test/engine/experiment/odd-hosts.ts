import { Random } from '#engine/allocator/random.ts';
import type { Protocol } from '#engine/model/protocol.ts';
import type { SimulatedCase } from './simulated-lab.ts';

/** Runs over seeds: few in the suite, many in `test:deep`. */
export const SEEDS = process.env['PORTLAB_DEEP'] === '1' ? 1_000 : 100;

type ProfilePart = SimulatedCase['profile'];

export interface OddHost {
  readonly seed: number;
  /** To be merged with what a test sets itself. */
  readonly profile: ProfilePart & { readonly assumptions: Readonly<Record<string, string>> };
  /** For messages. */
  readonly about: string;
}

const A = '10.0.0.1';
const B = '10.0.0.2';

/** Every pick policy there is: A19 and A20 may not contradict each other. */
const PICKS: readonly Readonly<Record<string, string>>[] = [
  { A19: 'next-fit' },
  { A19: 'random' },
  { A19: 'pack' },
  { A19: 'spread' },
  { A19: 'next-fit', A20: 'pack' },
  { A19: 'next-fit', A20: 'spread' },
  { A19: 'random', A20: 'pack' },
  { A19: 'random', A20: 'spread' },
];

/**
 * A host of the model with a small range, any pick policy, and other applications that come and go
 * within microseconds of virtual time, without and with the option, or stay. Same seed, same host.
 */
export function oddHost(seed: number, protocol: Protocol = 'tcp'): OddHost {
  const random = new Random(seed * 7 + 1);
  const pick = PICKS[seed % PICKS.length] ?? {};
  const range = { start: 40_000 + random.below(20_000), count: 255 + random.below(746) };
  const share = (part: number): number => Math.max(1, Math.floor(range.count * part));
  // How many a coming and going application holds on average, and how long each: 0.1 to 3 ms.
  const churning = (kind: 'legacy' | 'option', address: string) => {
    const holdSeconds = (1 + random.below(30)) / 10_000;
    const holds = 1 + random.below(share(0.1));
    return { protocol, address, kind, holdSeconds, perSecond: Math.min(1e6, holds / holdSeconds) };
  };
  const churn = [
    ...(random.below(2) === 0 ? [churning('legacy', ['0.0.0.0', A, B][random.below(3)]!)] : []),
    ...(random.below(2) === 0 ? [churning('option', [A, B][random.below(2)]!)] : []),
  ];
  const staying = (kind: string, address: string, from: number) => ({
    protocol,
    address,
    kind,
    start: range.start + from,
    count: 1 + random.below(share(0.08)),
  });
  const holders = [
    ...(random.below(3) === 0 ? [staying('legacy', A, 0)] : []),
    ...(random.below(3) === 0 ? [staying('option', B, share(0.2))] : []),
    ...(random.below(3) === 0
      ? [staying('explicit', [A, B, '0.0.0.0'][random.below(3)]!, share(0.4))]
      : []),
  ];
  const ranges = { tcp4: range, tcp6: range, udp4: range, udp6: range };
  return {
    seed,
    profile: {
      addresses: [
        { address: A, adapter: 'a' },
        { address: B, adapter: 'b' },
      ],
      dynamicRanges: ranges,
      assumptions: pick,
      churn,
      holders,
    },
    about: `seed ${seed} ${JSON.stringify({ pick, range, churn, holders })}`,
  };
}
