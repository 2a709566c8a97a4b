/**
 * A process to kill: records until it is ended. `recording-child.ts DATABASE RUN-ID [UNTIL]`.
 * Says on stdout how many rows are durable, a line after each drain; with UNTIL it seals there.
 */
import { createRecorder } from '#data/recorder.ts';
import { ADDRESSES, bindRows, emitBinds, sampleDocument } from './sample-run.ts';

const [file, id, until] = process.argv.slice(2);
if (file === undefined || id === undefined) throw new Error('DATABASE RUN-ID [UNTIL]');
const limit = until === undefined ? Number.POSITIVE_INFINITY : Number(until);

const recorder = await createRecorder({ file, document: sampleDocument(id), flushEveryMs: 10 });
recorder.useAddresses(ADDRESSES);
process.stdout.write('0\n');
const SOCKETS = 700;
let sockets = 0;
while (bindRows(sockets) < limit) {
  emitBinds(recorder.sink, SOCKETS, sockets);
  sockets += SOCKETS;
  await recorder.drain();
  process.stdout.write(`${bindRows(sockets)}\n`);
}
await recorder.seal(sampleDocument(id, 'complete'));
