/** Worker thread that writes one run, so that no statement ever holds up the measuring thread. */
import { receiveMessageOnPort, workerData } from 'node:worker_threads';
import { RunWriter } from './run-writer.ts';
import { toLabError } from './sqlite-error.ts';
import { toBatch } from './staged-rows.ts';
import type { FromWriter, ToWriter, WriterStart } from './writer-protocol.ts';

/**
 * Batches of one transaction at most (32,768 rows, some 50 ms): a commit costs little against that,
 * and a waiting producer hears soon.
 */
const BATCHES_PER_COMMIT = 8;

type BatchMessage = Extract<ToWriter, { kind: 'batch' }>;

const { file, document, port } = workerData as WriterStart;

function send(message: FromWriter, transfer: readonly ArrayBuffer[] = []): void {
  port.postMessage(message, transfer);
}

function fail(error: unknown): void {
  const { kind, message, hint } = toLabError(error, file);
  send({ kind: 'failed', error: { kind, message, hint } });
  port.close();
}

function commit(writer: RunWriter, group: BatchMessage[]): void {
  if (group.length === 0) return;
  const progress = writer.append(
    group.map(toBatch),
    group.flatMap(({ addresses }) => addresses),
  );
  const buffers = group.map(({ buffer }) => buffer);
  send({ kind: 'committed', buffers, progress }, buffers);
}

/** Takes what waits, up to a full transaction, then whatever ends the recording. */
function work(writer: RunWriter, first: ToWriter): void {
  const group: BatchMessage[] = [];
  let next: ToWriter | undefined = first;
  while (next?.kind === 'batch') {
    group.push(next);
    if (group.length === BATCHES_PER_COMMIT) break;
    next = receiveMessageOnPort(port)?.message as ToWriter | undefined;
  }
  commit(writer, group);
  if (next?.kind === 'seal') {
    send({ kind: 'closed', document: writer.seal(next.document) });
    port.close();
  } else if (next?.kind === 'abort') {
    writer.abandon();
    send({ kind: 'closed', document: null });
    port.close();
  }
}

function start(): void {
  const writer = new RunWriter(file, document, { inspected: true });
  port.on('message', (message: ToWriter) => {
    try {
      work(writer, message);
    } catch (error) {
      writer.abandon();
      fail(error);
    }
  });
  send({ kind: 'started' });
}

try {
  start();
} catch (error) {
  fail(error);
}
