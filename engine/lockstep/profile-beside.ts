import { LabError } from '../model/lab-error.ts';
import { withAssumptions } from '../profile/assumptions.ts';
import { namedProfile, resolveProfile } from '../profile/resolve-profile.ts';
import type { ResolvedProfile } from '../profile/resolved-profile.ts';
import type { RunHead } from '../run/run-document.ts';
import { profileOfHost } from './host-profile.ts';
import type { ObservedSpan } from './observed-span.ts';

/** The rules a simulated run was made by. */
export const OWN_PROFILE = 'own';

/** Whose rules a recorded run is put beside. */
export interface ModelWish {
  /** Name of a shipped profile, or `own`. */
  readonly profile: string;
  /** Switches set otherwise, by id. */
  readonly switches: Readonly<Record<string, string>>;
}

/** A model of the machine a run was made on, by rules of one's choice. */
export interface ModelBeside {
  readonly profile: ResolvedProfile;
  /** The host's addresses, those of the run among them. */
  readonly addresses: readonly string[];
  /** Ranges nobody recorded: the numbers the run met stand for them. */
  readonly rangesGuessed: boolean;
  /** It was asked how the host picks numbers (A19, A20): the model then picks its own. */
  readonly ownPicks: boolean;
}

/** What a recorded profile keeps of its host, whatever rules it goes by. */
const HOST_KEYS = [
  'addresses',
  'dynamicRanges',
  'excludedRanges',
  'autoReuseRange',
  'holders',
  'churn',
] as const;
/** Switches that say which of the legal numbers comes next, and no more. */
const PICK_SWITCHES = ['A19', 'A20'] as const;
const RULE_KEYS = ['base', 'assumptions', 'bindMatrix'] as const;

/**
 * The recorded run's own host (addresses, ranges, exclusions, other holders) with the rules asked for.
 * @param observed numbers the run met, for ranges a real host did not tell
 * @throws LabError usage for an unknown profile or switch, refused for what is not modelled, failed where
 *   the run's own profile can't be read
 */
export function modelBeside(
  run: Pick<RunHead, 'stack' | 'host' | 'profile' | 'addresses'>,
  wish: ModelWish,
  observed: ObservedSpan,
): ModelBeside {
  const made = run.stack === 'winsock' ? realHost(run, wish, observed) : modelledHost(run, wish);
  const assumptions = withAssumptions(made.profile.assumptions, wish.switches);
  const own = made.profile.addresses.map(({ address }) => address);
  const further = run.addresses.filter((address) => !own.includes(address));
  return {
    profile: { ...made.profile, assumptions },
    addresses: [...own, ...further],
    rangesGuessed: made.rangesGuessed,
    ownPicks: PICK_SWITCHES.some((id) => Object.hasOwn(wish.switches, id)),
  };
}

type Made = Pick<ModelBeside, 'profile' | 'rangesGuessed'>;

function realHost(
  { host }: Pick<RunHead, 'host'>,
  { profile }: ModelWish,
  observed: ObservedSpan,
): Made {
  if (profile === OWN_PROFILE) {
    throw new LabError(
      'usage',
      'a run on real sockets has no profile of its own',
      'choose a profile by name',
    );
  }
  const made = profileOfHost(host, namedProfile(profile), observed);
  return { profile: made.profile, rangesGuessed: made.rangesObserved.length > 0 };
}

function modelledHost({ profile }: Pick<RunHead, 'profile'>, { profile: wished }: ModelWish): Made {
  const resolved = profile?.resolved ?? {};
  const own = wished === OWN_PROFILE;
  const keys = own ? [...HOST_KEYS, ...RULE_KEYS] : HOST_KEYS;
  const content = Object.fromEntries(
    keys.filter((key) => resolved[key] !== undefined).map((key) => [key, resolved[key]]),
  );
  const name = own ? (profile?.name ?? OWN_PROFILE) : wished;
  return {
    profile: resolveProfile(own ? content : { ...content, base: wished }, name),
    rangesGuessed: false,
  };
}
