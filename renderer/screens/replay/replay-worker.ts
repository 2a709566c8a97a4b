import { LabError } from '#engine/model/lab-error.ts';
import { decodeChunk } from '../../events/decode-chunk.ts';
import { RecordedTrack } from './recorded-track.ts';
import type { RecordedOverview, ReplayFrame } from './replay-frame.ts';
import type { FromRecorded, PartMessage, ToRecorded } from './worker-messages.ts';
import { workerTurns } from './worker-turns.ts';

/** Holds the recording beside the page: inflates and folds what comes, and answers in between. */

/** The timeline is drawn anew no more often than this while it grows, ms. */
const TELL_EVERY_MS = 200;

/** What of a worker's global scope is used; TypeScript's own type of it excludes a window's. */
interface Scope {
  addEventListener(type: 'message', handle: (event: MessageEvent<ToRecorded>) => void): void;
  postMessage(message: FromRecorded, transfer?: Transferable[]): void;
}

const scope = globalThis as unknown as Scope;
const turn = workerTurns();
const track = new RecordedTrack();
const parts: PartMessage[] = [];
/** Questions not answered yet; of each kind the last one. */
const questions = new Map<ToRecorded['kind'], ToRecorded>();
let claims: readonly string[] = [];
let ended = false;
let busy = false;
let toldAt = Number.NEGATIVE_INFINITY;
let due: ReturnType<typeof setTimeout> | null = null;
let told = { rows: -1, complete: false };

scope.addEventListener('message', ({ data }) => {
  switch (data.kind) {
    case 'part':
      parts.push(data);
      break;
    case 'facts':
      track.setFacts(data.facts);
      ({ claims } = data);
      told = { rows: -1, complete: false };
      break;
    case 'end':
      ended = true;
      break;
    default:
      questions.set(data.kind, data);
  }
  if (!busy) void work().catch(fail);
});

async function work(): Promise<void> {
  busy = true;
  try {
    for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
      const batch = await decodeChunk(part);
      track.addAddresses(part.addresses);
      track.add(batch);
      scope.postMessage({ kind: 'folded' });
      await turn();
      answer();
      tell();
    }
  } finally {
    busy = false;
  }
  answer();
  tell();
}

/** What was read, where nobody was told of it: at once at the end, else now and then. */
function tell(): void {
  const wait = ended && parts.length === 0 ? 0 : toldAt + TELL_EVERY_MS - performance.now();
  if (wait > 0) {
    due ??= setTimeout(tell, wait);
    return;
  }
  if (due !== null) clearTimeout(due);
  due = null;
  const overview = news();
  if (overview !== null) scope.postMessage({ kind: 'overview', overview });
  if (overview?.complete !== true) return;
  scope.postMessage({ kind: 'evidence', evidence: track.evidence(claims) });
}

/** What was read, where that is more than was told; null where it is not. */
function news(): RecordedOverview | null {
  const complete = ended && parts.length === 0 && !busy;
  if (track.rows === 0 && !complete) return null;
  if (told.rows === track.rows && told.complete === complete) return null;
  toldAt = performance.now();
  told = { rows: track.rows, complete };
  return track.overview(complete);
}

function answer(): void {
  for (const question of questions.values()) {
    if (question.kind === 'frame' && track.rows === 0 && !ended) continue;
    questions.delete(question.kind);
    if (question.kind === 'frame') {
      const frame = track.frame(question.at, question.withMap);
      const { map } = frame;
      // The end is told by itself: much follows from it.
      const overview = ended ? null : news();
      const buffers = map === null ? [] : buffersOf(map);
      scope.postMessage({ kind: 'frame', frame, overview }, buffers);
    } else if (question.kind === 'error') {
      scope.postMessage({ kind: 'error', seq: track.errorFrom(question.from, question.step) });
    }
  }
}

function buffersOf({ holders, held, pictures }: NonNullable<ReplayFrame['map']>): ArrayBuffer[] {
  const arrays = [holders, ...held, ...pictures.map(({ levels }) => levels)];
  return arrays.map(({ buffer }) => buffer as ArrayBuffer);
}

function fail(thrown: unknown): void {
  const { message, hint } = LabError.from(thrown);
  scope.postMessage({ kind: 'failed', message, hint });
}
