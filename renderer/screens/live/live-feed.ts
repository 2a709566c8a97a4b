import type { LabClient } from '#engine/api/client.ts';
import { LabError } from '#engine/model/lab-error.ts';
import type { PortRange } from '#engine/model/port-range.ts';
import { Waiting } from '../../events/waiting.ts';
import type { LiveSnapshot } from './live-snapshot.ts';
import type { PortMapData } from '../../ports/port-map-data.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

/** Parts on their way from the service at once: enough that neither end waits for the other. */
const CREDITS = 8;
/** Parts handed to the worker and not folded yet; the service's database keeps the others. */
const MOST_WAITING = 4;

export interface FeedListener {
  snapshot(snapshot: LiveSnapshot): void;
  map(map: PortMapData): void;
  /** Everything recorded is folded, and the run is over. */
  ended(): void;
  failed(error: LabError): void;
}

export interface Feed {
  /** What the port map shows, once it is known. */
  showRange(range: PortRange): void;
  stop(): void;
}

export interface FeedOptions {
  /** The run's addresses; null where only its recording can tell. */
  readonly addresses: readonly string[] | null;
  /** Durations are measured. */
  readonly timed: boolean;
}

/** A run's events from the first one on, from the service through the worker; also of a run that ended. */
export function feedLive(
  client: LabClient,
  run: string,
  options: FeedOptions,
  listener: FeedListener,
): Feed {
  const worker = new Worker(new URL('./live-worker.ts', import.meta.url), { type: 'module' });
  const waiting = new Waiting();
  let over = false;
  let closeStream = (): void => {};

  const stop = (): void => {
    over = true;
    closeStream();
    worker.terminate();
    waiting.release();
  };
  const fail = (thrown: unknown): void => {
    if (over) return;
    stop();
    listener.failed(LabError.from(thrown));
  };
  const send = (message: ToWorker, transfer: Transferable[] = []): void =>
    worker.postMessage(message, transfer);

  worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
    if (over) return;
    if (data.kind === 'folded') waiting.leave();
    else if (data.kind === 'map') listener.map(data.map);
    else if (data.kind === 'failed') fail(new LabError('failed', data.message, data.hint));
    else {
      if (data.kind === 'snapshot') listener.snapshot(data.snapshot);
      if (data.kind === 'snapshot' && !data.final) return;
      stop();
      listener.ended();
    }
  });
  worker.addEventListener('error', ({ message }) =>
    fail(new Error(`the figures can’t be worked out: ${message}`)),
  );
  send({ kind: 'begin', ...options });

  const open = async (): Promise<void> => {
    const { stream } = await client.call('openEvents', { run, from: 0, credits: CREDITS });
    const close = client.consume(stream, {
      async part({ addresses, body }) {
        // A copy: the body is part of a larger frame, which may not be given away.
        const own = body.slice();
        send({ kind: 'part', addresses, body: own }, [own.buffer]);
        await waiting.enter(MOST_WAITING);
      },
      end(error) {
        if (error !== null) fail(error);
        else if (!over) send({ kind: 'end' });
      },
    });
    if (over) close();
    else closeStream = close;
  };
  open().catch(fail);
  return { stop, showRange: (range) => send({ kind: 'range', range }) };
}
