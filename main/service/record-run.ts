import type { Finding, RunDocument } from '#engine/run/run-document.ts';
import { LabError } from '#engine/model/lab-error.ts';
import { lockHost } from '#native/host/host-lock.ts';
import type { Ended } from './execute.ts';
import { failedDocument } from './judge-run.ts';
import { modelTrack } from './model-track.ts';
import { assertMayStart, type PreparedRun } from './prepare.ts';
import { beginRecording, type NewRun, type Recording } from './storage.ts';

/** What is particular to a kind of run. */
export interface Work<E> {
  initial(made: NewRun): RunDocument;
  execute(recording: Recording): Promise<E>;
  /** Called when all that was recorded is durable. */
  final(initial: RunDocument, execution: E): RunDocument;
}

/**
 * The way every run goes: begin the recording, execute, judge, compare with the model, seal. A real run
 * has the host to itself meanwhile.
 * @throws LabError where it must not start, or when it failed
 */
export async function recordRun<E extends Pick<Ended<unknown>, 'failure'>>(
  database: string,
  prepared: Pick<PreparedRun, 'refusal' | 'reading'>,
  work: Work<E>,
): Promise<{ document: RunDocument; execution: E }> {
  assertMayStart(prepared);
  const { host, ffi } = prepared.reading;
  const lock = host.stack === 'winsock' && ffi !== null ? lockHost(ffi) : null;
  try {
    const recording = await beginRecording(database, work.initial);
    const { recorder, initial } = recording;
    let execution: E;
    let judged: RunDocument;
    try {
      execution = await work.execute(recording);
      await recorder.drain();
      judged = await besideModel(database, work.final(initial, execution));
    } catch (error) {
      await recorder.seal(failedDocument(initial)).catch(() => recorder.abort());
      throw error;
    }
    const document = await recorder.seal(judged);
    if (execution.failure !== null) throw execution.failure;
    return { document, execution };
  } finally {
    lock?.release();
  }
}

/** A real run is compared with a model of its host. That this failed is said, and costs no run its judgement. */
async function besideModel(database: string, document: RunDocument): Promise<RunDocument> {
  try {
    const model = await modelTrack(database, document.run.id, document);
    return model === undefined ? document : { ...document, model };
  } catch (error) {
    const finding: Finding = {
      id: 'model-failed',
      severity: 'warning',
      text: `The run could not be compared with a model of this host: ${LabError.from(error).message}. Its claims don't rest on that. Do: report it, with the exported run (portlab runs export).`,
    };
    return { ...document, findings: [...document.findings, finding] };
  }
}
