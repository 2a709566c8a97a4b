import type { Activity } from '#engine/api/views.ts';
import { createLabClient, type LabClient } from '#engine/api/client.ts';
import { API_VERSION, type CallInput, type StreamPart } from '#engine/api/contract.ts';
import type { LabError } from '#engine/model/lab-error.ts';
import type { Connected } from './connections.ts';

/** A screen without pixels: a client that said hello, and what it heard. */
export interface Screen {
  readonly client: LabClient;
  readonly heard: { activities: (readonly Activity[])[]; ended: string[]; runsChanged: number };
  closedBecause(): Promise<string>;
  /** Resolves when a run of this id has ended. */
  untilEnded(run: string): Promise<void>;
}

export async function openScreen(
  connected: Connected,
  options: { hello?: Partial<CallInput<'hello'>> | null; role?: 'window' | 'shell' } = {},
): Promise<Screen> {
  const wire = await connected.open(options.role);
  const heard: Screen['heard'] = { activities: [], ended: [], runsChanged: 0 };
  const waiting = new Map<string, () => void>();
  let close: (reason: string) => void = () => {};
  const closed = new Promise<string>((resolve) => {
    close = resolve;
  });
  const client = createLabClient(wire, {
    activity: ({ activities }) => heard.activities.push(activities),
    ended: ({ run }) => {
      heard.ended.push(run);
      waiting.get(run)?.();
    },
    runsChanged: () => heard.runsChanged++,
    closed: (reason) => close(reason),
  });
  const { token } = connected;
  if (options.hello !== null) {
    await client.call('hello', {
      api: API_VERSION,
      ...(token !== undefined && { token }),
      ...options.hello,
    });
  }
  return {
    client,
    heard,
    closedBecause: () => closed,
    untilEnded: (run) =>
      heard.ended.includes(run)
        ? Promise.resolve()
        : new Promise((resolve) => {
            waiting.set(run, resolve);
          }),
  };
}

/** Everything a stream sends, to its end. @throws LabError when it breaks off */
export function collect(client: LabClient, stream: number): Promise<StreamPart[]> {
  return new Promise((resolve, reject) => {
    const parts: StreamPart[] = [];
    client.consume(stream, {
      part: (part) => {
        parts.push(part);
      },
      end: (error: LabError | null) => {
        if (error === null) resolve(parts);
        else reject(error);
      },
    });
  });
}
