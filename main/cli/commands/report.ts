import { Command } from 'commander';
import { LabService } from '../../service/lab-service.ts';
import type { Console } from '../console.ts';
import { redactOption } from '../redact-option.ts';
import { assertReportFile, writeReport } from '../report-file.ts';

export function reportCommand(out: Console): Command {
  return new Command('report')
    .description('Writes a recorded run as a document')
    .argument('<id>', 'a run’s id, the beginning of one, or `last`')
    .requiredOption('--out <file>', 'where to; the ending says what: .html, .json or .csv')
    .addOption(redactOption())
    .action(async (id: string, options: { out: string }, command: Command) => {
      assertReportFile(options.out);
      const service = new LabService(command.optsWithGlobals<{ db: string }>().db);
      const { run } = service.show(id);
      await writeReport(service, run.id, options.out);
      out.result({ run: run.id, file: options.out }, () => `Wrote ${options.out}.`);
    });
}
