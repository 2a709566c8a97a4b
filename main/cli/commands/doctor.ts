import { Command } from 'commander';
import { LabService } from '../../service/lab-service.ts';
import type { Console } from '../console.ts';
import { doctorText } from '../doctor-text.ts';
import { readProfile } from '../read-profile.ts';

export function doctorCommand(out: Console): Command {
  return new Command('doctor')
    .description(
      'What ails the ports of this host: how many are left, who holds them, what to do.\n' +
        'Only reads; takes no port. Windows only: a profile stands in for a host anywhere.',
    )
    .option('--profile <name|file>', 'look at a modelled host instead, for rehearsal')
    .action(async ({ profile }: { profile?: string }, self: Command) => {
      const { db } = self.optsWithGlobals<{ db: string }>();
      const wish = profile === undefined ? undefined : readProfile(profile);
      const document = await new LabService(db).doctor(wish);
      out.result(document, () => doctorText(document, out));
    });
}
