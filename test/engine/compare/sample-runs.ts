import type { Basis, ClaimResult, Part, RunDocument, RunHead } from '#engine/run/run-document.ts';
import { sampleRun, type SampleChoice } from '#test/report/sample-run.ts';

export interface Change {
  readonly basis?: Basis;
  readonly usable?: number;
  readonly addresses?: SampleChoice['addresses'];
  readonly run?: Partial<RunHead>;
  readonly host?: Partial<RunHead['host']>;
  readonly document?: Partial<RunDocument>;
}

/** An invented capacity run, changed as a test needs it. */
export function runOf(id: string, change: Change = {}): RunDocument {
  const { basis = 'measured', usable = 700, addresses } = change;
  const { document } = sampleRun({ basis, usable, ...(addresses && { addresses }) });
  return {
    ...document,
    run: {
      ...document.run,
      id,
      host: { ...document.run.host, ...change.host },
      ...change.run,
    },
    ...change.document,
  };
}

export function claim(
  id: string,
  outcome: ClaimResult['outcome'],
  more: Partial<ClaimResult> = {},
): ClaimResult {
  return { id, outcome, basis: 'measured', addressClass: 'same-nic', because: 'a test', ...more };
}

/** One experiment of a full run. */
export function partOf(id: string, more: Partial<Part> = {}): Part {
  return {
    id,
    parameters: { protocol: 'tcp' },
    status: 'complete',
    verdict: 'a test',
    arms: [],
    measures: {},
    claims: [],
    ...more,
  };
}
