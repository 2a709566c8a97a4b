import { LabError } from '#engine/model/lab-error.ts';
import { decodeChunk } from '../../events/decode-chunk.ts';
import { RecordedTrack } from './recorded-track.ts';
import type { ReplayFrame } from './replay-frame.ts';
import type { FromRecorded, PartMessage, ToRecorded } from './worker-messages.ts';
import { workerTurns } from './worker-turns.ts';

/** Holds the recording beside the page: inflates and folds what comes, and answers in between. */

/** While much is coming, the timeline is told anew so often, ms. */
const TELL_EVERY_MS = 150;

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
let told = { rows: -1, ended: false };

scope.addEventListener('message', ({ data }) => {
  switch (data.kind) {
    case 'part':
      parts.push(data);
      break;
    case 'facts':
      track.setFacts(data.facts);
      ({ claims } = data);
      told = { rows: -1, ended: false };
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
      tell(false);
      await turn();
      answer();
    }
  } finally {
    busy = false;
  }
  answer();
  tell(ended);
}

/** @param final nothing is known to be coming now */
function tell(final: boolean): void {
  const due = final ? !told.ended : performance.now() - toldAt >= TELL_EVERY_MS;
  const idle = parts.length === 0;
  if (!(due || idle) || (told.rows === track.rows && told.ended === final)) return;
  toldAt = performance.now();
  told = { rows: track.rows, ended: final };
  scope.postMessage({ kind: 'overview', overview: track.overview(final) });
  if (final) scope.postMessage({ kind: 'evidence', evidence: track.evidence(claims) });
}

function answer(): void {
  for (const question of questions.values()) {
    if (question.kind === 'frame') {
      const frame = track.frame(question.at, question.withMap);
      const { map } = frame;
      scope.postMessage({ kind: 'frame', frame }, map === null ? [] : buffersOf(map));
    } else if (question.kind === 'error') {
      scope.postMessage({ kind: 'error', seq: track.errorFrom(question.from, question.step) });
    }
  }
  questions.clear();
}

function buffersOf({ holders, held, pictures }: NonNullable<ReplayFrame['map']>): ArrayBuffer[] {
  const arrays = [holders, ...held, ...pictures.map(({ levels }) => levels)];
  return arrays.map(({ buffer }) => buffer as ArrayBuffer);
}

function fail(thrown: unknown): void {
  const { message, hint } = LabError.from(thrown);
  scope.postMessage({ kind: 'failed', message, hint });
}
