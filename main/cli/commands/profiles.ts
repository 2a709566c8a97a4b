import { Command } from 'commander';
import { profileSwitches } from '#engine/profile/profile-switches.ts';
import { PROFILE_NAMES } from '#engine/profile/resolve-profile.ts';
import type { ResolvedProfile } from '#engine/profile/resolved-profile.ts';
import { SHIPPED_PROFILES, shippedProfile } from '#engine/profile/shipped-profiles.ts';
import { LabService } from '../../service/lab-service.ts';
import { wishedProfile } from '../../service/wished-profile.ts';
import type { Console } from '../console.ts';
import { learnedText } from '../learned-text.ts';
import { profileList, profileText } from '../profile-text.ts';
import { readProfile } from '../read-profile.ts';
import { assertProfileFile } from '../profile-file.ts';
import { writeWhole } from '../report-file.ts';

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
      const profile = wishedProfile(readProfile(text));
      out.result(documentOf(profile), () => profileText(profile, out));
    });
  profiles
    .command('learn')
    .description(
      'A profile file of what recorded runs of one host found, so that the simulated stack poses as it',
    )
    .argument('<id...>', 'recorded runs, of one host and one kind of evidence')
    .requiredOption('--out <file>', 'the profile file to write: .json or .jsonc')
    .action((ids: string[], options: { out: string }, self: Command) => {
      const { db } = self.optsWithGlobals<{ db: string }>();
      assertProfileFile(options.out);
      const learned = new LabService(db).learn(ids);
      writeWhole(options.out, `${JSON.stringify(learned.file, null, 2)}\n`);
      const { file: _written, ...said } = learned;
      out.result({ out: options.out, ...said }, () => learnedText(learned, options.out, out));
    });
  return profiles;
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
