import { Command } from 'commander';
import { LabError } from '#engine/model/lab-error.ts';

/** Commands scripts may already name. They refuse in plain words instead of being "unknown". */
const COMING = ['replay'];

export function notYetCommands(): Command[] {
  return COMING.map((name) =>
    new Command(name)
      .allowUnknownOption()
      .allowExcessArguments()
      .argument('[anything...]')
      .action(() => {
        throw new LabError('refused', `portlab ${name} is not there yet`, 'see: portlab --help');
      }),
  );
}
