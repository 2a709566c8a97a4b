import { OPEN_QUESTIONS } from '../profile/open-questions.ts';
import type { Assumptions } from '../profile/assumptions.ts';
import type { ProfileFile } from '../profile/profile-file.ts';
import type {
  ProfileAddress,
  ProfileHolder,
  ResolvedProfile,
} from '../profile/resolved-profile.ts';
import { resolvedShippedProfile } from '../profile/shipped-profiles.ts';
import { portsWithout } from './free-ranges.ts';
import type { PlannedHost } from './planned-host.ts';
import type { PlanHost } from './plan-document.ts';

/** The host of a plan as the simulated stack poses as it: ranges, exclusions, others, addresses. */
export function plannedProfile(
  placed: PlannedHost,
  host: Pick<PlanHost, 'timeWaitSeconds'>,
  profile: ResolvedProfile,
  addresses: readonly ProfileAddress[],
): ResolvedProfile {
  const { range, excluded, others, othersOutside, autoReuse } = placed;
  const held = (kind: ProfileHolder['kind'], ranges: PlannedHost['others']): ProfileHolder[] =>
    ranges.map(({ start, count }) => ({
      protocol: 'tcp',
      address: '0.0.0.0',
      start,
      count,
      kind,
      mode: 'default',
    }));
  return {
    ...profile,
    addresses,
    dynamicRanges: { ...profile.dynamicRanges, tcp4: range },
    excludedRanges: [
      ...profile.excludedRanges.filter((one) => one.protocol !== 'tcp' || one.family !== 'ipv4'),
      ...excluded,
    ],
    autoReuseRange: autoReuse,
    assumptions: withTimeWait(profile.assumptions, host.timeWaitSeconds),
    holders: [
      ...held('legacy', others),
      // Nobody may name a number inside an exclusion; there it is lost anyway.
      ...held('explicit', portsWithout(othersOutside, excluded)),
    ],
    churn: [],
  };
}

/** A21 as the plan has it, where the model knows that value. */
function withTimeWait(assumptions: Assumptions, seconds: number): Assumptions {
  const value = OPEN_QUESTIONS.A21.values.find((one) => Number(one) === seconds);
  return value === undefined ? assumptions : { ...assumptions, A21: value };
}

/** Content of a profile file, as the planner writes it. */
export type WrittenProfile = ProfileFile & {
  readonly assumptions: Readonly<Record<string, string>>;
};

/** The same as the content of a profile file: what differs from the shipped profile it stands on. */
export function profileFileOf(profile: ResolvedProfile): WrittenProfile {
  const base = resolvedShippedProfile(profile.base)?.assumptions;
  const assumptions = Object.fromEntries(
    Object.entries(profile.assumptions).filter(
      ([id, value]) => base?.[id as keyof Assumptions] !== value,
    ),
  );
  return {
    base: profile.base,
    addresses: profile.addresses.map(({ address, adapter }) => ({ address, adapter })),
    dynamicRanges: { ...profile.dynamicRanges },
    excludedRanges: profile.excludedRanges.map((range) => ({ ...range })),
    autoReuseRange: { ...profile.autoReuseRange },
    assumptions,
    ...(profile.bindMatrix !== undefined && { bindMatrix: matrixOf(profile.bindMatrix) }),
    holders: profile.holders.map((holder) => ({ ...holder })),
  };
}

function matrixOf(
  matrix: NonNullable<ResolvedProfile['bindMatrix']>,
): NonNullable<ProfileFile['bindMatrix']> {
  return Object.fromEntries(
    Object.entries(matrix).map(([protocol, { rows, onAnyAddress }]) => [
      protocol,
      { rows: [...rows] as typeof rows, onAnyAddress },
    ]),
  );
}
