import { isWildcard } from '#engine/model/address.ts';
import { LabError } from '#engine/model/lab-error.ts';
import type { PortRange } from '#engine/model/port-range.ts';
import { decodeChunk } from '../../events/decode-chunk.ts';
import { LiveModel } from './live-model.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

/**
 * Folds a run's events beside the page: at 400,000 events a second inflating, decoding and folding
 * would take a third of the page's own thread, in lumps that delay its frames.
 */

/** The page draws no more often than this, so it is told no more often, ms. */
const TELL_EVERY_MS = 200;
/** The map is larger, and a glance at it takes longer. */
const MAP_EVERY_MS = 400;

/** What of a worker's global scope is used; TypeScript's own type of it excludes a window's. */
interface Scope {
  addEventListener(type: 'message', handle: (event: MessageEvent<ToWorker>) => void): void;
  postMessage(message: FromWorker): void;
}

const scope = globalThis as unknown as Scope;

let begun: Pick<ToWorker & { kind: 'begin' }, 'addresses' | 'timed'> = {
  addresses: null,
  timed: false,
};
/** From the first part on: it names the addresses. */
let model: LiveModel | null = null;
/** What the map shows; null where there is none. */
let range: PortRange | null = null;
/** Parts are folded one after the other, in the order they came. */
let work: Promise<void> = Promise.resolve();
let due: ReturnType<typeof setTimeout> | null = null;
let toldAt = Number.NEGATIVE_INFINITY;
let mappedAt = Number.NEGATIVE_INFINITY;

scope.addEventListener('message', ({ data }) => {
  work = work.then(() => take(data)).catch(fail);
});

async function take(message: ToWorker): Promise<void> {
  switch (message.kind) {
    case 'begin':
      begun = message;
      break;
    case 'range':
      ({ range } = message);
      tellSoon();
      break;
    case 'part': {
      const batch = await decodeChunk(message);
      model ??= new LiveModel({
        addresses:
          begun.addresses ??
          message.addresses.filter((address) => address !== '' && !isWildcard(address)),
        timed: begun.timed,
      });
      model.addAddresses(message.addresses);
      model.add(batch);
      scope.postMessage({ kind: 'folded' });
      tellSoon();
      break;
    }
    case 'end':
      tell(true);
      break;
  }
}

function tellSoon(): void {
  const wait = toldAt + TELL_EVERY_MS - performance.now();
  if (wait <= 0) tell(false);
  // The last part before a pause must show too.
  else due ??= setTimeout(() => tell(false), wait);
}

function tell(final: boolean): void {
  if (due !== null) clearTimeout(due);
  due = null;
  toldAt = performance.now();
  if (model === null) {
    if (final) scope.postMessage({ kind: 'empty' });
    return;
  }
  if (range !== null && (final || toldAt - mappedAt >= MAP_EVERY_MS)) {
    mappedAt = toldAt;
    scope.postMessage({ kind: 'map', map: model.portMap(range) });
  }
  scope.postMessage({ kind: 'snapshot', snapshot: model.snapshot(), final });
}

function fail(thrown: unknown): void {
  const { message, hint } = LabError.from(thrown);
  scope.postMessage({ kind: 'failed', message, hint });
}
