import type { ProfileView } from '#engine/api/views.ts';
import type { FormState } from './form-state.ts';

/** The addresses the chosen profile brings; [] where it brings none. */
export function profileAddresses(
  { profile, ownProfile }: Pick<FormState, 'profile' | 'ownProfile'>,
  profiles: readonly Pick<ProfileView, 'name' | 'addresses'>[],
): string[] {
  if (ownProfile?.file === profile) return addressesIn(ownProfile.content['addresses']);
  return profiles.find(({ name }) => name === profile)?.addresses.map(addressOf) ?? [];
}

/** As a profile file has them: texts, or objects that say the adapter too. */
function addressesIn(list: unknown): string[] {
  if (!Array.isArray(list)) return [];
  return list.map((entry: unknown) =>
    typeof entry === 'string' ? entry : addressOf(entry as { readonly address: string }),
  );
}

function addressOf({ address }: { readonly address: string }): string {
  return address;
}
