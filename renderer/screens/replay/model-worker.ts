import { ObservedSpan } from '#engine/lockstep/observed-span.ts';
import { LabError } from '#engine/model/lab-error.ts';
import { POOLS } from '#engine/model/protocol.ts';
import { decodeChunk } from '../../events/decode-chunk.ts';
import { ModelLane } from './model-lane.ts';
import type { FromModel, ToModel } from './worker-messages.ts';
import { workerTurns } from './worker-turns.ts';

/**
 * Makes the recorded calls on a model beside the page, anew with every wish: so what came is kept, as it
 * came. A thread of its own, because a model takes longer than a frame.
 */

const TELL_EVERY_MS = 250;

interface Scope {
  addEventListener(type: 'message', handle: (event: MessageEvent<ToModel>) => void): void;
  postMessage(message: FromModel): void;
}

type Wish = Extract<ToModel, { kind: 'wish' }>;

const scope = globalThis as unknown as Scope;
const turn = workerTurns();
const bodies: Uint8Array[] = [];
const questions = new Map<ToModel['kind'], ToModel>();
const observed = new ObservedSpan();
/** Bodies the observed span knows. */
let observedTo = 0;
let wish: Wish | null = null;
let lane: ModelLane | null = null;
/** Bodies the lane has made. */
let made = 0;
let ended = false;
let closed = false;
let busy = false;
let toldAt = Number.NEGATIVE_INFINITY;

scope.addEventListener('message', ({ data }) => {
  switch (data.kind) {
    case 'part':
      // What the model would never come to need not be kept.
      if (lane === null || !lane.stopped) bodies.push(data.body);
      break;
    case 'end':
      ended = true;
      break;
    case 'wish':
      wish = data;
      lane = null;
      break;
    default:
      questions.set(data.kind, data);
  }
  if (!busy) void work();
});

async function work(): Promise<void> {
  busy = true;
  while (await step()) {
    await turn();
    answer();
  }
  busy = false;
  answer();
}

/** @returns whether there may be more to do at once */
async function step(): Promise<boolean> {
  if (wish === null) return false;
  try {
    if (lane === null) return await begin(wish);
    const body = bodies[made];
    if (body !== undefined && !lane.stopped) {
      const mine = lane;
      const batch = await decodeChunk({ body });
      // Another wish may have come meanwhile.
      if (lane !== mine) return true;
      made++;
      lane.add(batch);
      tell(lane, false);
      return true;
    }
    if (closed || (!ended && !lane.stopped)) return false;
    closed = true;
    lane.end();
    tell(lane, true);
    return false;
  } catch (thrown) {
    const { message, hint } = LabError.from(thrown);
    scope.postMessage({ kind: 'failed', id: wish.id, message, hint });
    wish = null;
    return false;
  }
}

/** A lane for the wish, once the numbers that stand for unknown ranges are known. */
async function begin(wanted: Wish): Promise<boolean> {
  const { stack, host } = wanted.run;
  const guesses = stack === 'winsock' && POOLS.some((pool) => host.dynamicRanges[pool] === null);
  if (guesses) {
    const body = bodies[observedTo];
    if (body !== undefined) {
      const batch = await decodeChunk({ body });
      observed.add(batch);
      observedTo++;
      return true;
    }
    if (!ended) return false;
  }
  if (wish !== wanted) return true;
  lane = new ModelLane({ ...wanted, observed });
  made = 0;
  closed = false;
  tell(lane, true);
  return true;
}

function tell(of: ModelLane, now: boolean): void {
  if (!now && performance.now() - toldAt < TELL_EVERY_MS) return;
  toldAt = performance.now();
  scope.postMessage({ kind: 'overview', overview: of.overview() });
}

function answer(): void {
  for (const question of questions.values()) {
    if (question.kind !== 'frame') continue;
    const { seq, from, to } = question;
    scope.postMessage({ kind: 'frame', frame: lane?.frame(seq, from, to) ?? null });
  }
  questions.clear();
}
