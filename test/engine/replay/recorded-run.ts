import { isWildcard } from '#engine/model/address.ts';
import { Replay } from '#engine/replay/replay.ts';
import type { RunDocument } from '#engine/run/run-document.ts';
import { createRecorder, type Recorder } from '#data/recorder.ts';
import { RunLibrary } from '#data/run-library.ts';
import { sampleDocument } from '#test/data/sample-run.ts';
import { KeptSink, type KeptEvent } from './kept-events.ts';
import { makeRandomCalls } from './random-calls.ts';
import { makeRandomExperiment } from './random-experiments.ts';
import { makeRandomRows } from './random-rows.ts';

/** What makes a run's events. @returns its address table, where the recorder was not told of it */
type Make = (
  recorder: Recorder,
  sink: KeptSink,
  initial: RunDocument,
) => readonly string[] | Promise<void>;

/** A kind of random run for each seed. */
export function randomRun(seed: number): { readonly about: string; readonly make: Make } {
  switch (seed % 5) {
    case 0:
    case 1:
      return {
        about: `experiment, seed ${seed}`,
        make: (recorder, _sink, initial) => makeRandomExperiment(recorder, initial, seed),
      };
    case 2:
    case 3:
      return {
        about: `calls, seed ${seed}`,
        make: (recorder, sink) =>
          makeRandomCalls(sink, seed, (table) => recorder.useAddresses(table)),
      };
    default:
      return {
        about: `rows, seed ${seed}`,
        make: (recorder, sink) => makeRandomRows(sink, seed, () => recorder.flush()),
      };
  }
}

/** Records what is made, for good. @returns what was emitted, kept aside */
export async function record(file: string, id: string, make: Make): Promise<readonly KeptEvent[]> {
  const initial = sampleDocument(id);
  const recorder = await createRecorder({ file, document: initial });
  const sink = new KeptSink(recorder.sink);
  try {
    const table = await make(tapped(recorder, sink), sink, initial);
    if (table !== undefined) recorder.useAddresses(table);
  } catch (error) {
    await recorder.abort();
    throw error;
  }
  await recorder.seal(sampleDocument(id, 'complete'));
  return sink.events;
}

/** A recorded run, read back from the library into memory. */
export function replayOf(
  file: string,
  id: string,
): {
  readonly replay: Replay;
  /** The run's address table. */
  readonly texts: readonly string[];
  /** Calls the library says it has. */
  readonly calls: number;
} {
  const library = new RunLibrary(file);
  try {
    const texts = library.addresses(id);
    const replay = new Replay((address) => isWildcard(texts[address] ?? ''));
    for (const batch of library.events(id)) replay.append(batch);
    return { replay, texts, calls: library.progress(id).calls };
  } finally {
    library.close();
  }
}

/** The recorder, its events kept aside on the way. */
function tapped(recorder: Recorder, sink: KeptSink): Recorder {
  return {
    sink,
    get backlog() {
      return recorder.backlog;
    },
    useAddresses: (table) => recorder.useAddresses(table),
    flush: () => recorder.flush(),
    drain: () => recorder.drain(),
    seal: (document) => recorder.seal(document),
    abort: () => recorder.abort(),
  };
}
