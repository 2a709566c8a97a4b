import { Command } from 'commander';
import { LabError } from '#engine/model/lab-error.ts';
import { profileSwitches } from '#engine/profile/profile-switches.ts';
import { namedProfile, PROFILE_NAMES, resolveProfile } from '#engine/profile/resolve-profile.ts';
import type { ResolvedProfile } from '#engine/profile/resolved-profile.ts';
import { SHIPPED_PROFILES, shippedProfile } from '#engine/profile/shipped-profiles.ts';
import type { Console } from '../console.ts';
import { profileList, profileText } from '../profile-text.ts';
import { readProfile } from '../read-profile.ts';

export function profilesCommand(out: Console): Command {
  const profiles = new Command('profiles').description('What the simulated stack can pose as');
  profiles
    .command('list', { isDefault: true })
    .description('The profiles there are, and what each poses as')
    .action(() => {
      const about = Object.fromEntries(SHIPPED_PROFILES.map((one) => [one.name, one.about]));
      out.result({ profiles: PROFILE_NAMES, about }, () => profileList(out));
    });
  profiles
    .command('show')
    .description('Everything a profile assumes about the port allocator, with sources')
    .argument('<name|file>', 'one of those `portlab profiles` lists, or a profile file')
    .action((text: string) => {
      const profile = profileOf(text);
      out.result(documentOf(profile), () => profileText(profile, out));
    });
  profiles
    .command('learn')
    .description('A profile with what recorded runs on Windows found (not there yet)')
    .allowUnknownOption()
    .allowExcessArguments()
    .argument('[anything...]')
    .action(() => {
      throw new LabError(
        'refused',
        'portlab profiles learn is not there yet: no profile can be made from recorded runs so far',
        'write what you measured into a profile file by hand; ids: portlab profiles show documented',
      );
    });
  return profiles;
}

function profileOf(text: string): ResolvedProfile {
  const read = readProfile(text);
  return typeof read === 'string' ? namedProfile(read) : resolveProfile(read.content, read.file);
}

/** `profile` and the first seven fields of a switch are relied on by scripts; the rest is extra. */
function documentOf(profile: ResolvedProfile): unknown {
  const { name, base, assumptions: _assumptions, ...host } = profile;
  const switches = profileSwitches(profile);
  return {
    profile: name,
    switches: switches.map(
      ({ id, name: title, value, default: preset, values, mark, source, ...more }) => ({
        id,
        name: title,
        value,
        default: preset,
        values,
        mark,
        source,
        ...more,
      }),
    ),
    base,
    about: shippedProfile(base)?.about ?? null,
    differs: switches.filter((entry) => entry.differs).map(({ id }) => id),
    host,
  };
}
