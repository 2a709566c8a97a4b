import { Command } from 'commander';
import { listSwitches } from '#engine/profile/assumptions.ts';
import { PROFILE_NAMES, namedProfile } from '#engine/profile/resolve-profile.ts';
import type { Console } from '../console.ts';

/** What an evidence mark of the sources stands for. */
const MARKS = {
  D: 'documented',
  O: 'observed in public',
  W: 'observed under Wine',
  I: 'inferred',
} as const;

export function profilesCommand(out: Console): Command {
  const profiles = new Command('profiles').description('What the simulated stack can pose as');
  profiles
    .command('list', { isDefault: true })
    .description('The profiles there are')
    .action(() => {
      out.result({ profiles: PROFILE_NAMES }, () => PROFILE_NAMES.join('\n'));
    });
  profiles
    .command('show')
    .description('Everything a profile assumes about the port allocator, with sources')
    .argument('<name>', 'one of those `portlab profiles` lists')
    .action((name: string) => {
      const profile = namedProfile(name);
      const switches = listSwitches(profile.assumptions);
      out.result({ profile: profile.name, switches }, () =>
        switches
          .map(({ id, name: title, about, value, values, mark, source }) => {
            const others = values.filter((other) => other !== value);
            const choice = others.length === 0 ? 'no other modelled' : `or ${others.join(', ')}`;
            return [
              `${out.bold(`${id} ${title}`)} = ${value}  (${choice})`,
              `  ${about}`,
              out.dim(`  ${MARKS[mark]}: ${source}`),
            ].join('\n');
          })
          .join('\n'),
      );
    });
  return profiles;
}
