import fc from 'fast-check';
import type { PlanHost, PlanWish } from '#engine/planner/plan-document.ts';
import { planHostOfProfile } from '#engine/planner/plan-host.ts';
import { resolveProfile } from '#engine/profile/resolve-profile.ts';
import type { ResolvedProfile } from '#engine/profile/resolved-profile.ts';

/** A question to the planner. */
export interface Asked {
  readonly wish: PlanWish;
  readonly host: PlanHost;
  readonly profile: ResolvedProfile;
}

const oneOf = (...values: string[]): fc.Arbitrary<string> => fc.constantFrom(...values);

/** Switches that decide how addresses multiply ports, and which of them option-less sockets keep. */
const assumptions = fc.record(
  {
    A1: oneOf('honoured', 'ignored', 'refused'),
    A3: oneOf('blocked', 'allowed'),
    A10: oneOf('option-less', 'all', 'none'),
    A19: oneOf('next-fit', 'random'),
    A20: oneOf('none', 'pack', 'spread'),
    A26: oneOf('kept-out', 'overlaps'),
    A28: oneOf('shared', 'not-shared'),
    A29: oneOf('all', 'option-less'),
    'PS-1': oneOf('one-range', 'per-address'),
    unicastPort: oneOf('known', 'unknown-option'),
    timeWaitScope: oneOf('port', 'tuple'),
  },
  { requiredKeys: [] },
);

const base = oneOf(
  'documented',
  'windows-server-2022',
  'windows-server-2008r2-unpatched',
  'windows-11',
  'wine-8',
);

/** A small range, so that thousands of connections are many. */
const range = fc.record({
  start: fc.integer({ min: 40_000, max: 60_000 }),
  count: fc.integer({ min: 255, max: 1_500 }),
});

/** A server's whole room is large; little of it makes blocks and the widest range small, too. */
const crowded = fc.option(fc.integer({ min: 300, max: 2_500 }), { nil: null });

interface Parts {
  readonly base: string;
  readonly range: { readonly start: number; readonly count: number };
  readonly addresses: readonly string[];
  readonly assumptions: Readonly<Record<string, string | undefined>>;
  readonly crowded: number | null;
  readonly exclusions: readonly {
    readonly at: number;
    readonly count: number;
    readonly administered: boolean;
  }[];
  readonly others: number;
  readonly outside: number;
  readonly autoReuse: { readonly at: number; readonly count: number } | null;
  readonly more: number;
}

function fileOf(parts: Parts): unknown {
  const { start, count } = parts.range;
  const end = start + count;
  const block = (from: number, to: number) => ({
    protocol: 'tcp',
    start: from,
    count: to - from,
    administered: false,
  });
  const room = parts.crowded;
  return {
    base: parts.base,
    addresses: parts.addresses.map((adapter, n) => ({ address: `192.168.0.${n + 1}`, adapter })),
    dynamicRanges: { tcp4: parts.range },
    excludedRanges: [
      ...parts.exclusions.map(({ at, count: size, administered }) => ({
        protocol: 'tcp',
        start: start + Math.floor(at * count),
        count: size,
        administered,
      })),
      ...(room === null ? [] : [block(1_025, start - room), block(end, 65_536)]),
    ],
    autoReuseRange:
      parts.autoReuse === null
        ? { start: 0, count: 0 }
        : { start: start + Math.floor(parts.autoReuse.at * count), count: parts.autoReuse.count },
    assumptions: parts.assumptions,
    // Somebody else's service, outside the range.
    holders:
      parts.outside === 0
        ? []
        : [{ protocol: 'tcp', address: '0.0.0.0', start: start - parts.outside, count: 5 }],
  };
}

/** Plans of every kind of host, small enough to be carried out. */
export const asked: fc.Arbitrary<Asked> = fc
  .record({
    parts: fc.record({
      base,
      range,
      addresses: fc.array(oneOf('a', 'b', 'c'), { maxLength: 6 }),
      assumptions,
      crowded,
      exclusions: fc.array(
        fc.record({
          at: fc.double({ min: -0.1, max: 1, noNaN: true }),
          count: fc.integer({ min: 1, max: 120 }),
          administered: fc.boolean(),
        }),
        { maxLength: 4 },
      ),
      others: fc.integer({ min: 0, max: 100 }),
      outside: fc.integer({ min: 0, max: 100 }),
      autoReuse: fc.option(
        fc.record({
          // From well below the range into its middle.
          at: fc.double({ min: -3, max: 0.5, noNaN: true }),
          count: fc.integer({ min: 20, max: 500 }),
        }),
        { nil: null },
      ),
      more: fc.integer({ min: 0, max: 3 }),
    }),
    connections: fc.integer({ min: 1, max: 2_000 }),
    remotes: fc.integer({ min: 1, max: 30 }),
    perSecond: fc.oneof(fc.constant(0), fc.double({ min: 0.1, max: 5, noNaN: true })),
    headroomPercent: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 60 })),
    timeWaitSeconds: fc.constantFrom(0, 30, 120, 240),
  })
  .map(({ parts, timeWaitSeconds, ...wish }) => {
    const start = planHostOfProfile(resolveProfile(fileOf(parts)));
    const { dynamicRange, excluded, usedByOthers, addresses } = start.host;
    const free = dynamicRange.count - excluded - usedByOthers;
    return {
      wish,
      profile: start.profile,
      // As somebody changes figures: more addresses, more held by others, another TIME_WAIT.
      host: {
        ...start.host,
        addresses: addresses + parts.more,
        usedByOthers: usedByOthers + Math.min(free, parts.others),
        timeWaitSeconds,
      },
    };
  });
