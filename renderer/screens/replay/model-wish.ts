import { OWN_PROFILE, type ModelWish } from '#engine/lockstep/profile-beside.ts';
import { DOCUMENTED_PROFILE } from '#engine/profile/documented-profile.ts';
import { SHIPPED_PROFILES, shippedProfile } from '#engine/profile/shipped-profiles.ts';
import type { RunDocument } from '#engine/run/run-document.ts';

/** Whose rules a replay begins with: a modelled run's own, or those a real run was compared with. */
export function firstWish({ run, model }: Pick<RunDocument, 'run' | 'model'>): ModelWish {
  if (run.stack === 'simulated' && run.profile !== null) {
    return { profile: OWN_PROFILE, switches: {} };
  }
  const named = model?.profile ?? '';
  return {
    profile: shippedProfile(named) === undefined ? DOCUMENTED_PROFILE.name : named,
    switches: {},
  };
}

export interface ProfileChoice {
  readonly profile: string;
  readonly words: string;
  readonly about: string;
}

/** Whose addresses, ranges and other holders the model has, whatever rules it follows. */
export function hostOfModel({ run }: Pick<RunDocument, 'run'>): string {
  return run.stack === 'winsock' ? 'with this host’s ranges' : 'with the run’s ranges';
}

/** Whose rules a run can be put beside. */
export function profileChoices({ run }: Pick<RunDocument, 'run'>): ProfileChoice[] {
  const shipped = SHIPPED_PROFILES.map(({ name, about }): ProfileChoice => ({
    profile: name,
    words: name,
    about,
  }));
  if (run.stack !== 'simulated' || run.profile === null) return shipped;
  const own: ProfileChoice = {
    profile: OWN_PROFILE,
    words: 'the run’s own rules',
    about: `The rules the run was made by: profile ${run.profile.name}.`,
  };
  return [own, ...shipped];
}
