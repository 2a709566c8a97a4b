import {
  accessSync,
  constants,
  existsSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { LabError } from '#engine/model/lab-error.ts';
import type { LabService } from '../service/lab-service.ts';
import type { ReportFormat } from '../service/report.ts';

const FORMATS: Readonly<Record<string, ReportFormat>> = {
  '.html': 'html',
  '.json': 'json',
  '.csv': 'csv',
};
const COMING = ['.pdf', '.md'];

/**
 * Checks, before a run begins, that its report could be written.
 * @throws LabError usage for an unknown ending or a place that can't be written, refused for a format not there yet
 */
export function assertReportFile(file: string): void {
  formatOf(file);
  assertWritable(file);
}

/** @throws LabError usage where no file can be written */
export function assertWritable(file: string): void {
  const folder = dirname(resolve(file));
  if (!existsSync(folder)) {
    throw new LabError('usage', `${file}: there is no folder ${folder}`, 'make it first');
  }
  if (existsSync(file) && !statSync(file).isFile()) {
    throw new LabError('usage', `${file} is no file`, 'name a file to write to');
  }
  try {
    accessSync(existsSync(file) ? file : folder, constants.W_OK);
  } catch {
    throw new LabError(
      'usage',
      `${file} can't be written`,
      'choose another place, or ask for the right to write there',
    );
  }
}

/** Writes a run's report, whole or not at all. */
export async function writeReport(service: LabService, id: string, file: string): Promise<void> {
  const content = await service.report(id, formatOf(file));
  try {
    writeWhole(file, content);
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    throw new LabError(
      'failed',
      `the report could not be written: ${error.message}`,
      `the run is recorded: portlab report ${id} --out FILE`,
    );
  }
}

/** Writes a file beside its place first, so that a failure leaves no half file and no lost one. @throws LabError failed */
export function writeWhole(file: string, content: string | Uint8Array): void {
  const draft = `${file}.part`;
  try {
    writeFileSync(draft, content);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new LabError('failed', reason, 'choose another place');
  }
}

function formatOf(file: string): ReportFormat {
  const ending = extname(file).toLowerCase();
  const format = FORMATS[ending];
  if (format !== undefined) return format;
  if (COMING.includes(ending)) {
    throw new LabError(
      'refused',
      `${file}: ${ending} reports are not there yet`,
      'use .html, .json or .csv',
    );
  }
  throw new LabError('usage', `${file}: the ending says no format`, 'use .html, .json or .csv');
}
