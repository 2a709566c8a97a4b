import { LabError } from '#engine/model/lab-error.ts';
import { assertWritable } from './report-file.ts';

/** @throws LabError usage for a name `--profile` would not take for a file, or a place that can't be written */
export function assertProfileFile(file: string): void {
  if (!/\.jsonc?$/i.test(file)) {
    throw new LabError('usage', `${file}: a profile file ends in .json or .jsonc`, 'name it so');
  }
  assertWritable(file);
}
