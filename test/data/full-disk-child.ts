/** Records until the database can't grow: `full-disk-child.ts DATABASE`. Says on stdout how it ended. */
import { createRecorder } from '#data/recorder.ts';
import { bindRows, emitBinds, sampleDocument } from './sample-run.ts';

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('DATABASE');

let told = 0;
const recorder = await createRecorder({
  file,
  document: sampleDocument('full'),
  onError: () => {
    told++;
  },
});

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

let drain = '';
let durable = 0;
for (let sockets = 0; drain === '' && sockets < 1_000_000; sockets += 1_000) {
  emitBinds(recorder.sink, 1_000, sockets);
  try {
    await recorder.drain();
    durable = bindRows(sockets + 1_000);
  } catch (error) {
    drain = message(error);
  }
}
emitBinds(recorder.sink, 1);
const later = await recorder.drain().then(() => '', message);
const seal = await recorder.seal(sampleDocument('full', 'complete')).then(() => '', message);
process.stdout.write(JSON.stringify({ told, drain, later, seal, durable }));
