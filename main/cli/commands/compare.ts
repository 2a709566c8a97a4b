import { Command } from 'commander';
import { LabService } from '../../service/lab-service.ts';
import { compareText } from '../compare-text.ts';
import type { Console } from '../console.ts';

export function compareCommand(out: Console): Command {
  return new Command('compare')
    .description(
      'Two to eight recorded runs side by side: which claims flipped, figures and their differences, ' +
        'what sets the runs apart. Real, Wine and simulated figures are never subtracted.',
    )
    .argument('<id...>', 'runs’ ids, beginnings of some, or `last`; differences are to the first')
    .option('--all', 'figures and facts that are alike, too')
    .action((ids: string[], options: { all?: boolean }, command: Command) => {
      const { db } = command.optsWithGlobals<{ db: string }>();
      const { comparison, runs } = new LabService(db).compare(ids);
      out.result(comparison, () => compareText(comparison, runs, options.all === true, out));
    });
}
