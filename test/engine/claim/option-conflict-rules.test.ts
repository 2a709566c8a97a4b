import { expect, test } from 'vitest';
import type { Evidence } from '#engine/claim/evidence.ts';
import type {
  OptionConflictEvidence,
  TriedOption,
} from '#engine/claim/rules/option-conflict-evidence.ts';
import { TRIED_OPTIONS } from '#engine/claim/rules/option-conflict-evidence.ts';
import type { SharingSeen } from '#engine/claim/rules/sharing-seen.ts';
import { answersOf, settleClaims } from '#engine/claim/settle.ts';

/** What no model of ours does, but a host might. */

const PS = 'SO_PORT_SCALABILITY';
const UNICAST = 'SO_REUSE_UNICASTPORT';
const alone = TRIED_OPTIONS.map((option) => ({ option, fresh: 0, set: 0, read: 1, bind: 0 }));
const pair = (first: TriedOption, second: TriedOption, more: object = {}) => ({
  first,
  second,
  firstSet: 0,
  secondSet: 0,
  firstRead: 1,
  secondRead: 1,
  bind: 0,
  ...more,
});
const seen = (met: number, distinct = 271): SharingSeen => ({
  held: 16,
  swept: met > 0 ? 100 : 271,
  distinct,
  met,
  wentRound: met === 0,
});
const tries = (times: number, both: SharingSeen) =>
  Array.from({ length: times }, () => ({ scalability: seen(1), both }));

const EVIDENCE: OptionConflictEvidence = {
  before: alone,
  after: alone,
  pairs: [pair(PS, UNICAST), pair(UNICAST, PS)],
  zero: { set: 0, read: 0 },
  late: 0,
  sharing: { legacy: seen(0), tries: tries(1, seen(1)) },
};

function evidence(own: Partial<OptionConflictEvidence>): Evidence {
  const of: Evidence<'option-conflict'> = {
    experiment: 'option-conflict',
    arms: [],
    own: { ...EVIDENCE, ...own },
    protocol: 'tcp',
    family: 'ipv4',
    addresses: 2,
    usable: 255,
    exhaustion: { bind: 10_055, connect: 10_055 },
    edition: 'server',
  };
  return of;
}

const STANDING = { basis: 'measured', addressClass: 'different-nics' } as const;

test.each<[string, Partial<OptionConflictEvidence>, string, RegExp]>([
  ['numbers are shared with both', {}, 'refuted', /with both a number .* came up/],
  [
    'numbers are shared with the one and, three times, not with both',
    { sharing: { legacy: seen(0), tries: tries(3, seen(0)) } },
    'confirmed',
    /3 times in turn/,
  ],
  [
    'only twice',
    { sharing: { legacy: seen(0), tries: tries(2, seen(0)) } },
    'inconclusive',
    /nothing shows/,
  ],
  [
    'the binds with both got the same few numbers',
    { sharing: { legacy: seen(0), tries: tries(3, seen(0, 4)) } },
    'inconclusive',
    /only 4 different numbers/,
  ],
  [
    'numbers repeat without options',
    { sharing: { legacy: seen(1), tries: tries(1, seen(1)) } },
    'inconclusive',
    /without any option/,
  ],
  [
    'the second switches the first off',
    { pairs: [pair(PS, UNICAST, { firstRead: 0 }), pair(UNICAST, PS, { firstRead: 0 })] },
    'confirmed',
    /reads back as off/,
  ],
  [
    'both are taken and the bind fails',
    { pairs: [pair(PS, UNICAST, { bind: 10_022 }), pair(UNICAST, PS, { bind: 10_022 })] },
    'confirmed',
    /can't be bound/,
  ],
  [
    'it depends on the order',
    { pairs: [pair(PS, UNICAST, { secondSet: 10_022, secondRead: 0 }), pair(UNICAST, PS)] },
    'inconclusive',
    /depends on the order/,
  ],
  [
    'an option alone was refused once',
    { after: alone.map((one) => (one.option === UNICAST ? { ...one, set: 10_042 } : one)) },
    'inconclusive',
    /nothing to combine/,
  ],
  ['the arms after are missing', { after: [] }, 'inconclusive', /could not be tried/],
])('PS-9 where %s', (_title, own, outcome, because) => {
  const [claim] = settleClaims(evidence(own), STANDING);
  expect(claim).toMatchObject({ id: 'PS-9', outcome });
  expect(claim?.because).toMatch(because);
});

test('what depends on the order, or on the round, answers no switch', () => {
  const oneWay = evidence({
    pairs: [pair(PS, UNICAST, { secondSet: 10_022 }), pair(UNICAST, PS)],
    after: alone.map((one) => ({ ...one, read: 0 })),
  });
  const ids = answersOf(oneWay, STANDING).map(({ id }) => id);
  expect(ids).not.toContain('A16');
  expect(ids).not.toContain('A18');
});
