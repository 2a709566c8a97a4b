import { namedProfile, resolveProfile } from '#engine/profile/resolve-profile.ts';
import type { ResolvedProfile } from '#engine/profile/resolved-profile.ts';
import type { ProfileWish } from './run-request.ts';

/** A shipped profile by its name, or what a profile file says. @throws LabError usage or refused */
export function wishedProfile(wish: ProfileWish): ResolvedProfile {
  return typeof wish === 'string' ? namedProfile(wish) : resolveProfile(wish.content, wish.file);
}
