import { Command } from 'commander';
import { count, thousands } from '#engine/model/words.ts';
import type { RunHead } from '#engine/run/run-document.ts';
import { LabService } from '../../service/lab-service.ts';
import { EXIT, type Console } from '../console.ts';
import { assertWritable } from '../report-file.ts';
import { redactOption } from '../redact-option.ts';
import { badge, runText } from '../run-text.ts';
import { table } from '../table.ts';

export function runsCommand(out: Console): Command {
  const runs = new Command('runs').description('The recorded runs');
  const service = (command: Command): LabService =>
    new LabService(command.optsWithGlobals<{ db: string }>().db);

  runs
    .command('list')
    .description('All runs, newest first')
    .action((_options: unknown, command: Command) => {
      const list = service(command).list();
      out.result({ runs: list }, () => listText(list));
    });
  runs
    .command('show')
    .description('One run: verdict, arms, claims, findings')
    .argument('<id>', 'a run’s id, the beginning of one, or `last`')
    .action((id: string, _options: unknown, command: Command) => {
      const document = service(command).show(id);
      out.result(document, () => runText(document, out));
    });
  runs
    .command('delete')
    .description('Deletes a run and everything recorded of it')
    .argument('<id>', 'a run’s id')
    .action((id: string, _options: unknown, command: Command) => {
      const deleted = service(command).delete(id);
      out.result({ deleted: [deleted] }, () => `Deleted ${deleted}.`);
    });
  runs
    .command('export')
    .description('Writes a run as a .labrun file, to carry to another machine')
    .argument('<id>', 'a run’s id, the beginning of one, or `last`')
    .requiredOption('--out <file>', 'where to')
    .addOption(redactOption())
    .action((id: string, options: { out: string }, command: Command) => {
      assertWritable(options.out);
      const run = service(command).export(id, options.out);
      out.result({ run, file: options.out }, () => `Wrote run ${run} to ${options.out}.`);
    });
  runs
    .command('import')
    .description('Takes .labrun files in; each is checked first')
    .argument('<file...>', 'what `portlab runs export` wrote')
    .action((files: string[], _options: unknown, command: Command) => {
      const imports = service(command).import(files);
      for (const { message } of imports.refused) out.note(`portlab: ${message}`);
      out.result(imports, () =>
        [
          ...imports.imported.map((id) => `Imported ${id}.`),
          ...imports.known.map((id) => `${id} was there already.`),
        ].join('\n'),
      );
      if (imports.refused.length > 0) process.exitCode = EXIT.usage;
    });
  runs
    .command('verify')
    .description('Whether what was recorded is whole: rows, chunks and counts agree')
    .argument('[id]', 'a run’s id; all runs where left out')
    .action((id: string | undefined, _options: unknown, command: Command) => {
      const checked = service(command).verify(id);
      const faulty = checked.filter(({ ok }) => !ok);
      out.result({ runs: checked }, () =>
        [
          ...faulty.map((run) => `${run.id}: ${run.problem ?? 'damaged'}`),
          `${count(checked.length, 'run')} checked, ${faulty.length} damaged.`,
        ].join('\n'),
      );
      if (faulty.length > 0) process.exitCode = EXIT.failed;
    });
  return runs;
}

function listText(list: readonly RunHead[]): string {
  if (list.length === 0) return 'No runs recorded yet. Begin with: portlab run sweep';
  return table(
    [
      { title: 'Id' },
      { title: 'Experiment' },
      { title: 'Status' },
      { title: 'What' },
      { title: 'Host' },
      { title: 'Calls', right: true },
      { title: 'Title' },
    ],
    list.map((run) => [
      run.id,
      run.experiment,
      run.status,
      badge({ run }),
      run.host.hostname,
      thousands(run.eventCount),
      run.title ?? '',
    ]),
  );
}
