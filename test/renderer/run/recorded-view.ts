import type { LabClient } from '#engine/api/client.ts';
import type { RunWishInput } from '#engine/api/run-wish.ts';
import type { RunView } from '#engine/api/views.ts';
import type { EventBatch } from '#engine/event/event-batch.ts';
import { decodeChunk } from '#renderer/events/decode-chunk.ts';
import { eventAt, type EventRow } from '#renderer/events/event-row.ts';
import { CONNECTIONS } from '#test/wire/connections.ts';
import { collect } from '#test/wire/screen.ts';
import { recordedLab } from '../runs/recorded-lab.ts';

/** A run recorded by a real service. */
export interface RecordedView {
  readonly client: LabClient;
  readonly run: string;
  readonly view: RunView;
  /** All its rows, as the stream of events has them. */
  readonly rows: readonly EventRow[];
  /** As the events tab asks for them. */
  load(row: number): Promise<{ first: number; batch: EventBatch }>;
  close(): Promise<void>;
}

export async function recordedView(wish: RunWishInput): Promise<RecordedView> {
  const lab = await recordedLab(CONNECTIONS[0]!);
  const { client } = lab;
  const run = await lab.record(wish);
  const { stream } = await client.call('openEvents', { run, credits: 8 });
  const rows: EventRow[] = [];
  for (const part of await collect(client, stream)) {
    const batch = await decodeChunk(part);
    for (let at = 0; at < batch.length; at++) rows.push(eventAt(batch, at, part.at + at));
  }
  return {
    client,
    run,
    rows,
    view: await client.call('run', { run }),
    async load(row) {
      const chunk = await client.call('events', { run, row });
      return { first: chunk.first, batch: await decodeChunk(chunk) };
    },
    close: () => lab.close(),
  };
}

/** Full arms: with calls that fail. */
export const FULL: RunWishInput = {
  experiment: 'capacity',
  stack: 'simulated',
  addresses: ['10.0.0.1', '10.0.0.2', '10.0.0.3'],
  exhaustive: true,
  seed: 3,
};
