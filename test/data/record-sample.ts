import { RunWriter } from '#data/run-writer.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import type { SampleRun } from '#test/report/sample-run.ts';

/** Records an invented run, events and all: what no host here could run itself. */
export function recordSample(
  database: string,
  { document, batches }: SampleRun,
  head: Partial<RunDocument['run']> & { readonly id: string },
): void {
  const whole: RunDocument = { ...document, run: { ...document.run, ...head } };
  const writer = new RunWriter(database, { ...whole, run: { ...whole.run, status: 'running' } });
  writer.append(batches, document.run.addresses);
  writer.seal(whole);
}
