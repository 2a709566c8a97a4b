import { Option } from 'commander';
import { LabError } from '#engine/model/lab-error.ts';

/**
 * `--redact`, which scripts may already say: refused until names and addresses really are taken out,
 * because a document somebody believes to be redacted must be.
 */
export function redactOption(): Option {
  return new Option('--redact', 'take names and addresses out')
    .argParser((): never => {
      throw new LabError(
        'refused',
        '--redact is not there yet',
        'leave it out, and look before you share',
      );
    })
    .hideHelp();
}
